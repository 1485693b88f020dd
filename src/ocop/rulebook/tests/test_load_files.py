"""One file for one thing: a new procedure, a council's statute; what it changes, and what is refused with its line."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ocop.rulebook import loader
from ocop.rulebook.models import CriteriaBook, DatedSetting, Procedure
from ocop.rulebook.queries import procedure_in_force, setting
from ocop.units.tests.factories import ProvinceFactory

pytestmark = pytest.mark.django_db

PROCEDURE = """procedures:
- key: 9-2028
  name: Quy trình theo Quyết định 9/2028/QĐ-TTg
  book: 26-2026
  valid_from: '2028-01-01'
  flow_key: 26-2026
  levels: [commune, province, centre]
  decides: {3: province, 4: province, 5: centre}
  deadlines:
  - {key: commune-assessment, name: Xã đánh giá, level: commune, start_event: received_by_commune, length: 10, unit: working}
"""  # noqa: E501
STATUTE = """settings:
- {key: quorum_percent, province: '42', value: 80, valid_from: '2027-03-01', confirmed: true, source: Quy chế 5/QC}
- {key: spread_limit, province: '42', value: '8', valid_from: '2027-03-01', confirmed: true, source: Quy chế 5/QC}
"""


@pytest.fixture
def home():
    return ProvinceFactory(code="42")


def put(folder, text: str):
    path = folder / "moi.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def load(path, *words: str) -> list[str]:
    out = StringIO()
    call_command("load_rulebook", str(path), *words, stdout=out)
    return out.getvalue().splitlines()


def test_a_new_procedure_comes_in_by_its_own_file(books, tmp_path):
    path = put(tmp_path, PROCEDURE)
    said = load(path, "--dry-run")
    assert [line for line in said if "mới" in line] == [
        "Quy trình: 1 mới", "  mới: Quy trình theo Quyết định 9/2028/QĐ-TTg",
        "Thời hạn: 1 mới", "  mới: Xã đánh giá",
    ]  # fmt: skip
    assert (said[-1], Procedure.objects.count()) == ("Chạy thử: chưa ghi gì. Bỏ --dry-run để ghi.", 3)
    assert load(path)[-1] == "Đã ghi."
    assert procedure_in_force(date(2028, 1, 1)).key == "9-2028"
    assert procedure_in_force(date(2027, 12, 31)).key == "26-2026"
    assert load(path)[-1] == "Không có gì thay đổi."
    longer = put(tmp_path, PROCEDURE.replace("length: 10", "length: 12"))
    assert "  sửa: Xã đánh giá (độ dài: 10 → 12)" in load(longer, "--dry-run")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("book: 26-2026", "book: 9-2028", "dòng 4: không có bộ 9-2028"),
        ("'2028-01-01'", "2028-01-01", "dòng 5: valid_from phải là ngày trong dấu nháy, dạng '2026-05-22'"),
        ("'2028-01-01'", "2028-02-30", "dòng 5: ngày không có thật"),
        ("'2028-01-01'", "'2028-02-30'", "dòng 5: valid_from phải là ngày trong dấu nháy, dạng '2026-05-22'"),
        (
            "'2028-01-01'\n",
            "'2028-01-01'\n  valid_to: '2027-01-01'\n",
            "dòng 6: hết hiệu lực trước khi có hiệu lực",
        ),
        ("[commune,", "[xa,", "dòng 7: levels gồm các cấp: commune, district, province, centre"),
        ("3: province", "3: district", "dòng 8: decides: mỗi hạng sao do một cấp trong levels quyết định"),
        ("length: 10", "length: 0", "dòng 10: length phải là số nguyên từ 1"),
        ("length: 10", "lenght: 10", "dòng 10: khóa không rõ: lenght"),
        ("length: 10", "before: 31/2", "dòng 10: ngày/tháng không hợp lệ: 31/2"),
        ("unit: working", "unit: tuần", "dòng 10: unit phải là một trong working, calendar"),
        ("  book: 26-2026\n", "  instrument: khong-co\n", "dòng 2: thiếu: book"),
        ("- key: 9-2028\n", "- 7\n- key: 9-2028\n", "dòng 2: phải là một mục có các khóa"),
    ],
)
def test_a_bad_procedure_names_its_line_and_changes_nothing(books, tmp_path, old, new, reason):
    assert old in PROCEDURE
    with pytest.raises(CommandError) as refused:
        load(put(tmp_path, PROCEDURE.replace(old, new, 1)))
    head, *lines = str(refused.value).splitlines()
    assert head == "Không nạp, không ghi gì. Sửa tệp rồi chạy lại:"
    assert f"moi.yaml, {reason}" in lines
    assert Procedure.objects.count() == 3


def test_a_statute_is_the_provinces_own_and_ends_what_stood_before(books, home, tmp_path):
    path = put(tmp_path, STATUTE)
    assert load(path, "--dry-run")[:3] == [
        "Thiết lập theo thời gian: 2 mới",
        "  mới: Tỷ lệ thành viên có mặt để họp (%): 80, tỉnh 42, từ 01/03/2027",
        "  mới: Chênh lệch điểm tối đa giữa các phiếu: 8, tỉnh 42, từ 01/03/2027",
    ]
    load(path)
    assert [setting("quorum_percent", "42", day) for day in (date(2027, 2, 28), date(2027, 3, 1))] == [75, 80]
    assert setting("quorum_percent", "", date(2027, 3, 1)) == 75
    later = put(tmp_path, STATUTE.replace("2027-03-01", "2028-01-01").replace("80", "90"))
    assert "  sửa: quorum_percent từ 01/03/2027 (hết hiệu lực: (trống) → 31/12/2027)" in [
        line.replace("có hiệu lực đến", "hết hiệu lực").replace("đến hết ngày", "hết hiệu lực")
        for line in load(later)
    ]
    rows = DatedSetting.objects.filter(province="42", key="quorum_percent").order_by("valid_from")
    assert [(row.value, row.valid_to) for row in rows] == [(80, date(2027, 12, 31)), (90, None)]


def test_what_the_office_has_set_wins_and_is_told(books, home, tmp_path):
    path = put(tmp_path, STATUTE)
    load(path)
    DatedSetting.objects.filter(province="42", key="quorum_percent").update(value=85)
    said = load(path)
    assert said[0].startswith(
        "Giữ giá trị đơn vị đã đặt: Tỷ lệ thành viên có mặt để họp (%), từ 01/03/2027: đang là 85, tệp ghi 80."
    )
    assert (said[-1], setting("quorum_percent", "42", date(2027, 3, 1))) == ("Không có gì thay đổi.", 85)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("province: '42'", "province: '99'", "dòng 2: không có tỉnh mã 99 (mã đặt trong dấu nháy)"),
        ("confirmed: true", "confirmed: rồi", "dòng 2: confirmed phải là true hoặc false"),
        ("source: Quy chế 5/QC", "source: ''", "dòng 2: source phải ghi số, ngày của văn bản hoặc biên bản"),
        ("value: 80", "value: 101", "dòng 2: Tỷ lệ thành viên có mặt để họp (%): không quá 100."),
        ("spread_limit", "quorum_percent", "dòng 3: quorum_percent từ 2027-03-01 bị lặp"),
    ],
)
def test_a_bad_statute_names_its_line_and_changes_nothing(books, home, tmp_path, old, new, reason):
    before = DatedSetting.objects.count()
    with pytest.raises(CommandError) as refused:
        load(put(tmp_path, STATUTE.replace(old, new, 1)))
    assert f"moi.yaml, {reason}" in str(refused.value).splitlines()
    assert DatedSetting.objects.count() == before


def test_new_words_of_a_book_in_use_are_told_without_its_whole_text(books, tmp_path):
    text = (loader.data_folder() / "26-2026.yaml").read_text(encoding="utf-8")
    path = put(tmp_path, text.replace("text: Chưa có chứng nhận chất lượng}", "text: Nguyên văn của mức}", 1))
    said = load(path, "--dry-run")
    assert said[:2] == [
        "Bộ tiêu chí của một loại sản phẩm: 1 sửa",
        "  sửa: Bộ 1. Rau, củ, quả, hạt tươi (phiếu: nội dung cũ → nội dung mới)",
    ]
    assert load(path)[-1] == "Đã ghi."
    assert load(path)[-1] == "Không có gì thay đổi."


def test_a_new_book_is_previewed_under_its_own_slug(books, tmp_path):
    text = (loader.data_folder() / "26-2026.yaml").read_text(encoding="utf-8")
    path = put(tmp_path, text.replace("slug: 26-2026", "slug: 9-2028", 1))
    said = load(path, "--dry-run")
    assert "Bộ tiêu chí của một loại sản phẩm: 26 mới" in said
    assert CriteriaBook.objects.count() == 2
