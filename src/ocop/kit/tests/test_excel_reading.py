import io
import unicodedata
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.validators import MinValueValidator

from ocop.kit.clock import LOCAL
from ocop.kit.excel import BadSheet, Column, Kind, Lookup, read
from ocop.kit.excel.converting import convert, from_json, to_json

COLUMNS = [
    Column("name", "Tên cơ sở", required=True, max_length=40),
    Column("phone", "Điện thoại", Kind.PHONE),
    Column("founded", "Ngày thành lập", Kind.DATE, aliases=("Thành lập",)),
]


def workbook(rows, *, merges=(), hidden_first=False):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    if hidden_first:
        book.add_worksheet("ẩn").hide()
    sheet = book.add_worksheet("Trang")
    if hidden_first:
        sheet.activate()
        sheet.set_first_sheet()
    for top, left, bottom, right, text in merges:
        sheet.merge_range(top, left, bottom, right, text)
    for row, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            if isinstance(cell, tuple):
                sheet.write_formula(row, place, cell[0], None, cell[1])
            elif isinstance(cell, date):
                sheet.write_datetime(row, place, cell, book.add_format({"num_format": "dd/mm/yyyy"}))
            elif cell is not None:
                sheet.write(row, place, cell)
    book.close()
    buffer.seek(0)
    return buffer


def test_heading_is_found_under_titles_and_without_marks_and_order():
    sheet = read(
        workbook([
            ["SỔ CƠ SỞ"], [], ["STT", "thành lập", "TEN CO SO *", "Ghi thêm"],
            [1, date(2020, 5, 1), "  Cơ   sở A ", "x"], [], ["Tổng cộng", None, None, None],
        ]),
        COLUMNS,
    )  # fmt: skip
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (4, {"founded": date(2020, 5, 1), "name": "  Cơ   sở A "})
    ]
    assert (sheet.unknown, sheet.absent) == (["Ghi thêm"], ["Điện thoại"])


def test_heading_merged_over_two_rows_and_a_group_above():
    sheet = read(
        workbook(
            [[], [None, "Điện thoại", "Thành lập"], ["A", "0912345678", "01/02/2020"]],
            merges=[(0, 0, 1, 0, "Tên cơ sở"), (0, 1, 0, 2, "Thông tin thêm")],
        ),
        COLUMNS,
    )
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (3, {"name": "A", "phone": "0912345678", "founded": "01/02/2020"})
    ]


def test_hidden_sheets_are_passed_over():
    assert read(workbook([["Tên cơ sở"], ["A"]], hidden_first=True), COLUMNS[:1]).name == "Trang"


def test_a_formula_without_result_is_marked_and_one_with_a_result_is_read():
    sheet = read(
        workbook([["Tên cơ sở", "Điện thoại"], ["A", ('="09"&"1"', "")], [('="B"', "B"), "0912345678"]]),
        COLUMNS,
    )
    assert [(row.cells["name"], row.formulas) for row in sheet.rows] == [("A", {"phone"}), ("B", set())]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "excel.empty", "rỗng"),
        (b"khong phai excel", "excel.broken", "Không đọc được"),
        (b"PK\x03\x04" + b"\0" * 50, "excel.broken", "hỏng"),
        (b"%PDF-1.7 ...", "excel.broken", "Không đọc được"),
    ],
)
def test_files_that_are_no_workbooks(content, code, words):
    with pytest.raises(BadSheet) as caught:
        read(io.BytesIO(content), COLUMNS)
    assert caught.value.code == code
    assert words in caught.value.reason


def test_a_cut_off_workbook_is_broken():
    with pytest.raises(BadSheet) as caught:
        read(io.BytesIO(workbook([["Tên cơ sở"], ["A"]]).getvalue()[:2000]), COLUMNS)
    assert caught.value.code == "excel.broken"


def test_a_zip_that_is_no_workbook_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    buffer.seek(0)
    with pytest.raises(BadSheet) as caught:
        read(buffer, COLUMNS)
    assert caught.value.code == "excel.broken"


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        ([["Họ", "Đệm"], ["a", "b"]], "excel.heading", "Tên cơ sở"),
        ([["Điện thoại", "Thành lập"], ["0912345678", "x"]], "excel.columns", "Thiếu cột: Tên cơ sở"),
        ([["Tên cơ sở", "ten co so"], ["a", "b"]], "excel.columns", "hai lần: Tên cơ sở"),
        ([["Tên cơ sở", "Điện thoại"]], "excel.empty", "không có dòng dữ liệu"),
        ([["Tên cơ sở"], *[["a"]] * 4], "excel.rows", "hơn 3 dòng"),
    ],
)
def test_sheets_that_cannot_be_used(rows, code, words):
    with pytest.raises(BadSheet) as caught:
        read(workbook(rows), COLUMNS, max_rows=3)
    assert caught.value.code == code
    assert words in caught.value.reason


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.TEXT, unicodedata.normalize("NFD", "Bưởi  Phúc Trạch "), "Bưởi Phúc Trạch"),
        (Kind.TEXT, 12.0, "12"),
        (Kind.CODE, "007", "007"),
        (Kind.PHONE, 912345678.0, "0912345678"),
        (Kind.PHONE, "0912.345 678", "0912345678"),
        (Kind.DATE, datetime(2026, 11, 23, 0, 0), date(2026, 11, 23)),  # noqa: DTZ001
        (Kind.DATE, "23-11-2026", date(2026, 11, 23)),
        (Kind.DATE, "3.1.2026", date(2026, 1, 3)),
        (Kind.DATE, "2026-11-23", date(2026, 11, 23)),
        (Kind.DATE, 46349.0, date(2026, 11, 23)),
        (Kind.MOMENT, "10:32 23/11/2026", datetime(2026, 11, 23, 10, 32, tzinfo=LOCAL)),
        (Kind.DATE, "5 / 3 / 2024", date(2024, 3, 5)),
        (Kind.DATE, "05/03/24", date(2024, 3, 5)),
        (Kind.DATE, "05/03/99", date(1999, 3, 5)),
        (Kind.DATE, "2024/3/5", date(2024, 3, 5)),
        (Kind.DATE, "05/03/2024 00:00:00", date(2024, 3, 5)),
        (Kind.DATE, "Ngày 05 tháng 3 năm 2024", date(2024, 3, 5)),
        (Kind.DATE, "5 tháng 3, 2024", date(2024, 3, 5)),
        (Kind.INTEGER, "1.234", 1234),
        (Kind.INTEGER, "1,234", 1234),
        (Kind.MONEY, "250,000,000", 250_000_000),
        (Kind.MONEY, "250.000.000 đ", 250_000_000),
        (Kind.MONEY, "250.000.000đồng", 250_000_000),
        (Kind.MONEY, "250.000.000,00", 250_000_000),
        (Kind.MONEY, "250 triệu", 250_000_000),
        (Kind.MONEY, "1,5 tỷ đồng", 1_500_000_000),
        (Kind.MONEY, "1.25 tỉ", 1_250_000_000),
        (Kind.MONEY, "1.250 triệu", 1_250_000_000),
        (Kind.MONEY, "1 tỷ 200 triệu", 1_200_000_000),
        (Kind.MONEY, "500 nghìn VNĐ", 500_000),
        (Kind.MONEY, 250_000_000.0, 250_000_000),
        (Kind.INTEGER, 12.0, 12),
        (Kind.MONEY, "1.234.567", 1234567),
        (Kind.DECIMAL, "78,25", Decimal("78.25")),
        (Kind.DECIMAL, "1.234,5", Decimal("1234.5")),
        (Kind.DECIMAL, 78.25, Decimal("78.25")),
        (Kind.BOOLEAN, "Có", True),
        (Kind.BOOLEAN, "x", True),
        (Kind.BOOLEAN, "không", False),
        (Kind.TEXT, "", None),
    ],
)
def test_cells_become_values_and_survive_the_preview(kind, raw, value):
    found = convert(Column("a", "A", kind), raw)
    assert found == value
    assert from_json(kind, to_json(found)) == value


@pytest.mark.parametrize(
    ("column", "raw", "words"),
    [
        (Column("a", "A", required=True), "  ", "bắt buộc"),
        (Column("a", "A", max_length=3), "abcd", "dài 4 ký tự, tối đa 3"),
        (Column("a", "A", Kind.DATE), "31/02/2026", "không có trong lịch"),
        (Column("a", "A", Kind.DATE), "hôm qua", "không phải ngày"),
        (Column("a", "A", Kind.DATE), 2024.0, "không phải ngày"),
        (Column("a", "A", Kind.DATE), "tháng 3/2024", "không phải ngày"),
        (Column("a", "A", Kind.DATE), "ngày 31 tháng 2 năm 2024", "không có trong lịch"),
        (Column("a", "A", Kind.DATE), "03/25/2024", "không có trong lịch"),
        (Column("a", "A", Kind.MONEY), "khoảng 250 triệu", "không phải số tiền"),
        (Column("a", "A", Kind.MONEY), "200 đến 300 triệu", "không phải số tiền"),
        (Column("a", "A", Kind.MONEY), "250 USD", "không phải số tiền"),
        (Column("a", "A", Kind.MONEY), "0,0001 nghìn", "số đồng chẵn"),
        (Column("a", "A", Kind.MONEY), "đồng", "không phải số tiền"),
        (Column("a", "A", Kind.INTEGER), "12,5", "số nguyên"),
        (Column("a", "A", Kind.DECIMAL), "mười", "không phải số"),
        (Column("a", "A", Kind.DECIMAL), "NaN", "không phải số"),
        (Column("a", "A", Kind.BOOLEAN), "chưa rõ", "“có” hoặc “không”"),
        (Column("a", "A", Kind.PHONE), "12", "không phải số điện thoại"),
        (Column("a", "A"), "#REF!", "#REF!"),
        (Column("a", "A"), "Hîp t¸c x· n«ng nghiÖp", "TCVN3"),
        (Column("a", "A", Kind.INTEGER, validators=(MinValueValidator(5),)), 3, "5"),
        (Column("a", "A", Kind.CHOICE, lookup=Lookup([("Thạch Hà", 1)], what="xã")), "Thạch Khê", "trong xã"),
    ],
)
def test_cells_that_are_refused_say_why(column, raw, words):
    with pytest.raises(ValueError, match=r"\w") as caught:
        convert(column, raw)
    assert words in str(caught.value)


def test_lookup_prefers_the_exact_spelling_and_refuses_a_guess():
    lookup = Lookup([("Thạch Hà", 1), ("Thạch Hạ", 2), ("07", 1)])
    assert [lookup.find("thạch hạ"), lookup.find("07")] == [2, 1]
    with pytest.raises(ValueError, match="nhiều mục"):
        lookup.find("thach ha")


def test_an_unknown_name_is_answered_with_the_nearest_and_a_strange_one_with_nothing():
    lookup = Lookup([("Hợp tác xã", 1), ("Doanh nghiệp", 2)], what="danh sách")
    for typed, words in (
        ("hop tac xa 1", "“hop tac xa 1” không có trong danh sách. Ý bạn là “Hợp tác xã”?"),
        ("Doanh nghịp", "“Doanh nghịp” không có trong danh sách. Ý bạn là “Doanh nghiệp”?"),
        ("zzz", "“zzz” không có trong danh sách"),
    ):
        with pytest.raises(ValueError, match="không có") as caught:
            lookup.find(typed)
        assert str(caught.value) == words


def test_a_sheet_full_of_unknown_names_does_not_cost_a_look_each():
    lookup = Lookup([(f"Tên gọi {number}", number) for number in range(50)])
    said = []
    for number in range(150):
        with pytest.raises(ValueError, match="không có") as caught:
            lookup.find(f"Tên gọj {number}")
        said.append("Ý bạn là" in str(caught.value))
    assert (said[:100], said[100:]) == ([True] * 100, [False] * 50)


MONEY = [
    Column("name", "Tên cơ sở", required=True),
    Column("sum", "Số tiền (đồng)", Kind.MONEY, required=True),
    Column("size", "Diện tích (ha)", Kind.DECIMAL),
]


def test_a_heading_of_two_rows_with_numbered_columns_and_signatures_below():
    sheet = read(
        workbook(
            [
                ["UBND XÃ A"], ["BIỂU TỔNG HỢP"], [],
                ["STT", "Tên cơ sở", "Kinh phí", None], [None, None, "Số tiền", "Diện tích (ha)"],
                ["(1)", "(2)", "(3)", "(4)"],
                [1, "Cơ sở A", "250.000.000", 1.5], [2, "Cơ sở B", 10, None],
                ["Cộng:", None, 250_000_010, 1.5], [None, None, "Kỳ Anh, ngày 5 tháng 3 năm 2026"],
                ["NGƯỜI LẬP BIỂU", None, "CHỦ TỊCH"],
            ],
            merges=[(3, 0, 4, 0, "STT"), (3, 1, 4, 1, "Tên cơ sở"), (3, 2, 3, 3, "Kinh phí")],
        ),
        MONEY,
    )  # fmt: skip
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (7, {"name": "Cơ sở A", "sum": "250.000.000", "size": 1.5}),
        (8, {"name": "Cơ sở B", "sum": 10.0, "size": ""}),
    ]


def test_a_row_below_the_totals_that_is_data_is_not_lost():
    sheet = read(workbook([["Tên cơ sở", "Số tiền (đồng)"], ["Cộng", 5], ["Cơ sở C", 7], ["Cơ sở D"]]), MONEY)
    assert [row.number for row in sheet.rows] == [3]


def test_numbers_that_count_are_no_numbering_of_columns():
    columns = [Column("a", "Lao động", Kind.INTEGER), Column("b", "Lao động nữ", Kind.INTEGER)]
    sheet = read(workbook([["Lao động", "Lao động nữ"], [12, 13], [1, 2]]), columns)
    assert [row.number for row in sheet.rows] == [2, 3]


def test_amounts_in_millions_are_refused_and_not_written_as_dong():
    with pytest.raises(BadSheet) as caught:
        read(workbook([["Tên cơ sở", "Số tiền (triệu đồng)"], ["A", 250]]), MONEY)
    assert (caught.value.code, "“Số tiền (triệu đồng)” không ghi theo đồng" in caught.value.reason) == (
        "excel.unit", True,
    )  # fmt: skip
