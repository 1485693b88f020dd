"""The rows of a register, written by hand: a page has hundreds of cells, and a template costs more than their words."""

import html
from collections.abc import Iterable, Mapping
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from ocop.kit.templatetags.ui_library import register


@register.simple_tag(takes_context=True)
def row_cells(context: Context, cells: Iterable[Mapping[str, Any]]) -> SafeString:
    """The cells of `Register.cells`: words, a link where the cell leads somewhere, or a template of its own."""
    return mark_safe("".join(_cell(context, cell) for cell in cells))  # noqa: S308 - every word is escaped


def escape(words: Any) -> str:
    """As Django's own, without the wrapper that looks for lazy words: it costs as much as the escaping."""
    return html.escape(str(words))


def _cell(context: Context, cell: Mapping[str, Any]) -> str:
    kind = ' class="num"' if cell["is_number"] else ""
    label = f' data-label="{escape(cell["label"])}"' if cell["text"] or cell["template"] else ""
    return f"<td{kind}{label}>{_content(context, cell)}</td>"


def _content(context: Context, cell: Mapping[str, Any]) -> str:
    if cell["template"]:
        with context.push(value=cell["value"], cell=cell):
            return str(get_template(cell["template"]).template.render(context))  # type: ignore[attr-defined]
    if cell["url"]:
        return f'<a href="{escape(cell["url"])}">{escape(cell["text"] or "(chưa có tên)")}</a>'
    return escape(cell["text"])
