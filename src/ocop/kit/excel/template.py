"""The empty workbook that people fill in: headings, hints, lists to choose from, a sheet that explains."""

from collections.abc import Sequence
from typing import Any, BinaryIO

import xlsxwriter

from ocop.kit.excel.columns import Column, Kind
from ocop.kit.excel.writing import FONT, OPTIONS, WIDTHS, cell_format

ROWS = 1000
KINDS = {
    Kind.TEXT: "chữ",
    Kind.CODE: "mã số, giữ số 0 ở đầu",
    Kind.PHONE: "số điện thoại, giữ số 0 ở đầu",
    Kind.INTEGER: "số nguyên",
    Kind.DECIMAL: "số, phần lẻ sau dấu phẩy",
    Kind.MONEY: "số tiền, đồng",
    Kind.DATE: "ngày, dạng 23/11/2026",
    Kind.MOMENT: "giờ ngày, dạng 10:30 23/11/2026",
    Kind.BOOLEAN: "có hoặc không",
    Kind.CHOICE: "chọn trong danh sách",
}


def template(target: BinaryIO, columns: Sequence[Column], *, title: str, notes: Sequence[str] = ()) -> None:
    """Write the template into `target`: sheets "Nhập liệu", "Hướng dẫn" and the hidden lists."""
    book = xlsxwriter.Workbook(target, {**OPTIONS, "constant_memory": False})
    sheet = book.add_worksheet("Nhập liệu")
    guide = book.add_worksheet("Hướng dẫn")
    lists = book.add_worksheet("Danh mục")
    lists.hide()
    sheet.write_string(0, 0, title, book.add_format({"font_name": FONT, "font_size": 14, "bold": True}))
    sheet.write_string(
        1, 0, "Cột có dấu * là bắt buộc. Không đổi tên cột. Xem trang “Hướng dẫn”.",
        book.add_format({"font_name": FONT, "font_size": 11, "italic": True}),
    )  # fmt: skip
    head = {
        "font_name": FONT, "font_size": 11, "bold": True, "border": 1, "align": "center", "valign": "vcenter",
        "text_wrap": True,
    }  # fmt: skip
    styles = {
        True: book.add_format({**head, "bg_color": "#CFE6D6"}),
        False: book.add_format({**head, "bg_color": "#EFEDE4"}),
    }
    sheet.set_row(2, 32)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width or WIDTHS[column.kind], cell_format_plain(book, column))
        sheet.write_string(
            2, place, column.label + (" *" if column.required else ""), styles[column.required]
        )
        _validate(sheet, lists, place, column)
    sheet.freeze_panes(3, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    _guide(book, guide, columns, title, notes)
    book.close()


def cell_format_plain(book: xlsxwriter.Workbook, column: Column) -> Any:
    """The format of a whole column to fill in, so that codes and phones are typed as text."""
    style = cell_format(book, column)
    style.set_border(0)
    return style


def _validate(sheet: Any, lists: Any, place: int, column: Column) -> None:
    """The list to choose from, and the hint that Excel shows beside the cell."""
    hint = (column.hint or KINDS[column.kind])[:250]
    rule: dict[str, Any] = {"validate": "any", "input_title": column.label[:32], "input_message": hint}
    labels = list(dict.fromkeys(column.lookup.labels)) if column.lookup else []
    if column.kind is Kind.BOOLEAN:
        labels = ["có", "không"]
    if labels:
        for row, label in enumerate(labels):
            lists.write_string(row, place, label)
        letter = xlsxwriter.utility.xl_col_to_name(place)
        rule |= {
            "validate": "list",
            "source": f"='Danh mục'!${letter}$1:${letter}${len(labels)}",
            "error_type": "warning",
            "error_title": "Ngoài danh sách",
            "error_message": "Giá trị này không có trong danh sách.",
        }
    sheet.data_validation(3, place, 3 + ROWS, place, rule)


def _guide(book: Any, guide: Any, columns: Sequence[Column], title: str, notes: Sequence[str]) -> None:
    bold = book.add_format({"font_name": FONT, "font_size": 11, "bold": True, "border": 1})
    plain = book.add_format(
        {"font_name": FONT, "font_size": 11, "border": 1, "text_wrap": True, "valign": "top"}
    )
    guide.write_string(
        0, 0, f"Cách ghi: {title}", book.add_format({"font_name": FONT, "font_size": 13, "bold": True})
    )
    for place, (label, width) in enumerate((("Cột", 28), ("Bắt buộc", 10), ("Cách ghi", 60), ("Ví dụ", 28))):
        guide.set_column(place, place, width)
        guide.write_string(2, place, label, bold)
    for row, column in enumerate(columns, 3):
        how = KINDS[column.kind] + (f"; {column.hint}" if column.hint else "")
        if column.max_length:
            how += f"; tối đa {column.max_length} ký tự"
        for place, text in enumerate((column.label, "có" if column.required else "", how, column.example)):
            guide.write_string(row, place, text, plain)
    for row, note in enumerate(notes, len(columns) + 4):
        guide.write_string(row, 0, note)
