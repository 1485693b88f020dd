"""The rows of a register, written by hand: a page has hundreds of cells, and a template costs more than their words."""

import html
from collections.abc import Iterable, Mapping
from typing import Any

from django.template import Context, Template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from ocop.kit.templatetags.ui_library import register

Line = tuple[Any, Iterable[Mapping[str, Any]]]


@register.simple_tag(takes_context=True)
def table_rows(context: Context, lines: Iterable[Line]) -> SafeString:
    """The rows of a table, each with its cells (`Register.cells`): words, a link, or a template of the cell's own."""
    drawn: dict[str, Template] = {}
    written = []
    for row, cells in lines:
        with context.push(row=row):
            written.append(f"<tr>{''.join(_cell(context, cell, drawn) for cell in cells)}</tr>")
    return mark_safe("".join(written))  # noqa: S308 - every word is escaped


def escape(words: Any) -> str:
    """As Django's own, without the wrapper that looks for lazy words: it costs as much as the escaping."""
    return html.escape(str(words))


def _cell(context: Context, cell: Mapping[str, Any], drawn: dict[str, Template]) -> str:
    kind = ' class="num"' if cell["is_number"] else ""
    label = f' data-label="{escape(cell["label"])}"' if cell["text"] or cell["template"] else ""
    return f"<td{kind}{label}>{_content(context, cell, drawn)}</td>"


def _content(context: Context, cell: Mapping[str, Any], drawn: dict[str, Template]) -> str:
    if name := cell["template"]:
        if name not in drawn:
            drawn[name] = get_template(name).template  # type: ignore[attr-defined]
        with context.push(value=cell["value"], cell=cell):
            return str(drawn[name].render(context))
    if cell["url"]:
        return f'<a href="{escape(cell["url"])}">{escape(cell["text"] or "(chưa có tên)")}</a>'
    return escape(cell["text"])
