"""The council's presses at the same moment, with real threads on a real server database (SQLite tests the orders)."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from ocop.evaluation.actions import council, marking
from ocop.evaluation.models import DossierMove, Result
from ocop.evaluation.tests.world import answers_worth, make_world
from ocop.kit.errors import Refused

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads need a server database"),
]
WAIT = 60  # seconds: a busy machine is no fault of the locks


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Press all at the same moment: "done" or the refusal's code, in the order given."""
    gate = threading.Barrier(len(acts))

    def press(act: Callable[[], object]) -> str:
        gate.wait(timeout=WAIT)
        try:
            with connections["default"].cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{WAIT}s'")
            act()
        except Refused as error:
            return error.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(press, acts, timeout=WAIT))


def marked(handed_in: tuple[str, ...] = ()):
    """A world with an open round, every sheet filled in, those of `handed_in` handed in."""
    world = make_world()
    item = world.put_on_agenda(world.walk_to("council_ready"))
    current = council.open_marking(item, by=world["secretary"])
    for member in world.members:
        marking.save_sheet(current, by=member, answers=answers_worth(world.criteria_set, 75))
    for name in handed_in:
        marking.submit_sheet(current, by=world[name])
    return world, item, current


def test_all_members_hand_in_at_once():
    world, _, current = marked()
    said = at_once(*(lambda by=by: marking.submit_sheet(current, by=by) for by in world.members))
    assert said == ["done"] * 4
    assert list(current.sheets.values_list("state", "total")) == [("submitted", 75)] * 4


def test_the_chair_closes_while_a_member_hands_in():
    world, _, current = marked(("chair", "member1", "member2"))
    said = at_once(
        lambda: council.close_marking(current, by=world["chair"]),
        lambda: marking.submit_sheet(current, by=world["member3"]),
    )
    state = current.sheets.get(seat__user=world["member3"]).state
    assert (said[0], (said[1], state)) in [
        ("done", ("done", "submitted")),
        ("done", ("sheet.round_closed", "draft")),
    ]


def test_a_double_press_closes_a_round_and_a_result_once():
    world, item, current = marked(("chair", "member1", "member2", "member3"))
    assert at_once(*[lambda: council.close_marking(current, by=world["chair"])] * 3) == ["done"] * 3
    assert at_once(*[lambda: council.close_item(item, by=world["chair"])] * 3) == ["done"] * 3
    assert Result.objects.filter(item=item).count() == 1
    assert DossierMove.objects.filter(subject=item.dossier, name="conclude_recognise").count() == 1


def test_attendance_changes_while_the_quorum_is_asked():
    """The round is opened on the list of before, or refused on the list of after; never on half a list."""
    world = make_world()
    item = world.put_on_agenda(world.walk_to("council_ready"))
    chair = world.council.seats.get(user=world["chair"]).pk
    said = at_once(
        lambda: council.record_attendance(
            item.session, present=[chair], presiding=chair, by=world["secretary"]
        ),
        lambda: council.open_marking(item, by=world["chair"]),
    )
    assert said[0] == "done"
    assert (said[1], item.rounds.count()) in [("done", 1), ("council.quorum", 0)]


def test_two_of_the_desk_open_one_round():
    world = make_world()
    item = world.put_on_agenda(world.walk_to("council_ready"))
    said = at_once(*(lambda by=by: council.open_marking(item, by=world[by]) for by in ("secretary", "chair")))
    assert (said, item.rounds.count()) == (["done", "done"], 1)


def test_closing_the_session_while_a_dossier_is_called_loses_neither():
    world = make_world()
    session = world.open_session()
    (item,) = council.add_to_agenda(session, dossiers=[world.walk_to("council_ready")], by=world["secretary"])
    said = at_once(
        lambda: council.close_session(session, by=world["secretary"]),
        lambda: council.start_item(item, by=world["chair"]),
    )
    item.refresh_from_db()
    session.refresh_from_db()
    assert (said, session.state, item.state, item.removed_at is None) in [
        (["done", "session.not_open"], "closed", "waiting", False),
        (["session.items", "done"], "open", "declaring", True),
    ]
