"""One declaration per register gives list, detail, forms, history, Excel both ways, JSON API, menu and tests.

See `docs/how-to/add-a-register.md`.
"""

from ocop.kit.registers.columns import Column
from ocop.kit.registers.known import REGISTERS
from ocop.kit.registers.presets import Preset, this_year, where
from ocop.kit.registers.register import Register, Section, install

__all__ = ["REGISTERS", "Column", "Preset", "Register", "Section", "install", "this_year", "where"]
