"""The component library of the templates (loaded in every template); `/mau-giao-dien/` shows every piece.

The pieces live in files by size: marks stand in a line of text, blocks stand on their own, the shell is what
surrounds a page. Each docstring is the documentation that the pattern page prints.
"""

from ocop.kit.templatetags import (
    ui_blocks,
    ui_charts,
    ui_fields,
    ui_formats,
    ui_marks,
    ui_patterns,
    ui_rows,
    ui_shell,
)
from ocop.kit.templatetags.ui_library import COMPONENTS, register

__all__ = [
    "COMPONENTS",
    "register",
    "ui_blocks",
    "ui_charts",
    "ui_fields",
    "ui_formats",
    "ui_marks",
    "ui_patterns",
    "ui_rows",
    "ui_shell",
]
