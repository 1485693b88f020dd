"""One door to a dossier's sheet: a book corrected later moves no level under what was handed in."""

import copy
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import council, marking, province
from ocop.evaluation.actions import dossier as dossiers
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.tests.world import answers_worth, make_world
from ocop.rulebook.loader import checksum_of
from ocop.rulebook.models import SheetVersion
from ocop.rulebook.rules.scoring import evaluate
from ocop.rulebook.tests.factories import LOADED_AT

APP = Path(__file__).resolve().parents[1]
DOOR = APP / "queries" / "sheets.py"
POINTS = 78


def correct_book(criteria_set) -> None:
    """A later text of the set in which the first criterion's levels stand in the other order."""
    document = copy.deepcopy(criteria_set.document)
    levels = document["sections"][0]["heads"][0]["criteria"][0]["levels"]
    levels.reverse()
    criteria_set.document, criteria_set.checksum = document, checksum_of(document)
    criteria_set.save()
    SheetVersion.objects.get_or_create(
        set=criteria_set,
        checksum=criteria_set.checksum,
        defaults={"document": document, "loaded_at": LOADED_AT},
    )


@pytest.mark.django_db
def test_the_council_marks_by_the_sheet_that_was_handed_in():
    world = make_world()
    row = world.walk_to("council_ready", points=POINTS)
    frozen, answers = world.criteria_set.sheet, answers_worth(world.criteria_set, POINTS)
    correct_book(world.criteria_set)
    row.criteria_set.refresh_from_db()
    assert evaluate(row.criteria_set.sheet, answers, None).points != POINTS
    assert sheet_for(row) == frozen
    item = world.put_on_agenda(row)
    current = council.open_marking(item, by=world["secretary"])
    for member in world.members:
        marking.save_sheet(current, by=member, answers=answers)
        assert marking.submit_sheet(current, by=member).total == POINTS
    client = Client()
    client.force_login(world["member1"])
    review = client.get(reverse("evaluation:sheet-review", args=[item.pk]))
    assert review.context["progress"].total == POINTS
    council.close_marking(current, by=world["chair"])
    board = client.get(reverse("evaluation:item-board", args=[item.pk])).context["board"]
    assert [member.total for member in board.members] == [POINTS] * 4
    assert board.sections[0].mean == sum(one.mean for one in board.sections[0].rows)
    assert council.close_item(item, by=world["chair"]).points == POINTS


@pytest.mark.django_db
def test_what_is_filled_in_after_a_return_goes_by_the_present_text():
    world = make_world()
    row = world.walk_to("province_intake")
    old = sheet_for(row)
    correct_book(world.criteria_set)
    province.ask_supplement(row, by=world["advisory"], reason="Bổ sung phiếu kiểm nghiệm.")
    row.refresh_from_db()
    row.criteria_set.refresh_from_db()
    assert sheet_for(row) == world.criteria_set.sheet != old
    dossiers.submit(row, by=world["owner"])
    correct_book(world.criteria_set)
    row.criteria_set.refresh_from_db()
    assert sheet_for(row) != row.criteria_set.sheet


def test_nothing_reads_a_dossiers_sheet_past_the_door():
    past = [
        path.relative_to(APP).as_posix()
        for path in APP.rglob("*.py")
        if "tests" not in path.parts and path != DOOR and "criteria_set.sheet" in path.read_text("utf-8")
    ]
    assert past == ["demo/answers.py"]  # makes sheets for dossiers that do not exist yet
