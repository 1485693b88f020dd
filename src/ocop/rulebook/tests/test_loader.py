"""Loading the books: what is refused, with the line; what a second loading changes."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ocop.kit import registry
from ocop.rulebook import loader
from ocop.rulebook.located import BadFile
from ocop.rulebook.models import (
    CriteriaBook,
    CriteriaSet,
    DatedSetting,
    DeadlineRule,
    Procedure,
    ProductGroup,
    SheetVersion,
)
from ocop.rulebook.rules.settings import BY_KEY

pytestmark = pytest.mark.django_db

BOOK = loader.data_folder() / "26-2026.yaml"


@pytest.fixture
def groups(db):
    loader.load_groups(loader.data_folder() / "groups.yaml")


def edited(tmp_path, *changes):
    """The book 26/2026 with texts replaced, and the line of the first change."""
    text = BOOK.read_text(encoding="utf-8")
    line = text[: text.index(changes[0][0])].count("\n") + 1
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "26-2026.yaml"
    path.write_text(text, encoding="utf-8")
    return path, line


def test_the_project_files_load_once_and_then_change_nothing():
    said = []
    loader.load_all(said.append)
    assert list(CriteriaBook.objects.values_list("slug", "wording")) == [
        ("26-2026", "shortened"),
        ("148-2023", "shortened"),
    ]
    assert CriteriaSet.objects.count() == SheetVersion.objects.count() == 52
    assert list(ProductGroup.objects.values_list("code", flat=True)) == ["I", "II", "III", "IV", "V", "VI"]
    assert list(Procedure.objects.values_list("key", flat=True)) == [
        "26-2026",
        "148-2023-1489-2025",
        "148-2023",
    ]
    assert DeadlineRule.objects.count() == 10
    assert {row.key for row in DatedSetting.objects.all()} == set(BY_KEY)
    today = date(2026, 11, 24)  # what holds now are the defaults; of earlier days some differ
    latest = {row.key: row for row in DatedSetting.objects.valid_on(today).order_by("valid_from")}
    others = {
        key: row.value for key, row in latest.items() if BY_KEY[key].read(row.value) != BY_KEY[key].default
    }
    assert others == {"forwarded_below_70": "province"}
    assert all(row.help_text for row in CriteriaSet.objects.all())
    rows = dict(CriteriaSet.objects.values_list("code", "pk"))
    again = []
    loader.load_all(again.append)
    assert [line.split(": ")[1].split(",")[0] for line in again] == ["ghi 0"] * 7
    assert dict(CriteriaSet.objects.values_list("code", "pk")) == rows
    assert CriteriaBook.history.count() == 2


def test_the_counts_of_the_current_book():
    loader.load_groups(loader.data_folder() / "groups.yaml")
    loader.load_book(BOOK)
    sheets = [row.sheet for row in CriteriaSet.objects.all()]
    criteria = [criterion for sheet in sheets for criterion in sheet.criteria]
    levels = [level for criterion in criteria for level in criterion.levels]
    assert (len(sheets), len(criteria), len(levels)) == (26, 787, 2579)
    assert sum(level.min_star is not None for level in levels) == 575
    assert sum(level.implied for level in levels) == 44
    assert sum(bool(level.doubtful) for level in levels) == 5
    assert [row.number for row in CriteriaSet.objects.filter(status="partial")] == [7, 10, 23]
    assert sum(bool(sheet.disqualifiers) for sheet in sheets) == 25


def test_an_office_setting_is_not_overwritten():
    path = loader.data_folder() / "settings.yaml"
    loader.load_settings(path)
    DatedSetting.objects.filter(key="spread_limit").update(value="8", confirmed=True)
    assert loader.load_settings(path).written == 0
    assert DatedSetting.objects.get(key="spread_limit").value == "8"


HEAD = "          name: Tổ chức sản xuất\n          max: 18\n"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param(
            [(HEAD, HEAD.replace("18", "17"))],
            "bộ 1, mục 1: ghi 17 điểm, các tiêu chí cộng được 18",
            id="head sum",
        ),
        pytest.param(
            [("- {points: 1, text: Tỷ lệ trồng tại địa bàn cấp xã dưới 50%}", "- {points: 5, text: Tỷ lệ}")],
            "bộ 1, tiêu chí 1.1: điểm các mức phải tăng dần, ghi [5, 2, 3]",
            id="levels rise",
        ),
        pytest.param(
            [("        3: [2.2>=2, 2.3>=1,", "        3: [2.2>=3, 2.3>=1,")],
            "bộ 1: mức tối thiểu 3 sao không khớp dấu sao ở các mức: 2.2>=2, 2.2>=3",
            id="minimums match the marks",
        ),
        pytest.param(
            [("        3: [2.2>=2, 2.3>=1,", "        3: [2.9>=2, 2.3>=1,")],
            "bộ 1: mức tối thiểu 2.9>=2 không trỏ tới tiêu chí nào",
            id="minimums point to a criterion",
        ),
        pytest.param([("- code: I\n", "- code: IX\n")], "không có nhóm sản phẩm IX", id="group"),
        pytest.param(
            [("\n    - number: 2\n", "\n    - number: 1\n")], "số thứ tự bộ bị lặp: 1", id="set number"
        ),
        pytest.param(
            [("\n        - number: 2\n", "\n        - number: 3\n")],
            "bộ 1: mục này phải là mục 2",
            id="head numbers",
        ),
        pytest.param(
            [("          - code: '1.2'", "          - code: '1.1'")],
            "bộ 1, tiêu chí 1.1: mã tiêu chí bị lặp",
            id="criterion code",
        ),
        pytest.param(
            [("text: Chưa có chứng nhận chất lượng}", "text: Chưa có, min_start: 3}")],
            "bộ 1, tiêu chí 1.2: khóa không rõ min_start",
            id="unknown key",
        ),
        pytest.param(
            [("- {points: 0, text: Chưa có chứng nhận chất lượng}", "- {points: '0', text: Chưa có}")],
            "thiếu hoặc sai kiểu: points",
            id="points are numbers",
        ),
        pytest.param(
            [("- {star: 4, min: 70,", "- {star: 4, min: 95,")],
            "điểm đầu khoảng phải giảm dần và kết thúc ở 0",
            id="bands fall",
        ),
        pytest.param(
            [("  values: [1, 1, 3, 5]", "  values: [1, 1, 3, 4]")],
            "ngoại lệ không khớp với chỗ nào trong tệp",
            id="an exception excuses only what it names",
        ),
        pytest.param(
            [("\nwording: shortened\n", "\nwording: full\n")],
            "wording phải là official hoặc shortened",
            id="wording",
        ),
        pytest.param(
            [("slug: 26-2026\n", "slug: 26-2026\nslug: x\n")],
            "khóa 'slug' bị lặp hoặc không hợp lệ",
            id="twice",
        ),
        pytest.param([("groups:\n", "groups: [\n")], "YAML hỏng:", id="broken YAML"),
    ],
)
def test_a_bad_book_is_refused_with_line_and_reason(groups, tmp_path, changes, reason):
    path, line = edited(tmp_path, *changes)
    with pytest.raises(BadFile) as refused:
        loader.load_book(path)
    said = {text: at for at, text in refused.value.problems}
    found = next((text for text in said if text.startswith(reason)), None)
    assert found is not None, said
    if reason != "YAML hỏng:":
        assert abs(said[found] - line) <= 4
    assert CriteriaBook.objects.count() == 0


def test_bytes_that_are_not_utf8_are_refused(groups, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes("slug: x\ntitle: B\xf4".encode("latin-1"))
    with pytest.raises(BadFile) as refused:
        loader.load_book(path)
    assert refused.value.problems == [(2, "tệp phải là văn bản UTF-8")]


@pytest.mark.parametrize("text", ["", "[]", "x", "slug: 1"])
def test_a_file_of_another_shape_is_refused(groups, tmp_path, text):
    path = tmp_path / "x.yaml"
    path.write_text(text)
    with pytest.raises(BadFile):
        loader.load_book(path)


def test_official_wording_replaces_texts_and_keeps_rows_and_the_old_version(groups, tmp_path):
    loader.load_book(BOOK)
    before = CriteriaSet.objects.get(book__slug="26-2026", number=1)
    path, _ = edited(
        tmp_path,
        ("text: Chưa có chứng nhận chất lượng}", "text: Nguyên văn của mức này}"),
        ("\nwording: shortened\n", "\nwording: official\n"),
    )
    assert loader.load_book(path).written == 26
    after = CriteriaSet.objects.get(book__slug="26-2026", number=1)
    assert (after.pk, after.book.wording, after.book.is_shortened) == (before.pk, "official", False)
    assert after.sheet.by_code["1.2"].levels[0].text == "Nguyên văn của mức này"
    assert after.checksum != before.checksum
    old = SheetVersion.objects.get(set=after, checksum=before.checksum)
    assert old.sheet.by_code["1.2"].levels[0].text == "Chưa có chứng nhận chất lượng"
    assert CriteriaSet.objects.count() == 26


def test_numbering_may_not_change_once_loaded(groups, tmp_path):
    loader.load_book(BOOK)
    path, _ = edited(
        tmp_path,
        (
            "- {points: 0, text: Chưa có chứng nhận chất lượng}",
            "- {points: 0, text: Chưa có}\n            - {points: 1, text: Nửa}",
        ),
        (
            "- {points: 1, text: 'Có chứng nhận theo tiêu chuẩn quốc gia (VietGAP, hữu cơ, ...)'}",
            "- {points: 2, text: Có}",
        ),
        (
            "- {points: 2, text: 'Có chứng nhận theo tiêu chuẩn quốc tế (GlobalGAP, hữu cơ - Organic, ...)'}\n",
            "\n",
        ),
    )
    text = path.read_text().replace("            \n", "")
    path.write_text(
        text.replace("            - {points: 2, text: Có}", "            - {points: 2, text: Có}", 1)
    )
    # The same number of levels is a new text; one level more is a new numbering.
    loader.check_book(path)
    path.write_text(text.replace("- {points: 1, text: Nửa}\n            ", ""))
    with pytest.raises(BadFile, match="số thứ tự tiêu chí hoặc số mức khác với bộ đang dùng"):
        loader.load_book(path)


def test_exceptions_of_the_old_book_are_the_three_sheets_that_do_not_add_up(groups):
    loader.load_book(loader.data_folder() / "148-2023.yaml")
    off = [row.number for row in CriteriaSet.objects.all() if sum(c.max for c in row.sheet.criteria) != 100]
    assert off == [11, 12, 13]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "settings:\n- {key: spread, value: 1, valid_from: '2026-01-01', source: x, confirmed: true}",
            "dòng 2: không có thiết lập spread",
        ),
        (
            "settings:\n- {key: quorum_percent, value: 101, valid_from: '2026-01-01', source: x, confirmed: true}",
            "dòng 2: Tỷ lệ thành viên có mặt để họp (%): không quá 100.",
        ),
        ("settings:\n- {key: quorum_percent}", "dòng 2: thiếu: confirmed, source, valid_from, value"),
        ("other: 1", "dòng 1: thiếu danh sách settings"),
    ],
)
def test_bad_settings_are_refused(tmp_path, text, reason):
    path = tmp_path / "settings.yaml"
    path.write_text(text)
    with pytest.raises(BadFile) as refused:
        loader.load_settings(path)
    assert str(refused.value) == f"settings.yaml, {reason}"


def test_a_procedure_of_an_unknown_book_is_refused(tmp_path):
    with pytest.raises(BadFile, match=r"procedures\.yaml, dòng 6: không có bộ 148-2023"):
        loader.load_procedures(loader.data_folder() / "procedures.yaml")


def test_the_command(groups, tmp_path):
    out = StringIO()
    call_command("load_rulebook", str(BOOK), "--dry-run", stdout=out)
    assert out.getvalue().splitlines()[0] == "Bộ tiêu chí theo quyết định: 1 mới"
    assert out.getvalue().splitlines()[-1] == "Chạy thử: chưa ghi gì. Bỏ --dry-run để ghi."
    assert CriteriaBook.objects.count() == 0
    call_command("load_rulebook", stdout=out)
    assert CriteriaSet.objects.count() == 52
    call_command("load_rulebook", str(BOOK), stdout=out)
    assert out.getvalue().endswith("dòng\nKhông có gì thay đổi.\n")
    path, _ = edited(tmp_path, ("\nwording: shortened\n", "\nwording: full\n"))
    with pytest.raises(CommandError, match="Không nạp, không ghi gì"):
        call_command("load_rulebook", str(path))
    with pytest.raises(CommandError, match="Không có tệp"):
        call_command("load_rulebook", str(tmp_path / "none.yaml"))
    out = StringIO()
    call_command("load_rulebook", "--dry-run", stdout=out)
    assert out.getvalue().endswith("dòng\nKhông có gì thay đổi.\n")


def test_the_step_of_the_reference_data_is_registered():
    assert registry.reference_steps["rulebook"].run is loader.load_reference
    assert registry.reference_steps["rulebook"].order > registry.reference_steps["law"].order


def test_the_deadlines_of_the_current_procedure():
    loader.load_all(lambda line: None)
    rows = DeadlineRule.objects.filter(procedure__key="26-2026")
    first = rows.get(key="commune-assessment")
    assert (first.length, first.unit, first.on_return, first.start_event) == (
        15,
        "working",
        "stops",
        "received_by_commune",
    )
    renewal = rows.get(key="renewal")
    assert (renewal.length, renewal.unit, renewal.article) == (
        45,
        "calendar",
        "Điều 7 khoản 6 Quyết định 26/2026/QĐ-TTg",
    )
    rounds = rows.exclude(round_key="")
    assert [(row.round_key, row.round_step, row.before_day, row.before_month) for row in rounds] == [
        ("province-1", "propose", 30, 4),
        ("province-1", "rank", 30, 6),
        ("province-2", "propose", 30, 10),
        ("province-2", "rank", 30, 12),
        ("centre-1", "propose", 30, 7),
        ("centre-1", "rank", 30, 9),
        ("centre-2", "propose", 30, 1),
        ("centre-2", "rank", 30, 3),
    ]
    assert Procedure.objects.get(key="148-2023").valid_to == date(2025, 7, 5)
