"""The whole road by the actions, and what must not happen on it."""

import pytest

from ocop.evaluation.actions import commune, dossier
from ocop.evaluation.actions.road import advance
from ocop.evaluation.models import Dossier, DossierMove
from ocop.evaluation.tests.world import make_world
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.recognition.enums import State
from ocop.recognition.models import Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def test_road_from_an_empty_dossier_to_a_four_star_certificate(world):
    row = world.walk_to("awaiting_decision", points=78)
    (certificate,) = world.recognise(row)
    row.refresh_from_db()
    assert row.state == "recognised"
    assert certificate.stars == 4
    assert certificate.state_on(clock.today()) == State.VALID
    assert [move.name for move in row.moves.all()] == [
        "submit", "receive", "propose", "receive_at_province", "hand_to_experts", "report_to_chair",
        "put_before_council", "conclude_recognise", "recognise",
    ]  # fmt: skip


def test_pressing_submit_twice_leaves_one_move_and_one_submission(world):
    row = world.filled_dossier()
    first = dossier.submit(row, by=world["owner"])
    assert dossier.submit(row, by=world["owner"]) == first
    assert (row.moves.count(), row.submissions.count()) == (1, 1)


def test_empty_dossier_is_refused_with_every_gap_at_once(world):
    row = world.open_dossier()
    with pytest.raises(Refused) as refused:
        dossier.submit(row, by=world["owner"])
    assert len(refused.value.refusals) > len(world.criteria_set.sheet.by_code)
    row.refresh_from_db()
    assert row.state == "draft"


@pytest.mark.parametrize("name", ["stranger", "other_officer", "advisory"])
def test_draft_does_not_exist_for_others(world, name):
    row = world.open_dossier()
    assert not Dossier.objects.visible_to(world[name]).filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("name", "seen"),
    [("owner", True), ("commune_officer", True), ("other_officer", False), ("advisory", False)],
)
def test_who_sees_a_submitted_dossier(world, name, seen):
    row = world.walk_to("submitted")
    assert Dossier.objects.visible_to(world[name]).filter(pk=row.pk).exists() is seen


def test_officer_cannot_press_the_leaders_verb(world):
    row = world.walk_to("commune_review")
    with pytest.raises(Forbidden):
        advance(row, "propose", by=world["commune_officer"])
    assert not DossierMove.objects.filter(name="propose").exists()


def test_commune_cannot_propose_without_the_four_assessments(world):
    row = world.walk_to("commune_review")
    commune.save_report(row, values={"proposal": "Đề nghị."}, by=world["commune_officer"])
    with pytest.raises(Refused) as refused:
        commune.propose(row, by=world["commune_leader"])
    assert refused.value.code == "report.missing"


def test_certificate_number_used_twice_changes_nothing(world):
    first = world.walk_to("awaiting_decision")
    world.recognise(first)
    from ocop.products.actions.product import open_product

    world.product = open_product(
        world.producer, name="Ruốc Kỳ Thử", by=world["owner"], criteria_set=world.criteria_set
    )
    second = world.walk_to("awaiting_decision")
    with pytest.raises(Refused) as refused:
        world.recognise(second, number="1235/QĐ-UBND")
    second.refresh_from_db()
    assert (refused.value.code, second.state) == ("certificate.number_used", "awaiting_decision")
    assert Certificate.objects.count() == 1
