"""Write a workbook that an office can print and send on: title, unit, date, filters in words, borders, totals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

from ocop.kit import clock, formats
from ocop.kit.excel.columns import Column, Kind

FONT = "Times New Roman"
WIDTHS = {
    Kind.TEXT: 28, Kind.CODE: 16, Kind.PHONE: 15, Kind.INTEGER: 12, Kind.DECIMAL: 12, Kind.MONEY: 18,
    Kind.DATE: 13, Kind.MOMENT: 18, Kind.BOOLEAN: 10, Kind.CHOICE: 22,
}  # fmt: skip
FORMATS = {
    Kind.INTEGER: "#,##0", Kind.MONEY: "#,##0", Kind.DECIMAL: "#,##0.##", Kind.DATE: "dd/mm/yyyy",
    Kind.MOMENT: "hh:mm dd/mm/yyyy",
}  # fmt: skip
NUMBERS = {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY}
CENTRED = {Kind.DATE, Kind.MOMENT, Kind.BOOLEAN, Kind.CODE, Kind.PHONE}
OPTIONS = {
    "constant_memory": True,
    # What a person typed never becomes a formula, a link or a number.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Heading:
    """What stands above the table: `title`, the office (`unit`), `filters` in words, further `notes`."""

    title: str
    unit: str = ""
    filters: str = ""
    notes: tuple[str, ...] = ()


def cell_format(book: xlsxwriter.Workbook, column: Column) -> Any:
    """The format of a data cell: font, border, number format; codes and phones are text."""
    spec: dict[str, Any] = {
        "font_name": FONT,
        "font_size": 11,
        "border": 1,
        "valign": "top",
        "text_wrap": True,
    }
    if column.places is not None and column.kind is Kind.DECIMAL:
        spec["num_format"] = "#,##0." + "0" * column.places if column.places else "#,##0"
    else:
        spec["num_format"] = FORMATS.get(column.kind, "@")
    if column.kind in CENTRED:
        spec["align"] = "center"
    return book.add_format(spec)


def put(sheet: Any, row: int, place: int, value: Any, kind: Kind, style: Any) -> None:
    """Write one value by its kind; text is always written as text."""
    if value is None or value == "":
        sheet.write_blank(row, place, None, style)
    elif kind in NUMBERS and isinstance(value, int | float | Decimal):
        sheet.write_number(row, place, value, style)
    elif kind is Kind.DATE and hasattr(value, "year"):
        sheet.write_datetime(row, place, value, style)
    elif kind is Kind.MOMENT and isinstance(value, datetime):
        local = value.astimezone(clock.LOCAL) if value.tzinfo else value
        sheet.write_datetime(row, place, local.replace(tzinfo=None), style)
    elif isinstance(value, bool):
        sheet.write_string(row, place, "có" if value else "không", style)
    else:
        sheet.write_string(row, place, str(value)[:32_000], style)


def write(
    target: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[Any]], heading: Heading
) -> int:
    """Stream `rows` (values in the order of `columns`) into a workbook; answers how many rows.

    Memory stays constant: each row goes to disk as it comes. Columns with `total` get a sum under the table.
    """
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"title": heading.title, "created": clock.now().replace(tzinfo=None)})
    sheet = book.add_worksheet("Danh sách")
    last = len(columns)  # the running number takes the first place
    top = _head(book, sheet, heading, last)
    _columns(book, sheet, columns, top)
    plain = book.add_format(
        {"font_name": FONT, "font_size": 11, "border": 1, "valign": "top", "align": "center"}
    )
    styles = [cell_format(book, column) for column in columns]
    sums: dict[int, Decimal] = {index: Decimal(0) for index, column in enumerate(columns) if column.total}
    count = 0
    for count, values in enumerate(rows, 1):
        sheet.write_number(top + count, 0, count, plain)
        for index, (column, value) in enumerate(zip(columns, values, strict=True)):
            put(sheet, top + count, index + 1, value, column.kind, styles[index])
            if index in sums and value is not None:
                sums[index] += Decimal(str(value))
    if sums and count:
        _totals(book, sheet, columns, top + count + 1, sums)
    sheet.autofilter(top, 0, top + max(count, 1), last)
    sheet.freeze_panes(top + 1, 0)
    _print_setup(sheet, top, last)
    book.close()
    return count


def _head(book: Any, sheet: Any, heading: Heading, last: int) -> int:
    """The lines above the table; answers the index of the table's heading row."""
    styles = {
        "unit": book.add_format({"font_name": FONT, "font_size": 12, "bold": True}),
        "title": book.add_format({
            "font_name": FONT, "font_size": 15, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True,
        }),
        "note": book.add_format({"font_name": FONT, "font_size": 11, "italic": True, "align": "center"}),
    }  # fmt: skip
    lines = [("unit", heading.unit)] if heading.unit else []
    lines.append(("title", heading.title))
    if heading.filters:
        lines.append(("note", f"Lọc theo: {heading.filters}"))
    lines += [("note", note) for note in heading.notes]
    lines.append(("note", f"Xuất lúc {formats.moment(clock.now())}"))
    for row, (style, text) in enumerate(lines):
        if style == "title":
            sheet.set_row(row, 30)
        if last and style != "unit":
            sheet.merge_range(row, 0, row, last, text, styles[style])
        else:
            sheet.write_string(row, 0, text, styles[style])
    return len(lines) + 1


def _columns(book: Any, sheet: Any, columns: Sequence[Column], top: int) -> None:
    style = book.add_format({
        "font_name": FONT, "font_size": 11, "bold": True, "border": 1, "align": "center", "valign": "vcenter",
        "text_wrap": True, "bg_color": "#E4EFE7",
    })  # fmt: skip
    sheet.set_column(0, 0, 6)
    sheet.set_row(top, 32)
    sheet.write_string(top, 0, "STT", style)
    for place, column in enumerate(columns, 1):
        sheet.set_column(place, place, column.width or WIDTHS[column.kind])
        sheet.write_string(top, place, column.label, style)


def _totals(book: Any, sheet: Any, columns: Sequence[Column], row: int, sums: dict[int, Decimal]) -> None:
    spec = {"font_name": FONT, "font_size": 11, "bold": True, "border": 1}
    words = book.add_format(spec)
    sheet.write_string(row, 0, "Tổng cộng", words)
    for index, column in enumerate(columns):
        if index in sums:
            style = book.add_format({**spec, "num_format": FORMATS.get(column.kind, "#,##0")})
            sheet.write_number(row, index + 1, sums[index], style)
        else:
            sheet.write_blank(row, index + 1, None, words)


def _print_setup(sheet: Any, top: int, last: int) -> None:
    """A4, landscape from six columns on, one page wide, the heading on every page, page numbers."""
    sheet.set_paper(9)
    if last > 5:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(top)
    sheet.set_footer('&C&"Times New Roman"&10Trang &P/&N')
