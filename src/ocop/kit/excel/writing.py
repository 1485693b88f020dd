"""Write a workbook that an office can print and send on: title, unit, date, filters in words, borders, totals."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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


Writer = Callable[[int, Any], None]


def writer(sheet: Any, place: int, kind: Kind, style: Any) -> Writer:
    """How the values of a column are written by their kind; text is always written as text.

    An empty value writes nothing: the empty cells of the table get their border from one rule over all of it.
    """

    def text(row: int, value: Any) -> None:
        sheet.write_string(row, place, value[:32_000] if isinstance(value, str) else _words(value), style)

    def number(row: int, value: Any) -> None:
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            sheet.write_number(row, place, value, style)
        else:
            text(row, value)

    def day(row: int, value: Any) -> None:
        if isinstance(value, date):
            sheet.write_datetime(row, place, value, style)
        else:
            text(row, value)

    def moment(row: int, value: Any) -> None:
        if isinstance(value, datetime):
            local = value.astimezone(clock.LOCAL) if value.tzinfo else value
            sheet.write_datetime(row, place, local.replace(tzinfo=None), style)
        else:
            day(row, value)

    return number if kind in NUMBERS else {Kind.DATE: day, Kind.MOMENT: moment}.get(kind, text)


def _words(value: Any) -> str:
    """A value without a kind of its own, as text."""
    return ("có" if value else "không") if isinstance(value, bool) else str(value)[:32_000]


def write(
    target: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[Any]], heading: Heading
) -> int:
    """Stream `rows` (values in the order of `columns`) into a workbook; answers how many rows.

    Memory stays constant: each row goes to disk as it comes. Columns with `total` get a sum under the table; the places
    for the signatures follow.
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
    writers = [
        writer(sheet, place, column.kind, cell_format(book, column))
        for place, column in enumerate(columns, 1)
    ]
    sums: dict[int, Decimal] = {index: Decimal(0) for index, column in enumerate(columns) if column.total}
    count, row = 0, top
    for count, values in enumerate(rows, 1):
        row = top + count
        sheet.write_number(row, 0, count, plain)
        for write_value, value in zip(writers, values, strict=True):
            if value is not None and value != "":
                write_value(row, value)
        for index in sums:
            value = values[index]
            if value is not None:
                sums[index] += value if isinstance(value, int | Decimal) else Decimal(str(value))
    if count:
        empty = {"type": "blanks", "format": book.add_format({"border": 1})}
        sheet.conditional_format(top + 1, 1, row, last, empty)
    sheet.autofilter(top, 0, max(row, top + 1), last)
    row = _totals(book, sheet, columns, row + 1, sums, count)
    _signatures(book, sheet, heading, row + 1, last)
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
        longest = max((len(word) for word in column.label.split()), default=0) + 2
        sheet.set_column(place, place, max(column.width or WIDTHS[column.kind], longest))
        sheet.write_string(top, place, column.label, style)


def _totals(
    book: Any, sheet: Any, columns: Sequence[Column], row: int, sums: dict[int, Decimal], count: int
) -> int:
    """The sums under the table, or how many rows there were; answers the next free row."""
    words = book.add_format({"font_name": FONT, "font_size": 11, "bold": True, "border": 1})
    if not sums or not count:
        label = book.add_format({"font_name": FONT, "font_size": 11, "bold": True})
        sheet.write_string(row, 0, f"Tổng số: {formats.number(count)} dòng", label)
        return row + 1
    before = min(sums)  # columns left of the first sum, behind the running number
    if before:
        sheet.merge_range(row, 0, row, before, "Tổng cộng", words)
    else:
        sheet.write_string(row, 0, "Cộng", words)
    for index, column in enumerate(columns):
        if index in sums:
            style = cell_format(book, column)
            style.set_bold()
            sheet.write_number(row, index + 1, sums[index], style)
        elif index >= before:
            sheet.write_blank(row, index + 1, None, words)
    return row + 1


def _signatures(book: Any, sheet: Any, heading: Heading, row: int, last: int) -> None:
    """Who drew up the list and who stands for it, as an office signs what it sends on."""
    spec = {"font_name": FONT, "font_size": 12, "align": "center", "valign": "top", "text_wrap": True}
    bold, italic = book.add_format(spec | {"bold": True}), book.add_format(spec | {"italic": True})
    if not heading.unit or last < 2:
        return
    middle = max(last // 2, 1)
    sides = (0, middle - 1), (middle, last)
    for offset, (left, right, style) in enumerate(
        (
            ("", "........, ngày ..... tháng ..... năm .......", italic),
            ("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ", bold),
            ("(Ký, ghi rõ họ tên)", "(Ký, ghi rõ họ tên, đóng dấu)", italic),
        )
    ):
        for (first, end), text in zip(sides, (left, right), strict=True):
            if text and end > first:
                sheet.merge_range(row + offset, first, row + offset, end, text, style)
            elif text:
                sheet.write_string(row + offset, first, text, style)


def _print_setup(sheet: Any, top: int, last: int) -> None:
    """A4, landscape from six columns on, one page wide, the heading on every page, page numbers."""
    sheet.set_paper(9)
    if last > 5:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(top)
    sheet.set_footer('&C&"Times New Roman"&10Trang &P/&N')
