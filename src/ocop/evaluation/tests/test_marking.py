"""A member's sheet: saved at once, on two devices, handed in once, refused after closing with what was typed kept."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import council, marking
from ocop.evaluation.queries.bench import follows
from ocop.evaluation.queries.board import board_of
from ocop.evaluation.tests.world import answers_worth, make_world
from ocop.kit.errors import Refused

NOTE = "Ghi chú vừa gõ dở"
QUERIES = 12  # session, user and frame included


def opened(members: int = 4):
    """A world with an open round."""
    world = make_world(members=members)
    item = world.put_on_agenda(world.walk_to("council_ready"))
    return world, item, council.open_marking(item, by=world["secretary"])


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(item, code: str) -> str:
    return reverse("evaluation:sheet-criterion", args=[item.pk, code])


@pytest.mark.django_db
def test_saving_by_script_by_form_and_from_an_old_page():
    world, item, current = opened()
    client, code = client_of(world["member1"]), next(iter(world.criteria_set.sheet.by_code))
    json = {"Accept": "application/json"}
    first = client.post(page_of(item, code), {"level": 1, "note": ""}, headers=json).json()
    sheet = current.sheets.get()
    left = len(world.criteria_set.sheet.by_code) - 1
    assert (first["version"], first["left"], sheet.answers) == (sheet.version, left, {code: 1})
    second = client.post(page_of(item, code), {"level": 2, "version": first["version"]}, headers=json)
    assert second.status_code == 200
    stale = client.post(page_of(item, code), {"level": 0, "note": NOTE, "version": first["version"]})
    assert stale.status_code == 409
    assert NOTE in stale.content.decode()
    assert f'name="version" value="{second.json()["version"]}"' in stale.content.decode()
    assert client.post(page_of(item, code), {"level": 1, "version": 1}, headers=json).status_code == 409
    sheet.refresh_from_db()
    assert sheet.answers == {code: 2}


@pytest.mark.django_db
def test_after_closing_nothing_is_saved_and_what_was_typed_stays_on_the_page():
    world, item, current = opened()
    code = next(iter(world.criteria_set.sheet.by_code))
    for name in ("chair", "member2", "member3"):
        marking.save_sheet(current, by=world[name], answers=answers_worth(world.criteria_set, 75))
        marking.submit_sheet(current, by=world[name])
        marking.submit_sheet(current, by=world[name])
    assert current.sheets.count() == 3
    council.close_marking(current, by=world["chair"])
    answer = client_of(world["member1"]).post(page_of(item, code), {"level": 2, "note": NOTE})
    assert answer.status_code == 422
    assert NOTE in answer.content.decode()
    assert "đã khóa vòng chấm" in answer.content.decode()
    assert not current.sheets.filter(seat__user=world["member1"]).exists()


@pytest.mark.django_db
def test_a_sheet_is_handed_in_only_whole_and_then_locked():
    world, _, current = opened()
    answers = answers_worth(world.criteria_set, 75)
    last = list(answers)[-1]
    marking.save_sheet(current, by=world["chair"], answers={c: p for c, p in answers.items() if c != last})
    with pytest.raises(Refused, match=f"Còn tiêu chí chưa chấm: {last}."):
        marking.submit_sheet(current, by=world["chair"])
    marking.save_sheet(current, by=world["chair"], answers={last: 0})
    marking.submit_sheet(current, by=world["chair"])
    with pytest.raises(Refused, match="Phiếu đã nộp"):
        marking.save_sheet(current, by=world["chair"], answers={last: 1})


@pytest.mark.django_db
def test_focus_of_a_department_marks_criteria_by_code_section_and_words():
    world = make_world()
    seat, sheet = world.council.seats.first(), world.criteria_set.sheet
    seat.focus = ["1.2", "bao bi"]
    assert follows(seat, sheet) == {"1.2"} | {c.code for c in sheet.criteria if "bao bì" in c.name.lower()}
    seat.focus = ["C"]
    assert follows(seat, sheet) == {c.code for c in sheet.sections[2].criteria()}


@pytest.mark.django_db
def test_board_of_nine_members_and_three_rounds_stays_within_its_queries(django_assert_max_num_queries):
    world, item, current = opened(members=9)
    for number in (1, 2, 3):
        for index, member in enumerate(world.members):
            marking.save_sheet(current, by=member, answers=answers_worth(world.criteria_set, 70 + index))
            marking.submit_sheet(current, by=member)
        council.close_marking(current, by=world["chair"])
        council.save_discussion(item, text=f"Vòng {number}.", by=world["secretary"])
        if number < 3:
            current = council.open_marking(item, by=world["secretary"])
    client, url = client_of(world["chair"]), reverse("evaluation:item-board", args=[item.pk])
    client.get(url)
    with django_assert_max_num_queries(QUERIES):
        answer = client.get(url)
    board = answer.context["board"]
    assert [member.total for member in board.members] == list(range(70, 79))
    assert (str(board.result.total), board.spread, board.must_discuss) == ("74.00", 8, False)
    assert client.get(url + "?vong=1").context["board"].round.number == 1
    assert board_of(item, current, [], set()).result is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["close", "submit"])
def test_closing_and_handing_in_at_the_same_moment_leave_no_sheet_in_between(first):
    """The sheet is either counted or refused, whichever came first: both lock the round."""
    world, _, current = opened()
    for member in world.members:
        marking.save_sheet(current, by=member, answers=answers_worth(world.criteria_set, 75))
    for name in ("chair", "member1", "member2"):
        marking.submit_sheet(current, by=world[name])
    acts = {
        "close": lambda: council.close_marking(current, by=world["chair"]),
        "submit": lambda: marking.submit_sheet(current, by=world["member3"]),
    }
    order = sorted(acts, key=lambda name: name != first)
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    gate = threading.Barrier(1 if in_memory else 2)

    def press(name: str) -> str:
        gate.wait(timeout=20)
        try:
            acts[name]()
        except Refused as error:
            return error.code
        finally:
            if not in_memory:
                connections.close_all()
        return "done"

    if in_memory:  # threads share one connection there: only the two orders can be tested
        said = {name: press(name) for name in order}
    else:
        with ThreadPoolExecutor(2) as pool:
            said = dict(zip(order, pool.map(press, order), strict=True))
    current.refresh_from_db()
    state = current.sheets.get(seat__user=world["member3"]).state
    assert said["close"] == "done"
    assert (said["submit"], state) in {("done", "submitted"), ("sheet.round_closed", "draft")}
    if in_memory:
        assert said["submit"] == ("done" if first == "submit" else "sheet.round_closed")
