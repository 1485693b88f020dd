"""The way to the centre: from home to the work in one press, the round and its clock on the page (Art. 5, 7.4)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import council, decision
from ocop.evaluation.enums import RoundLevel
from ocop.evaluation.models import RankingRound
from ocop.evaluation.queries.todo import todos_of
from ocop.evaluation.tests.world import make_world
from ocop.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def centre(world):
    today = clock.today()
    return RankingRound.objects.create(
        province=world.province,
        level=RoundLevel.CENTRE,
        year=today.year,
        number=9,
        propose_by=today + timedelta(days=20),
        rank_by=today + timedelta(days=80),
    )


def potential_five(world):
    row = world.walk_to("in_session", points=94)
    world.mark(world.extra["item"], [94] * 4)
    council.close_item(world.extra["item"], by=world["chair"])
    row.refresh_from_db()
    return row


def work_of(user) -> list[tuple[str, object]]:
    return [(todo.url, todo.due) for todo in todos_of(user, clock.today())]


def page_of(user, name: str, row) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"evaluation:{name}", args=[row.code])).content.decode()


def test_every_desk_of_the_centre_road_is_led_to_its_place_with_its_last_day(world, centre):
    row = potential_five(world)
    rank_by = row.round.rank_by
    assert work_of(world["leader"]) == [(reverse("evaluation:dossier-outcome", args=[row.code]), rank_by)]
    decision.approve_for_centre(row, by=world["leader"])
    assert work_of(world["advisory"]) == [
        (reverse("evaluation:centre-send", args=[row.code]), centre.propose_by)
    ]
    decision.send_to_centre(row, by=world["advisory"], document="15/UBND")
    assert work_of(world["standing"]) == [
        (reverse("evaluation:centre-record", args=[row.code]), centre.rank_by)
    ]


def test_the_centres_round_stands_on_the_pages_of_the_road(world, centre):
    row = potential_five(world)
    words = f"nhận hồ sơ đến hết {centre.propose_by:%d/%m/%Y}, đánh giá đến hết {centre.rank_by:%d/%m/%Y}"
    assert words in page_of(world["leader"], "dossier-outcome", row)
    decision.approve_for_centre(row, by=world["leader"])
    assert words in page_of(world["advisory"], "centre-send", row)
    decision.send_to_centre(row, by=world["advisory"], document="15/UBND")
    assert words in page_of(world["standing"], "centre-record", row)


def test_the_way_onward_is_the_first_press(world, centre):
    row = potential_five(world)
    client = Client()
    client.force_login(world["leader"])
    page = client.get(reverse("evaluation:dossier-outcome", args=[row.code]))
    assert [offer.name for offer in page.context["offers"]] == ["approve_for_centre", "return_to_council"]


def test_who_tells_the_result_is_led_to_its_letters(world):
    row = world.walk_to("in_session", points=40)
    world.mark(world.extra["item"], [40] * 4)
    council.close_item(world.extra["item"], by=world["chair"])
    assert [url for url, _ in work_of(world["advisory"])] == [
        reverse("evaluation:dossier-outcome", args=[row.code])
    ]
