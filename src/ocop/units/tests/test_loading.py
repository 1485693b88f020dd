"""The loader: idempotent, refuses bad files as a whole, keeps corrections."""

import shutil
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ocop.units.loading import DataFileError, load
from ocop.units.loading.files import default_folder
from ocop.units.models import Agency, AgencySuccession, Succession, Unit, UnitCover
from ocop.units.queries import agencies_with, agency_with, committee_of, home_province, unit_on
from ocop.units.tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db


def quiet(line: str) -> None:
    """A log that nobody reads."""


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the invented province's files, free to be spoilt."""
    shutil.copytree(default_folder() / "trinh-dien", tmp_path / "trinh-dien")
    return tmp_path


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / "trinh-dien" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_second_run_writes_nothing(folder):
    first = load(quiet, demo=True, folder=folder)
    ids = set(Unit.objects.values_list("pk", flat=True))
    second = load(quiet, demo=True, folder=folder)
    assert (first.units, first.agencies > 0) == (9, True)
    assert (second.units, second.links, second.agencies) == (0, 0, 0)
    assert set(Unit.objects.values_list("pk", flat=True)) == ids


def test_an_invented_province_is_loaded_in_demo_only(folder):
    assert load(quiet, folder=folder).units == 0
    assert load(quiet, demo=True, folder=folder).units == 9


def test_a_dry_run_counts_and_writes_nothing(folder):
    assert load(quiet, demo=True, dry_run=True, folder=folder).units == 9
    assert not Unit.objects.exists()


def test_a_correction_in_the_file_keeps_the_row(folder):
    load(quiet, demo=True, folder=folder)
    held = Unit.objects.get(code="99001", valid_from="2025-07-01")
    spoil(folder, "2025-07-01.csv", "10.20000,110.00000", "10.30000,110.00000")
    assert load(quiet, demo=True, folder=folder).units == 1
    assert str(Unit.objects.get(pk=held.pk).lat) == "10.30000"


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("2023-01-01.csv", "99002,", "99001,", "danh mục 2023-01-01, mã 99001: mã bị lặp"),
        ("2023-01-01.csv", "Mẫu Hạ,Xã", "Mẫu Hạ,Huyện", "loại 'Huyện' không hợp với cấp"),
        ("2023-01-01.csv", "Xã,992", "Xã,998", "không có đơn vị cấp trên '998'"),
        ("2023-01-01.csv", "99002,Mẫu Trung", "990022,Mẫu Trung", "mã phải có 2, 3 hoặc 5 chữ số"),
        ("2023-01-01.csv", "10.15000,110.05000", ",110.05000", "tọa độ thiếu một nửa"),
        ("2023-01-01.csv", "code,name", "ma,ten", "dòng đầu phải là code,name"),
        ("2023-01-01.csv", "99002,Mẫu Trung,", "99002,", "dòng 6 có 6 ô, cần 7"),
        ("changes-2025-07-01.csv", "99002,99001,whole", "99002,99009,whole", "mã mới không có trong danh mục sau"),
        ("changes-2025-07-01.csv", "99002,99001,whole", "99002,99001,part", "chia tách phải về từ hai đơn vị"),
        ("changes-2025-07-01.csv", "991,,,abolished,yes,đơn vị trình diễn\n", "", "991 Thử Bắc mất hoặc đổi"),
        ("changes-2025-07-01.csv", "99003,99003,whole,merged", "99003,99003,,parent", "không giữ nguyên mã, tên"),
        ("changes-2025-07-01.csv", "merged,yes", "merged,maybe", "confirmed phải là yes hoặc no"),
        ("changes-2025-07-01.csv", "99002,99001,whole,merged", "99002,99001,whole,swallowed", "không có loại thay đổi"),
        ("agencies.yaml", "kind: department", "kind: office", "không có loại cơ quan 'office'"),
        ("agencies.yaml", 'unit: "99"', 'unit: "98"', "không có đơn vị 98 ngày 2023-01-01"),
        ("2023-01-01.csv", "Thử Bắc", unicodedata.normalize("NFD", "Thử Bắc"), "không ở dạng NFC"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_as_a_whole(folder, file, old, new, problem):
    spoil(folder, file, old, new)
    with pytest.raises(DataFileError) as refused:
        load(quiet, demo=True, folder=folder)
    assert problem in str(refused.value)
    assert not Unit.objects.exists()


def test_a_unit_that_is_pointed_at_cannot_leave_the_files(folder):
    load(quiet, demo=True, folder=folder)
    AgencyFactory(unit=Unit.objects.get(code="99004"))
    for file, line in (
        ("2023-01-01.csv", "99004,Mẫu Hải,Thị trấn,992,9.75000,110.05000,invented\n"),
        ("changes-2025-07-01.csv", "99004,99003,whole,merged,yes,đơn vị trình diễn\n"),
    ):
        spoil(folder, file, line, "")
    with pytest.raises(DataFileError) as refused:
        load(quiet, demo=True, folder=folder)
    assert (
        str(refused.value) == "Thị trấn Mẫu Hải (99004, 2023-01-01) không còn trong tệp mà vẫn đang được dùng"
    )
    Agency.objects.filter(slug__startswith="ubnd-thu").delete()
    load(quiet, demo=True, folder=folder)
    assert not Unit.objects.filter(code="99004").exists()


def test_a_correction_by_hand_stays(folder):
    load(quiet, demo=True, folder=folder)
    Agency.objects.filter(slug="so-nnmt-99").update(name="Sở đã sửa")
    load(quiet, demo=True, folder=folder)
    assert Agency.objects.get(slug="so-nnmt-99").name == "Sở đã sửa"


def test_the_command_says_what_is_wrong(settings, tmp_path):
    settings.OCOP_REFERENCE_DIR = tmp_path
    with pytest.raises(CommandError, match=r"instruments\.yaml"):
        call_command("load_units")


@pytest.mark.usefixtures("loaded_units")
class TestAgencies:
    def test_each_district_and_commune_has_its_committee_for_its_life(self):
        units = Unit.objects.exclude(level="province").values_list("pk", "valid_from", "valid_to")
        committees = Agency.objects.filter(kind__in=["district_committee", "commune_committee"])
        assert set(committees.values_list("unit", "valid_from", "valid_to")) == set(units)

    def test_the_committee_of_a_commune_and_who_took_over(self):
        old = committee_of(unit_on("18595", date(2025, 6, 30)), date(2025, 6, 30))
        assert (old.name, old.short_name) == ("Ủy ban nhân dân xã Đỉnh Bàn", "UBND xã Đỉnh Bàn")
        steps = AgencySuccession.objects.filter(predecessor=old).select_related("successor")
        assert [(step.successor.name, step.on) for step in steps] == [
            ("Ủy ban nhân dân xã Thạch Khê", date(2025, 7, 1))
        ]

    @pytest.mark.parametrize(
        ("day", "name"),
        [
            (date(2025, 2, 28), "Sở Nông nghiệp và Phát triển nông thôn tỉnh Hà Tĩnh"),
            (date(2025, 3, 1), "Sở Nông nghiệp và Môi trường tỉnh Hà Tĩnh"),
        ],
    )
    def test_the_department_of_agriculture_changes_its_name_and_keeps_its_part(self, day, name):
        members = {agency.name for agency in agencies_with("member", day, home_province(day))}
        assert name in members
        assert len(members) == 5

    def test_the_department_has_two_predecessors_not_confirmed(self):
        steps = AgencySuccession.objects.filter(successor__slug="so-nnmt-42")
        assert set(steps.values_list("predecessor__slug", "confirmed")) == {
            ("so-nnptnt-42", False),
            ("so-tnmt-42", False),
        }

    @pytest.mark.parametrize("duty", ["decides", "advisory_body", "standing_agency"])
    @pytest.mark.parametrize(
        "day", [date(2023, 1, 1), date(2025, 2, 28), date(2025, 3, 1), date(2026, 5, 22)]
    )
    def test_each_part_is_played_by_one_agency_on_any_day(self, duty, day):
        assert len(agencies_with(duty, day, home_province(day))) == 1

    def test_the_centre_follows_the_ministry(self):
        days = (date(2025, 2, 28), date(2025, 3, 1), date(2026, 6, 1))
        assert [agency_with("centre", day).slug for day in days] == ["bo-nnptnt", "bo-nnmt", "bo-nnmt"]

    def test_agencies_of_one_province_never_answer_for_another(self):
        found = agencies_with("decides", date(2026, 6, 1), unit_on("99", date(2026, 6, 1)))
        assert [agency.slug for agency in found] == ["ubnd-tinh-99"]


@pytest.mark.usefixtures("loaded_units")
def test_every_succession_inside_a_province_and_no_cover_across():
    assert (
        not UnitCover.objects.exclude(holder__is_fictional=True, covered__is_fictional=True)
        .exclude(holder__is_fictional=False, covered__is_fictional=False)
        .exists()
    )
    assert Succession.objects.count() == 233
