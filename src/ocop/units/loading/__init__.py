"""Loads the units and agencies of `data/units/`: checked as a whole, then written; idempotent."""

from ocop.units.loading.files import DataFileError
from ocop.units.loading.load import Loaded, load, load_demo, load_reference
from ocop.units.loading.merger import load_merger

__all__ = ["DataFileError", "Loaded", "load", "load_demo", "load_merger", "load_reference"]
