import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import python_calamine as calamine

from ocop.kit.excel import Column, Heading, Kind, Lookup, read, template, write

COLUMNS = [
    Column("name", "Tên", required=True),
    Column("phone", "Điện thoại", Kind.PHONE),
    Column("founded", "Thành lập", Kind.DATE),
    Column("income", "Doanh thu", Kind.MONEY, total=True),
    Column("seen", "Xem lúc", Kind.MOMENT),
    Column("active", "Đang làm", Kind.BOOLEAN),
]
SEEN = datetime(2026, 1, 1, 3, 0, tzinfo=UTC)
ROWS = [
    ["=HYPERLINK(\"http://x\")", "0912345678", date(2020, 5, 1), 1_000_000, SEEN, True],
    ["+84 không phải công thức", "", None, Decimal(500), None, False],
]  # fmt: skip


def _written():
    buffer = io.BytesIO()
    count = write(buffer, COLUMNS, iter(ROWS), Heading("Sổ cơ sở", unit="UBND xã A", filters="Loại: HTX"))
    assert count == 2
    buffer.seek(0)
    return buffer


def test_export_opens_with_title_filters_rows_and_totals():
    rows = calamine.load_workbook(_written()).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [rows[0][0], rows[1][0], rows[2][0]] == ["UBND xã A", "Sổ cơ sở", "Lọc theo: Loại: HTX"]
    assert rows[3][0].startswith("Xuất lúc ")
    assert rows[5] == ["STT", "Tên", "Điện thoại", "Thành lập", "Doanh thu", "Xem lúc", "Đang làm"]
    assert rows[6] == [
        1.0, '=HYPERLINK("http://x")', "0912345678", date(2020, 5, 1), 1_000_000.0,
        datetime(2026, 1, 1, 10, 0), "có",  # noqa: DTZ001
    ]  # fmt: skip
    assert rows[7] == [2.0, "+84 không phải công thức", "", "", 500.0, "", "không"]
    assert rows[8] == ["Tổng cộng", "", "", "", 1_000_500.0, "", ""]


def test_export_holds_no_formula_and_no_link_and_is_set_up_for_print():
    with zipfile.ZipFile(_written()) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert ("<f>" in sheet, "<hyperlink" in sheet) == (False, False)
    assert 'paperSize="9"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'fitToPage="1"' in sheet


def test_an_export_can_be_read_back_without_its_totals_and_signatures():
    sheet = read(_written(), COLUMNS)
    assert [row.cells["phone"] for row in sheet.rows] == ["0912345678", ""]
    assert sheet.unknown == []
    plain = io.BytesIO()
    columns = [replace(column, total=False) for column in COLUMNS]
    write(plain, columns, iter(ROWS), Heading("Sổ cơ sở", unit="UBND xã A"))
    plain.seek(0)
    assert len(read(plain, columns).rows) == 2


def _parts():
    """The sheet and the styles of an export, as XML."""
    with zipfile.ZipFile(_written()) as archive:
        names = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"
        return [archive.read(name).decode() for name in names]


def test_an_export_is_what_an_office_signs_and_sends_on():
    rows = calamine.load_workbook(_written()).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert rows[10][3] == "........, ngày ..... tháng ..... năm ......."
    assert (rows[11][0], rows[11][3]) == ("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ")
    assert (rows[12][0], rows[12][3]) == ("(Ký, ghi rõ họ tên)", "(Ký, ghi rõ họ tên, đóng dấu)")
    sheet, styles, book = _parts()
    assert "A1" in sheet
    # The heading of the table on every page, one page wide, numbered pages, a filter, a frozen heading.
    assert "'Danh sách'!$6:$6" in book
    assert 'fitToHeight="0"' in sheet
    assert "Trang &amp;P/&amp;N" in sheet
    assert '<autoFilter ref="A6:G8"/>' in sheet
    assert 'topLeftCell="A7"' in sheet
    # Every cell of the table has its border: written ones by their format, empty ones by a rule over the table.
    assert '<conditionalFormatting sqref="B7:G8"><cfRule type="containsBlanks"' in sheet
    assert styles.count('<left style="thin">') == 2
    # The sum keeps the place of its column, and its words have room.
    assert '<mergeCell ref="A9:D9"/>' in sheet


def test_a_list_without_sums_says_how_many_rows_it_has():
    target = io.BytesIO()
    write(target, COLUMNS[:2], iter([["A", ""], ["B", "0912345678"]]), Heading("Sổ"))
    target.seek(0)
    rows = calamine.load_workbook(target).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[0] for row in rows][-1] == "Tổng số: 2 dòng"
    empty = io.BytesIO()
    assert write(empty, COLUMNS, iter([]), Heading("Sổ", unit="UBND xã A")) == 0
    empty.seek(0)
    rows = calamine.load_workbook(empty).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert "Tổng số: 0 dòng" in [row[0] for row in rows]


def test_a_long_word_of_a_heading_is_not_cut():
    target = io.BytesIO()
    write(
        target,
        [Column("a", "Nghiêngngảnghiêng", Kind.INTEGER), Column("b", "B")],
        iter([[1, "x"]]),
        Heading("Sổ"),
    )
    with zipfile.ZipFile(target) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert '<col min="2" max="2" width="19.7109375" customWidth="1"/>' in sheet


def test_template_carries_lists_hints_and_the_headings_that_the_reader_wants():
    columns = [
        Column("name", "Tên", required=True, hint="Ghi như trên giấy tờ"),
        Column("unit", "Xã", Kind.CHOICE, lookup=Lookup([("Thạch Hà", 1), ("Cẩm Xuyên", 2)])),
        Column("active", "Đang làm", Kind.BOOLEAN),
    ]
    buffer = io.BytesIO()
    template(buffer, columns, title="Sổ", notes=["Gửi trước 30/4"])
    book = calamine.load_workbook(io.BytesIO(buffer.getvalue()))
    assert book.sheet_names == ["Nhập liệu", "Hướng dẫn", "Danh mục"]
    assert book.get_sheet_by_index(0).to_python(skip_empty_area=False)[2] == ["Tên *", "Xã", "Đang làm"]
    assert book.get_sheet_by_index(2).to_python() == [["Thạch Hà", "có"], ["Cẩm Xuyên", "không"]]
    with zipfile.ZipFile(io.BytesIO(buffer.getvalue())) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "'Danh mục'!$B$1:$B$2" in sheet
    assert "Ghi như trên giấy tờ" in sheet
