"""Three years of capacity building and the apparatus for the demo; everything invented is marked so."""

from ocop.training.demo.loading import load

__all__ = ["load"]
