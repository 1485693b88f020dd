"""Presses on a round of written opinions at the same moment, with real threads on a real server database."""

from datetime import timedelta

import pytest
from django.db import connection

from ocop.evaluation.actions import council, marking
from ocop.evaluation.enums import DossierKind
from ocop.evaluation.models import CouncilSession, Dossier, Result, SessionItem
from ocop.evaluation.tests.test_council_threads import at_once
from ocop.evaluation.tests.world import World, answers_worth, make_world
from ocop.kit import clock

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads need a server database"),
]


def asked(*, handed_in: int) -> tuple[World, SessionItem]:
    """A round in which every sheet is filled in and the first of them are handed in."""
    world = make_world()
    row = world.walk_to("council_ready")
    Dossier.objects.filter(pk=row.pk).update(kind=DossierKind.RENEWAL)
    last_day = clock.today() + timedelta(days=7)
    session = council.ask_in_writing(world.council, dossiers=[row], answer_by=last_day, by=world["secretary"])
    item = session.items.get()
    for place, member in enumerate(world.members):
        council.declare(item, by=member, has_conflict=False)
        marking.save_sheet(item.rounds.get(), by=member, answers=answers_worth(world.criteria_set, 78))
        if place < handed_in:
            marking.submit_sheet(item.rounds.get(), by=member)
    return world, item


def test_the_chair_closes_twice_at_once():
    world, item = asked(handed_in=4)
    said = at_once(*(lambda: council.close_written(item, by=world["chair"]),) * 2)
    assert (said, Result.objects.count()) == (["done", "done"], 1)


def test_the_chair_closes_while_the_last_member_hands_in():
    world, item = asked(handed_in=3)
    CouncilSession.objects.update(answer_by=clock.today() - timedelta(days=1))
    said = at_once(
        lambda: council.close_written(item, by=world["chair"]),
        lambda: marking.submit_sheet(item.rounds.get(), by=world.members[3]),
    )
    assert said[0] == "done"
    assert said[1] in ("done", "sheet.round_closed")
    assert Result.objects.get().counted == (4 if said[1] == "done" else 3)


def test_a_result_or_a_meeting_but_not_both():
    world, item = asked(handed_in=4)
    said = at_once(
        lambda: council.close_written(item, by=world["chair"]),
        lambda: council.call_meeting(item, reason="Cần trao đổi.", by=world["secretary"]),
    )
    item.refresh_from_db()
    state = item.dossier.state
    assert (state, Result.objects.count()) in (("awaiting_decision", 1), ("council_ready", 0))
    assert "done" in said
