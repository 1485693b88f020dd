"""The invented promotion of the demo: shops, fairs, buyers, communication over three years."""

from ocop.promotion.demo.load import load
from ocop.promotion.demo.matching import load_talks

__all__ = ["load", "load_talks"]
