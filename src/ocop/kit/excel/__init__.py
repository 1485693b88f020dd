"""Excel in and out: office-grade exports, templates with hints and lists, imports with a preview of row errors."""

from ocop.kit.excel.columns import Column, Kind, Lookup
from ocop.kit.excel.importing import Importer, confirm, preview, sweep
from ocop.kit.excel.in_parts import is_large, write_in_parts
from ocop.kit.excel.reading import BadSheet, Row, Sheet, read
from ocop.kit.excel.template import template
from ocop.kit.excel.writing import Heading, write

__all__ = [
    "BadSheet",
    "Column",
    "Heading",
    "Importer",
    "Kind",
    "Lookup",
    "Row",
    "Sheet",
    "confirm",
    "is_large",
    "preview",
    "read",
    "sweep",
    "template",
    "write",
    "write_in_parts",
]
