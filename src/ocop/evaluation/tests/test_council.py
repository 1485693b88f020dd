"""Rules of the council as tables; each row names the rule (statute, Art. 7.3 of Decision 26/2026/QĐ-TTg)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from ocop.evaluation.actions import council, marking, seats
from ocop.evaluation.enums import SeatRole
from ocop.evaluation.models import CouncilSession, Seat, SessionItem
from ocop.evaluation.queries.council import frozen_settings, leads_here, quorum_of, settings_of
from ocop.evaluation.rules import discussion
from ocop.evaluation.tests.world import answers_worth, make_world
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.products.actions.product import open_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def item_of(world) -> SessionItem:
    return world.put_on_agenda(world.walk_to("council_ready"))


def hand_in(world, current, totals: dict[str, int]) -> None:
    for name, total in totals.items():
        marking.save_sheet(current, by=world[name], answers=answers_worth(world.criteria_set, total))
        marking.submit_sheet(current, by=world[name])


def attend(world, session, names: list[str], presiding: str | None) -> None:
    seat = {row.user_id: row.pk for row in world.council.seats.all()}
    council.record_attendance(
        session,
        present=[seat[world[name].pk] for name in names],
        presiding=seat[world[presiding].pk] if presiding else None,
        by=world["secretary"],
    )


def make_deputy(world, *, authorised: bool) -> Seat:
    seat = world.council.seats.get(user=world["member1"])
    seat.role, seat.may_chair, seat.may_chair_basis = (
        SeatRole.DEPUTY,
        authorised,
        "GUQ 1" if authorised else "",
    )
    seat.save()
    return seat


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.code


@pytest.mark.parametrize(
    ("totals", "outcome"),
    [
        pytest.param([70, 80, 75, 75], "closed", id="spread exactly at the limit of 10 needs no discussion"),
        pytest.param(
            [70, 81, 75, 75], "result.spread", id="spread of 11 forces discussion and another round"
        ),
    ],
)
def test_spread(world, totals, outcome):
    item = item_of(world)
    world.mark(item, totals)
    if outcome == "closed":
        assert council.close_item(item, by=world["chair"]).spread == 10
        return
    assert refusal(council.close_item, item, by=world["chair"]) == outcome
    assert refusal(council.open_marking, item, by=world["secretary"]) == "round.discussion"
    council.save_discussion(item, text="Trao đổi về bao bì.", by=world["secretary"])
    world.mark(item, [75, 80, 75, 75])
    result = council.close_item(item, by=world["chair"])
    assert (result.points, result.counted, item.rounds.count()) == (Decimal("76.25"), 4, 2)
    assert item.rounds.get(number=1).sheets.count() == 4


def test_each_round_needs_words_of_its_own(world):
    item = item_of(world)
    world.mark(item, [60, 80, 75, 75])
    council.save_discussion(item, text="Lần một.", by=world["secretary"])
    world.mark(item, [60, 80, 75, 75])
    assert refusal(council.open_marking, item, by=world["secretary"]) == "round.discussion"
    council.save_discussion(item, text="Lần hai.", by=world["secretary"])
    item.refresh_from_db()
    assert discussion.parts(item.discussion) == {1: "Lần một.", 2: "Lần hai."}


@pytest.mark.parametrize(
    ("authorised", "presiding", "code"),
    [
        pytest.param(True, "member1", "", id="chair absent, authorised deputy presides"),
        pytest.param(True, None, "", id="chair absent, authorised deputy steps in without being recorded"),
        pytest.param(False, None, "council.quorum", id="chair absent, deputy without authority: no quorum"),
    ],
)
def test_chair_absent(world, authorised, presiding, code):
    make_deputy(world, authorised=authorised)
    row = world.walk_to("council_ready")
    session = world.open_session()
    attend(world, session, ["member1", "member2", "member3", "secretary"], presiding)
    (item,) = council.add_to_agenda(session, dossiers=[row], by=world["secretary"])
    council.start_item(item, by=world["secretary"])
    for name in ("member1", "member2", "member3"):
        council.declare(item, by=world[name], has_conflict=False)
    if code:
        assert refusal(council.open_marking, item, by=world["secretary"]) == code
        return
    current = council.open_marking(item, by=world["secretary"])
    hand_in(world, current, {"member1": 75, "member2": 76, "member3": 77})
    with pytest.raises(Forbidden):
        council.close_marking(current, by=world["chair"])
    council.close_marking(current, by=world["member1"])
    assert council.close_item(item, by=world["member1"]).points == Decimal("76.00")


@pytest.mark.parametrize("presiding", ["member1", "member2"])
def test_only_a_lead_may_be_recorded_as_presiding(world, presiding):
    make_deputy(world, authorised=False)
    session = world.open_session()
    assert (
        refusal(attend, world, session, ["chair", "member1", "member2"], presiding) == "attendance.authority"
    )


def test_the_chair_with_a_conflict_leaves_the_chair_to_the_deputy(world):
    make_deputy(world, authorised=True)
    item = item_of(world)
    council.declare(item, by=world["chair"], has_conflict=True, statement="Cổ đông")
    current = council.open_marking(item, by=world["secretary"])
    hand_in(world, current, {"member1": 75, "member2": 76, "member3": 77})
    assert [seat.user for seat in leads_here(item)] == [world["member1"]]
    with pytest.raises(Forbidden):
        council.close_marking(current, by=world["chair"])
    council.close_marking(current, by=world["member1"])


def test_two_leads_present_only_the_one_presiding_presses(world):
    make_deputy(world, authorised=True)
    item = item_of(world)
    current = council.open_marking(item, by=world["secretary"])
    hand_in(world, current, dict.fromkeys(("chair", "member1", "member2", "member3"), 75))
    with pytest.raises(Forbidden):
        council.close_marking(current, by=world["member1"])
    council.close_marking(current, by=world["chair"])


@pytest.mark.parametrize(
    ("handed", "code"),
    [
        pytest.param(["chair", "member1", "member2"], "", id="3 of 4 is the 75 % of the statute"),
        pytest.param(["chair", "member1"], "council.quorum", id="2 of 4 is below the quorum"),
        pytest.param(
            ["member1", "member2", "member3"], "council.quorum", id="enough sheets, but none of the lead"
        ),
    ],
)
def test_no_closing_before_the_quorum_handed_in(world, handed, code):
    item = item_of(world)
    current = council.open_marking(item, by=world["secretary"])
    hand_in(world, current, dict.fromkeys(handed, 75))
    if code:
        assert refusal(council.close_marking, current, by=world["chair"]) == code
        assert refusal(council.close_item, item, by=world["chair"]) == "item.state"
        current.refresh_from_db()
        assert current.closed_at is None
    else:
        council.close_marking(current, by=world["chair"])
        assert council.close_item(item, by=world["chair"]).counted == 3


def test_a_conflict_bars_even_after_the_sheet_was_handed_in(world):
    item = item_of(world)
    current = council.open_marking(item, by=world["secretary"])
    hand_in(world, current, {"chair": 75, "member1": 75, "member2": 75, "member3": 79})
    council.declare(item, by=world["member3"], has_conflict=True, statement="Anh ruột là giám đốc")
    assert quorum_of(item).base == 3
    with pytest.raises(Forbidden):
        marking.save_sheet(current, by=world["member3"], answers={})
    assert refusal(council.declare, item, by=world["member3"], has_conflict=False) == "declare.late"
    council.close_marking(current, by=world["chair"])
    result = council.close_item(item, by=world["chair"])
    assert (result.points, result.counted, result.spread) == (Decimal("75.00"), 3, 0)


def test_a_seat_that_ended_between_two_rounds_marks_the_first_only(world):
    item = item_of(world)
    world.mark(item, [60, 75, 75, 80])
    council.save_discussion(item, text="Đã trao đổi.", by=world["secretary"])
    seat = world.council.seats.get(user=world["member3"])
    seats.end_seat(seat, last_day=clock.today() - timedelta(days=1), by=world["admin"])
    current = council.open_marking(item, by=world["secretary"])
    with pytest.raises(Forbidden):
        marking.start_sheet(current, by=world["member3"])
    hand_in(world, current, {"chair": 75, "member1": 75, "member2": 78})
    council.close_marking(current, by=world["chair"])
    result = council.close_item(item, by=world["chair"])
    assert (result.points, result.counted) == (Decimal("76.00"), 3)
    assert item.rounds.get(number=1).sheets.filter(state="submitted").count() == 4


def with_lowered(world, codes: list[str], count: int, total: int) -> list[dict]:
    """Four sheets of that total; `count` of them give 0 to one criterion that carries a minimum of 3 stars."""
    base = answers_worth(world.criteria_set, total)
    return [{**base, codes[0]: 0} if index < count else base for index in range(4)]


@pytest.mark.parametrize(
    ("lowered", "stars"),
    [
        pytest.param(1, 4, id="3 of 4 sheets meet the minimum: met"),
        pytest.param(2, 2, id="2 of 4 sheets meet the minimum: a tie fails, and 3 stars failing leaves 2"),
    ],
)
def test_a_tie_at_a_minimum_fails(world, lowered, stars):
    sheet = world.criteria_set.sheet
    codes = [minimum.criterion for minimum in sheet.minimums(3)]
    item = item_of(world)
    current = council.open_marking(item, by=world["secretary"])
    for member, answers in zip(world.members, with_lowered(world, codes, lowered, 85), strict=True):
        marking.save_sheet(current, by=member, answers=answers)
        marking.submit_sheet(current, by=member)
    council.close_marking(current, by=world["chair"])
    assert council.close_item(item, by=world["chair"]).stars == stars


def test_agreed_sheet_decides_the_minimums_when_the_statute_says_so(world):
    row = world.walk_to("council_ready")
    session = world.open_session()
    CouncilSession.objects.filter(pk=session.pk).update(
        settings=frozen_settings(replace(settings_of(session), minimums_policy="agreed"))
    )
    session.refresh_from_db()
    item = world.put_on_agenda(row, session)
    world.mark(item, [78, 78, 78, 78])
    assert refusal(council.close_item, item, by=world["chair"]) == "result.agreed"
    answers = answers_worth(world.criteria_set, 78)
    some = dict(list(answers.items())[:3])
    assert refusal(council.save_agreed_sheet, item, answers=some, by=world["secretary"]) == "agreed.missing"
    council.save_agreed_sheet(item, answers=answers, by=world["secretary"])
    assert council.close_item(item, by=world["chair"]).stars == 4


@pytest.mark.parametrize(("confirmed", "outcome"), [(True, "disqualified"), (False, "recognise")])
def test_a_ground_for_dropping_is_settled_before_the_result(world, confirmed, outcome):
    item = item_of(world)
    current = council.open_marking(item, by=world["secretary"])
    ground = world.criteria_set.sheet.disqualifiers[0]
    tick = {"text": ground, "reason": "Giấy phép hết hạn", "evidence": "Trang 3"}
    half = {**tick, "evidence": ""}
    assert (
        refusal(marking.save_sheet, current, by=world["chair"], disqualifiers=[half])
        == "sheet.disqualifier_reason"
    )
    marking.save_sheet(current, by=world["chair"], disqualifiers=[tick])
    hand_in(world, current, dict.fromkeys(("chair", "member1", "member2", "member3"), 78))
    council.close_marking(current, by=world["chair"])
    assert refusal(council.close_item, item, by=world["chair"]) == "result.findings"
    finding = item.disqualifier_findings.get()
    with pytest.raises(Forbidden):
        council.settle_finding(finding, confirmed=confirmed, by=world["secretary"])
    council.settle_finding(finding, confirmed=confirmed, by=world["chair"])
    result = council.close_item(item, by=world["chair"])
    assert (result.outcome, result.stars) == (outcome, None if confirmed else 4)
    assert council.close_item(item, by=world["chair"]) == result


def test_a_dossier_lies_in_one_session_only(world):
    row = world.walk_to("council_ready")
    first, second = (
        council.plan_session(world.council, held_on=clock.today(), by=world["secretary"]) for _ in range(2)
    )
    item = council.add_to_agenda(first, dossiers=[row], by=world["secretary"])
    assert council.add_to_agenda(first, dossiers=[row], by=world["secretary"]) == item
    assert refusal(council.add_to_agenda, second, dossiers=[row], by=world["secretary"]) == "agenda.elsewhere"
    assert second.items.count() == 0


def test_closing_the_session_sends_back_what_was_not_reached(world):
    row = world.walk_to("council_ready")
    session = world.open_session()
    council.add_to_agenda(session, dossiers=[row], by=world["secretary"])
    council.close_session(session, by=world["secretary"])
    row.refresh_from_db()
    assert row.state == "council_ready"


def test_a_session_with_a_started_dossier_does_not_close(world):
    item = item_of(world)
    assert refusal(council.close_session, item.session, by=world["secretary"]) == "session.items"


def test_a_meeting_does_not_open_before_its_day(world):
    day = clock.today() + timedelta(days=2)
    session = council.plan_session(world.council, held_on=day, by=world["secretary"])
    assert refusal(council.open_session, session, by=world["secretary"]) == "session.early"
    council.change_session(session, held_on=clock.today(), by=world["secretary"])
    assert council.open_session(session, by=world["secretary"]).state == "open"


def test_the_database_itself_locks_a_sheet_that_was_handed_in(world):
    item = item_of(world)
    current = council.open_marking(item, by=world["secretary"])
    hand_in(world, current, {"chair": 75})
    sheet = current.sheets.get()
    sheet.opinion = "sửa sau"
    with pytest.raises(DatabaseError, match=r"locked|append-only"), transaction.atomic():
        sheet.save()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"user": "member1"}, "seat.twice", id="one person, one seat"),
        pytest.param({"role": SeatRole.CHAIR}, "seat.chair", id="one chair at a time"),
        pytest.param(
            {"role": SeatRole.DEPUTY, "may_chair": True}, "seat.basis", id="authority needs its basis"
        ),
        pytest.param(
            {"may_chair": True, "may_chair_basis": "x"}, "seat.authority", id="authority is a deputy's"
        ),
    ],
)
def test_appointing(world, change, code):
    change = dict(change)
    user = world[change.pop("user", "stranger")]
    values = {"role": SeatRole.MEMBER, "agency": world.committee, "valid_from": clock.today(), **change}
    assert refusal(seats.appoint, world.council, user=user, by=world["admin"], **values) == code


@pytest.mark.parametrize("name", ["chair", "secretary", "commune_officer", "leader", "stranger"])
def test_who_may_not_appoint(world, name):
    with pytest.raises(Forbidden):
        seats.appoint(
            world.council, user=world["stranger"], agency=world.committee, role=SeatRole.MEMBER,
            valid_from=clock.today(), by=world[name],
        )  # fmt: skip


def test_second_product_waits_in_the_same_session(world):
    first = world.walk_to("council_ready")
    world.product = open_product(
        world.producer, name="Ruốc", by=world["owner"], criteria_set=world.criteria_set
    )
    second = world.walk_to("council_ready")
    session = world.open_session()
    items = council.add_to_agenda(session, dossiers=[first, second], by=world["secretary"])
    assert [item.position for item in items] == [1, 2]
