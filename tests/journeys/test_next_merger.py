"""An invented merger, end to end: the file, the preview, the pages, the press; a commune that is renamed twice."""

import shutil
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.evaluation.models import Dossier
from ocop.evaluation.tests.reorganised import Eve, eve_of
from ocop.kit.testing import content_of, sheet_rows
from ocop.units.loading import load
from ocop.units.loading.files import default_folder
from ocop.units.models import Handover, HandoverDoubt
from ocop.units.queries import home_province, unit_on
from ocop.units.queries.handover import reorganisation_on

MERGERS = Path(__file__).parents[2] / "src/ocop/units/tests/mergers"
EVE, DAY, NEXT = date(2026, 12, 31), date(2027, 1, 1), date(2028, 1, 1)

pytestmark = pytest.mark.django_db


def signed(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the invented province."""
    shutil.copytree(default_folder() / "trinh-dien", tmp_path / "units" / "trinh-dien")
    return tmp_path / "units"


@pytest.fixture
def eve(folder: Path, settings: Any) -> Eve:
    """The invented province, home of this installation, on the eve of its invented merger."""
    settings.OCOP_PROVINCE, settings.OCOP_TODAY = "99", EVE
    load(lambda line: None, demo=True, folder=folder)
    return eve_of(home_province(EVE), EVE)


def merge(folder: Path, day: date, *more: str) -> str:
    """Run the command for the file of that day; answers what it said."""
    out = StringIO()
    call_command(
        "load_units", "--changes", str(MERGERS / f"{day}.csv"), "--on", str(day), "--province", "trinh-dien",
        "--folder", str(folder), *more, stdout=out,
    )  # fmt: skip
    return out.getvalue()


@pytest.mark.journey("IV.3.2.d:decision-26")
def test_a_merger_from_its_file_to_the_last_waiting_row(eve: Eve, folder: Path, settings: Any) -> None:
    renamed, split = eve.unit("99001"), eve.unit("99003")
    (row,) = eve.dossiers(renamed, ["commune_review"], flow="26-2026")
    (first, second) = eve.dossiers(split, ["submitted", "expert_review"], flow="26-2026")
    officer = eve.officer(renamed)
    by = signed(eve.desk(Role.ADMINISTRATOR))

    said = merge(folder, DAY, "--dry-run")
    assert "Hồ sơ đánh giá: 2 chuyển, 2 chờ xác nhận xã mới" in said
    assert by.get(reverse("units:handover", args=[str(DAY)])).status_code == 404

    merge(folder, DAY)
    page = reverse("units:handover", args=[str(DAY)])
    assert "Chưa đến ngày" in by.get(page).content.decode()
    assert by.post(page, {"seen": "on"}).status_code == 422

    settings.OCOP_TODAY = DAY
    shown = by.get(page).content.decode()
    assert "UBND xã Mẫu Bình" in shown
    assert officer.full_name in shown
    assert by.post(page, {}).status_code == 422
    assert not Handover.objects.exists()
    answer = by.post(page, {"seen": "on"}, follow=True)
    assert "Đã bàn giao" in answer.content.decode()
    assert row.moves.get().data["to"] == "UBND xã Mẫu Bình"
    row.refresh_from_db()
    assert (row.state, row.flow_key) == ("commune_review", "26-2026")
    assert list(Dossier.objects.visible_to(officer)) == []
    assert list(Dossier.objects.visible_to(eve.officer(unit_on("99001", DAY)))) == [row]

    waiting = reverse("units:doubts")
    ids = dict(HandoverDoubt.objects.filter(part="dossiers").values_list("code", "pk"))
    kind = {"loai": "dossiers", "don_vi_cu": split.pk}
    east, west = unit_on("99011", DAY), unit_on("99012", DAY)
    address = f"{waiting}?loai=dossiers&don_vi_cu={split.pk}"
    assert list(by.get(waiting, kind).context["form"].offered) == [str(east.pk), str(west.pk)]
    mixed = by.post(waiting, {"scope": "all", "other": "xã Mẫu Tây"})
    assert (mixed.status_code, "scope" in mixed.context["form"].errors) == (422, True)
    nothing = by.post(address, {"scope": "chosen", "likely": east.pk})
    assert (nothing.status_code, "scope" in nothing.context["form"].errors) == (422, True)
    by.post(address, {"scope": "chosen", "rows": [ids[first.code]], "likely": east.pk})
    by.post(address, {"scope": "all", "other": "xã Mẫu Tây"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.unit, second.unit) == (east, west)
    sheet = sheet_rows(content_of(by.get(reverse("units:doubts_sheet"), {"xem": "xong"})))
    placed = next(line for line in sheet if first.code in line)
    assert (split.title in placed, east.title in placed) == (True, True)


def test_a_commune_that_was_renamed_twice_resolves_through_both(
    eve: Eve, folder: Path, settings: Any
) -> None:
    (oldest,) = eve.dossiers(eve.unit("99002", date(2024, 1, 1)), ["submitted"], flow="26-2026")
    merge(folder, DAY)
    merge(folder, NEXT)
    settings.OCOP_TODAY = NEXT
    change = reorganisation_on(eve.province, NEXT)
    assert (change.giver(oldest.unit_id), change.taker(oldest.unit_id)) == (
        "UBND xã Mẫu Bình",
        "UBND xã Mẫu An",
    )
    by = signed(eve.desk())
    by.post(reverse("units:handover", args=[str(NEXT)]), {"seen": "on"})
    assert oldest.moves.get().reason == "UBND xã Mẫu Bình → UBND xã Mẫu An"
    assert list(Dossier.objects.visible_to(eve.officer(unit_on("99001", NEXT)))) == [oldest]
    earlier = by.post(reverse("units:handover", args=[str(DAY)]), {"seen": "on"})
    assert earlier.context["form"].non_field_errors() == [
        "Việc của ngày này đã đi cùng lần bàn giao cho ngày 01/01/2028."
    ]
    assert "Đã đi cùng ngày sau" in by.get(reverse("units:handovers")).content.decode()
    assert Handover.objects.count() == 1
