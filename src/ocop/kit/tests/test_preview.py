"""A load of reference data is told before it is done: what is new, what changes from what to what, what stays."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ocop.kit import registry
from ocop.kit.jobs.models import DataLoad
from ocop.kit.jobs.preview import watch
from ocop.kit.models import DayOverride

pytestmark = pytest.mark.django_db
TWO = """
- {day: 2027-04-26, working: false, name: Nghỉ bù, source: Thông báo 1}
- {day: 2027-05-08, working: true, name: Làm bù, source: Thông báo 1}
"""


@pytest.fixture
def known():
    DayOverride.objects.create(day=date(2027, 4, 26), is_working=True, name="Ngày thường", source="Cũ")
    DayOverride.objects.create(day=date(2027, 9, 1), is_working=False, name="Của quản trị viên")


def load(path, *words: str) -> list[str]:
    out = StringIO()
    call_command("load_days", str(path), *words, stdout=out)
    return out.getvalue().splitlines()


def days() -> list[tuple]:
    return list(DayOverride.objects.values_list("day", "is_working", "name"))


def put(folder, text: str):
    path = folder / "ngay-nghi.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_dry_run_tells_and_leaves_everything(known, tmp_path):
    before, path = days(), put(tmp_path, TWO)
    said = load(path, "--dry-run")
    assert said == [
        "Ngày nghỉ, ngày làm bù: 1 mới, 1 sửa",
        "  sửa: 26/04/2027 Nghỉ bù (là ngày làm việc: Có → Không; tên: Ngày thường → Nghỉ bù; "
        "căn cứ: Cũ → Thông báo 1)",
        "  mới: 08/05/2027 Làm bù",
        "Giữ nguyên: 1 dòng",
        "Chạy thử: chưa ghi gì. Bỏ --dry-run để ghi.",
    ]
    assert days() == before


def test_the_load_says_the_same_and_the_second_one_changes_nothing(known, tmp_path):
    path = put(tmp_path, TWO)
    foretold = load(path, "--dry-run")
    assert load(path) == [*foretold[:-1], "Đã ghi."]
    assert days() == [
        (date(2027, 4, 26), False, "Nghỉ bù"),
        (date(2027, 5, 8), True, "Làm bù"),
        (date(2027, 9, 1), False, "Của quản trị viên"),
    ]
    assert load(path) == ["Giữ nguyên: 3 dòng", "Không có gì thay đổi."]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("- {day: 30/02/2027, working: no, name: x}", ["mục 1: day phải là ngày dạng 2026-08-22"]),
        (
            "- {day: 2027-02-03, working: có, name: ''}",
            ["mục 1: working phải là true (làm việc) hoặc false (nghỉ)", "mục 1: thiếu name, tên của ngày"],
        ),
        ("- {day: 2027-02-03, working: true, name: x, ghi_chu: y}", ["mục 1: không có trường 'ghi_chu'"]),
        (
            "- {day: 2027-02-03, working: true, name: x}\n- {day: 2027-02-03, working: false, name: y}",
            ["ngày 2027-02-03 bị lặp"],
        ),
        ("ngay: 1", ["phải là danh sách các ngày."]),
    ],
)
def test_a_bad_list_names_the_place_and_changes_nothing(known, tmp_path, text, reasons):
    before = days()
    with pytest.raises(CommandError) as refused:
        load(
            put(
                tmp_path,
                f"- {{day: 2027-01-04, working: true, name: Tốt}}\n{text}" if text[0] == "-" else text,
            )
        )
    lines = [f"ngay-nghi.yaml: {reason}".replace("mục 1", "mục 2") for reason in reasons]
    assert str(refused.value).splitlines() == ["Không nạp, không ghi gì. Sửa tệp rồi chạy lại:", *lines]
    assert days() == before


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(CommandError, match="ngày không có thật"):
        load(put(tmp_path, "- {day: 2027-02-30, working: true, name: x}"))
    with pytest.raises(CommandError, match="không đọc được tệp"):
        load(tmp_path / "khong-co.yaml")
    path = tmp_path / "cu.yaml"
    path.write_bytes("- {day: 2027-01-04, working: true, name: Tết}".encode("utf-16"))
    with pytest.raises(CommandError, match="phải là văn bản UTF-8"):
        load(path)


def test_long_changes_are_cut_and_rows_that_are_gone_are_told(known):
    def work():
        DayOverride.objects.all().delete()
        DayOverride.objects.create(day=date(2028, 1, 1), is_working=True, name="x")

    preview = watch(work, [DayOverride], dry_run=True)
    assert [change.kind for change in preview.changes] == ["mới", "bỏ", "bỏ"]
    assert next(iter(preview.lines())) == "Ngày nghỉ, ngày làm bù: 1 mới, 2 bỏ"

    def many():
        DayOverride.objects.bulk_create(
            DayOverride(day=date(2029, 1, day), is_working=True, name="x") for day in range(1, 32)
        )
        DayOverride.objects.bulk_create(
            DayOverride(day=date(2029, 3, day), is_working=True, name="x") for day in range(1, 32)
        )

    lines = list(watch(many, [DayOverride], dry_run=True).lines())
    assert (len(lines), lines[-2]) == (43, "  và 22 dòng khác")


def test_a_dry_run_of_all_reference_data_writes_nothing():
    out = StringIO()
    call_command("load_reference", "--dry-run", stdout=out)
    said = out.getvalue()
    assert [step.key for step in registry.reference_steps if f"[{step.key}]" not in said] == []
    assert "Bộ tiêu chí của một loại sản phẩm: 52 mới" in said
    assert f"{len(list(registry.reference_steps))} steps would be loaded" in said
    assert DataLoad.objects.count() == 0
    assert [
        kind._meta.label for step in registry.reference_steps for kind in step.kinds if kind.objects.exists()
    ] == []
