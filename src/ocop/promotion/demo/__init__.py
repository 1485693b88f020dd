"""The invented promotion of the demo: shops, fairs, buyers, communication over three years."""

from ocop.promotion.demo.load import load

__all__ = ["load"]
