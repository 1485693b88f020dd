"""The demo of quality: three years of inspections, work waiting for every persona, papers at every step.

Only invented producers (`is_demo`) are inspected; nothing here touches a real one.
"""

from ocop.quality.demo.steps import load_demo

__all__ = ["load_demo"]
