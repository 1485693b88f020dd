"""Written opinions on re-evaluations: asked, answered blind, closed on agreement, else a meeting (Art. 7.6)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import council, marking
from ocop.evaluation.demo.answers import answers_worth
from ocop.evaluation.enums import DossierKind
from ocop.evaluation.models import CouncilSession, Dossier, MeetingWish, Result, ScoreSheet, SessionItem
from ocop.evaluation.queries.board import board_items
from ocop.evaluation.queries.council_todo import council_todos
from ocop.evaluation.queries.written import askable_dossiers, meeting_reason_of, written_view
from ocop.evaluation.rules.written import (
    AskFacts,
    Opinions,
    disputed_minimums,
    may_ask,
    may_close,
    reasons_to_meet,
)
from ocop.evaluation.tests.world import World, make_world
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.testing import counted
from ocop.rulebook.rules.result import MinimumVerdict

DAY = date(2026, 12, 5)


def minimum(star: int, met_by: int, sheets: int = 4) -> MinimumVerdict:
    return MinimumVerdict("1.1", star, 1, 2, met_by * 2 > sheets, met_by, sheets, Decimal(2))


def opinions(**changed) -> Opinions:
    values = {
        "totals": (76, 78, 78, 80), "band": 4, "verdicts": (), "spread_limit": Decimal(10),
        "needs_agreed_sheet": False, "wishes": (), "disqualifiers": (),
    }  # fmt: skip
    return Opinions(**{**values, **changed})


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({}, []),
        ({"totals": (70, 80)}, []),
        ({"totals": (70, 81)}, ["Chênh lệch giữa các phiếu 11 điểm, vượt 10 điểm."]),
        ({"wishes": ("Nguồn nước đã đổi.",)}, ["Thành viên đề nghị họp: Nguồn nước đã đổi."]),
        ({"disqualifiers": ("Hàng giả",)}, ["Có phiếu nêu trường hợp loại: Hàng giả"]),
        ({"needs_agreed_sheet": True}, ["Quy chế xét mức tối thiểu theo phiếu thống nhất ghi tại phiên họp."]),
        ({"verdicts": (minimum(4, 4), minimum(3, 4))}, []),
        ({"verdicts": (minimum(4, 0),)}, []),
        ({"verdicts": (minimum(4, 3),)}, ["Các phiếu khác nhau về mức tối thiểu quyết định hạng sao: 1.1 (4 sao)."]),
        ({"verdicts": (minimum(4, 1),)}, ["Các phiếu khác nhau về mức tối thiểu quyết định hạng sao: 1.1 (4 sao)."]),
        ({"verdicts": (minimum(5, 2),)}, []),
        ({"verdicts": (minimum(3, 0), minimum(4, 2))}, []),
    ],
)  # fmt: skip
def test_agreement_or_a_meeting(changed, reasons):
    assert reasons_to_meet(opinions(**changed)) == reasons


def test_a_split_above_the_band_is_no_dispute():
    assert disputed_minimums(opinions(verdicts=(minimum(5, 1), minimum(4, 3)))) == [minimum(4, 3)]


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"is_renewal": False}, ["written.kind"]),
        ({"flow": "148-2023"}, ["written.kind"]),
        ({"waits_for_council": False}, ["written.state"]),
        ({"meeting_reason": "Chênh lệch."}, ["written.meeting"]),
    ],
)
def test_which_dossiers_may_be_asked_about(changed, codes):
    facts = {"is_renewal": True, "flow": "26-2026", "waits_for_council": True, "meeting_reason": ""}
    assert [one.code for one in may_ask(AskFacts(**{**facts, **changed}))] == codes


@pytest.mark.parametrize(
    ("waiting", "day", "codes"),
    [
        (0, DAY - timedelta(days=3), []),
        (1, DAY, ["written.waiting"]),
        (1, DAY + timedelta(days=1), []),
        (0, DAY + timedelta(days=9), []),
    ],
)
def test_when_it_may_be_closed(waiting, day, codes):
    assert [one.code for one in may_close(waiting, DAY, day)] == codes


@pytest.fixture
def world(db) -> World:
    return make_world()


def renewal(world: World) -> Dossier:
    """A re-evaluation that waits for the council."""
    row = world.walk_to("council_ready")
    Dossier.objects.filter(pk=row.pk).update(kind=DossierKind.RENEWAL)
    row.refresh_from_db()
    return row


def asked(world: World, row: Dossier | None = None, *, days: int = 7) -> SessionItem:
    last_day = clock.today() + timedelta(days=days)
    session = council.ask_in_writing(
        world.council, dossiers=[row or renewal(world)], answer_by=last_day, by=world["secretary"]
    )
    return session.items.get()


def answer(world: World, item: SessionItem, member, total: int, *, wish: str = "") -> None:
    council.declare(item, by=member, has_conflict=False)
    current = item.rounds.get()
    marking.save_sheet(current, by=member, answers=answers_worth(world.criteria_set, total))
    if wish:
        council.wish_meeting(current, reason=wish, by=member)
    marking.submit_sheet(current, by=member)


def past_last_day(item: SessionItem) -> None:
    """The last day was yesterday."""
    CouncilSession.objects.filter(pk=item.session_id).update(answer_by=clock.today() - timedelta(days=1))


def signed(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_agreement_gives_the_result_of_a_session(world):
    item = asked(world)
    told = Notice.objects.filter(kind="evaluation.written").values_list("to", flat=True)
    assert set(told) == {member.pk for member in world.members}
    for member, total in zip(world.members, (76, 78, 78, 80), strict=True):
        answer(world, item, member, total)
    with pytest.raises(Forbidden):
        council.close_written(item, by=world["secretary"])
    council.close_written(item, by=world["chair"])
    council.close_written(item, by=world["chair"])
    result = Result.objects.get()
    assert (result.points, result.stars, result.counted, result.spread) == (Decimal("78.00"), 4, 4, 4)
    item.refresh_from_db()
    assert (item.state, item.dossier.state, item.session.state) == ("closed", "awaiting_decision", "closed")
    assert meeting_reason_of(item.dossier) == ""


@pytest.mark.parametrize("case", ["spread", "wish", "disqualifier"])
def test_disagreement_goes_to_a_meeting_and_says_so(world, case):
    item = asked(world)
    totals = (60, 78, 78, 80) if case == "spread" else (78, 78, 78, 78)
    for number, (member, total) in enumerate(zip(world.members, totals, strict=True)):
        if case == "disqualifier" and number == 1:
            council.declare(item, by=member, has_conflict=False)
            text = item.dossier.criteria_set.sheet.disqualifiers[0]
            tick = {"text": text, "reason": "Thấy.", "evidence": "Ảnh."}
            marking.save_sheet(item.rounds.get(), by=member, disqualifiers=[tick])
        answer(
            world, item, member, total, wish="Nguồn nước đã đổi." if case == "wish" and number == 2 else ""
        )
    council.close_written(item, by=world["chair"])
    council.close_written(item, by=world["chair"])
    item.refresh_from_db()
    row = item.dossier
    words = {"spread": "Chênh lệch", "wish": "Nguồn nước đã đổi.", "disqualifier": "trường hợp loại"}[case]
    assert words in item.meeting_reason
    assert (row.state, item.session.state, Result.objects.count()) == ("council_ready", "closed", 0)
    assert askable_dossiers(world.council) == []
    with pytest.raises(Refused) as refused:
        asked(world, row)
    assert refused.value.code == "written.meeting"
    assert Notice.objects.filter(to=world["secretary"], title__startswith="Cần họp Hội đồng").count() == 1
    page = signed(world["owner"]).get(reverse("evaluation:dossier-detail", args=[row.code])).content.decode()
    assert "Cần họp Hội đồng." in page
    assert words not in page
    inside = signed(world["advisory"]).get(reverse("evaluation:dossier-detail", args=[row.code]))
    assert words in inside.content.decode()
    meeting = world.put_on_agenda(row)
    world.mark(meeting, [78, 78, 78, 78])
    assert council.close_item(meeting, by=world["chair"]).stars == 4


def test_nobody_sees_anothers_sheet_before_the_end(world):
    item = asked(world)
    first, second = world.members[1], world.members[2]
    answer(world, item, first, 78)
    people = [world["chair"], world["secretary"], second, world["admin"], world["advisory"]]
    assert [ScoreSheet.objects.visible_to(one).count() for one in people] == [0] * len(people)
    assert [board_items(one).count() for one in people] == [0] * len(people)
    page = signed(world["secretary"]).get(reverse("evaluation:item-detail", args=[item.pk])).content.decode()
    assert "đã có 1/4" in page
    assert "78 điểm" not in page
    council.call_meeting(item, reason="Cần trao đổi.", by=world["secretary"])
    assert [ScoreSheet.objects.visible_to(one).count() for one in people] == [0] * len(people)
    assert [board_items(one).count() for one in people] == [0] * len(people)


def test_it_waits_for_everybody_until_the_last_day_then_for_the_quorum(world):
    item = asked(world)
    chair, one, two, three = world.members
    for member in (chair, one):
        answer(world, item, member, 78)
    with pytest.raises(Refused) as refused:
        council.close_written(item, by=world["chair"])
    assert refused.value.code == "written.waiting"
    past_last_day(item)
    with pytest.raises(Refused) as refused:
        council.close_written(item, by=world["chair"])
    assert refused.value.code == "council.quorum"
    item.refresh_from_db()
    assert item.state == "marking"
    answer(world, item, two, 78)
    council.close_written(item, by=world["chair"])
    assert Result.objects.get().counted == 3
    assert three.pk not in Result.objects.get().item.rounds.get().sheets.values_list("seat__user", flat=True)


def test_a_late_quorum_is_reached_by_more_time_or_a_meeting(world):
    item = asked(world)
    answer(world, item, world["chair"], 78)
    past_last_day(item)
    session = CouncilSession.objects.get(pk=item.session_id)
    with pytest.raises(Refused) as refused:
        council.extend_answers(session, answer_by=clock.today(), by=world["secretary"])
    assert refused.value.code == "written.extend"
    later = clock.today() + timedelta(days=3)
    for _ in range(2):
        council.extend_answers(session, answer_by=later, by=world["secretary"])
    told = Notice.objects.filter(title="Gia hạn lấy ý kiến bằng văn bản").values_list("to", flat=True)
    assert set(told) == {member.pk for member in world.members[1:]}
    for _ in range(2):
        council.call_meeting(item, reason="Không đủ phiếu.", by=world["secretary"])
    assert (item.dossier.state, meeting_reason_of(item.dossier)) == ("council_ready", "Không đủ phiếu.")


def test_a_seat_that_ended_since_counts_no_more(world):
    item = asked(world)
    gone = world.members[3]
    for member in world.members[:3]:
        answer(world, item, member, 78)
    view = written_view(item, clock.today())
    assert (view.answered, view.asked, [one.code for one in view.refusals]) == (3, 4, ["written.waiting"])
    seats = world.council.seats.filter(user=gone)
    seats.update(valid_from=clock.today() - timedelta(days=9), valid_to=clock.today() - timedelta(days=1))
    view = written_view(item, clock.today())
    assert (view.answered, view.asked, view.refusals) == (3, 3, ())
    with pytest.raises(Refused):
        answer(world, item, gone, 78)
    council.close_written(item, by=world["chair"])
    assert Result.objects.get().counted == 3


def test_a_conflict_takes_the_seat_out_and_comes_before_the_sheet(world):
    item = asked(world)
    member = world.members[1]
    with pytest.raises(Refused) as refused:
        marking.save_sheet(item.rounds.get(), by=member, opinion="x")
    assert refused.value.code == "sheet.declare"
    council.declare(item, by=member, has_conflict=True, statement="Em ruột là chủ cơ sở.")
    with pytest.raises(Forbidden):
        marking.save_sheet(item.rounds.get(), by=member, opinion="x")
    view = written_view(item, clock.today())
    assert (view.answered, view.asked) == (0, 3)


def test_who_joined_since_was_not_asked_and_does_not_count(world):
    item = asked(world)
    for member in world.members:
        answer(world, item, member, 78)
    seat = world.council.seats.get(user=world.members[1])
    seat.pk, seat.user = None, world["admin"]
    seat.save()
    view = written_view(item, clock.today())
    assert (view.answered, view.asked, view.refusals) == (4, 4, ())


def test_the_presses_of_a_meeting_do_not_reach_into_it(world):
    item = asked(world)
    session = CouncilSession.objects.get(pk=item.session_id)
    chair, desk = world["chair"], world["secretary"]
    for member in world.members:
        answer(world, item, member, 60 if member == chair else 78)
    for press in (
        lambda: council.close_marking(item.rounds.get(), by=chair),
        lambda: council.record_attendance(session, present=[], presiding=None, by=desk),
        lambda: council.close_session(session, by=desk),
        lambda: council.open_marking(item, by=desk),
        lambda: council.add_to_agenda(session, dossiers=[], by=desk),
    ):
        with pytest.raises(Refused) as refused:
            press()
        assert refused.value.code == "session.written"
    assert item.rounds.get().closed_at is None


def test_only_the_desk_asks_and_only_behind_today(world):
    row = renewal(world)
    for name in ("owner", "advisory", "leader"):
        with pytest.raises(Forbidden):
            council.ask_in_writing(
                world.council, dossiers=[row], answer_by=clock.today() + timedelta(days=7), by=world[name]
            )
    with pytest.raises(Refused) as refused:
        asked(world, row, days=0)
    assert refused.value.code == "written.last_day"
    Dossier.objects.filter(pk=row.pk).update(kind=DossierKind.FIRST)
    with pytest.raises(Refused) as refused:
        asked(world, row)
    assert (refused.value.code, CouncilSession.objects.count()) == ("written.kind", 0)


def test_a_wish_is_kept_until_the_sheet_is_handed_in(world):
    item = asked(world)
    member = world.members[1]
    council.declare(item, by=member, has_conflict=False)
    current = item.rounds.get()
    council.wish_meeting(current, reason="Cần nếm lại.", by=member)
    assert council.wish_meeting(current, reason=" ", by=member) is None
    assert MeetingWish.objects.count() == 0
    answer(world, item, member, 78)
    with pytest.raises(Refused) as refused:
        council.wish_meeting(current, reason="Muộn.", by=member)
    assert refused.value.code == "sheet.submitted"


def test_from_the_page_of_the_desk_to_the_sheet_of_a_member(world):
    row = renewal(world)
    desk, member, chair = signed(world["secretary"]), signed(world.members[1]), signed(world["chair"])
    there = reverse("evaluation:written-ask")
    assert row.product.name in desk.get(there).content.decode()
    assert signed(world["owner"]).get(there).status_code == 404
    assert desk.post(there, {"answer_by": "2020-01-01", "dossiers": [row.pk]}).status_code == 422
    last_day = clock.today() + timedelta(days=7)
    fields = {"answer_by": last_day.isoformat(), "dossiers": [row.pk], "once": "k"}
    answers = [desk.post(there, fields).url for _ in range(2)]
    session = CouncilSession.objects.get()
    item = session.items.get()
    assert answers == [reverse("evaluation:session-detail", args=[session.pk])] * 2
    todo = next(one for one in council_todos(world.members[1], clock.today()))
    assert (todo.action, todo.url) == ("Khai báo", reverse("evaluation:declare", args=[item.pk]))
    page = desk.get(answers[0]).content.decode()
    assert "Đặt hạn mới" in page
    assert "Khai mạc" not in page
    done = member.post(todo.url, {"has_conflict": "no"})
    assert done.url == reverse("evaluation:sheet", args=[item.pk])
    current = item.rounds.get()
    marking.save_sheet(current, by=world.members[1], answers=answers_worth(world.criteria_set, 78))
    review = reverse("evaluation:sheet-review", args=[item.pk])
    assert "Đề nghị họp Hội đồng, vì" in member.get(review).content.decode()
    sheet = current.sheets.get()
    sent = {"version": sheet.version, "opinion": "", "meeting": "Cần nếm lại."}
    assert member.post(reverse("evaluation:sheet-submit", args=[item.pk]), sent).status_code == 302
    assert MeetingWish.objects.get().reason == "Cần nếm lại."
    for other in (world.members[0], *world.members[2:]):
        answer(world, item, other, 78)
    close = reverse("evaluation:written-close", args=[item.pk])
    assert desk.post(close).status_code == 403
    page = chair.post(close, {"once": "c"}, follow=True).content.decode()
    assert "Cần họp Hội đồng" in page
    assert "Cần nếm lại." in page


def test_the_list_of_re_evaluations_costs_the_same_for_one_and_for_two(world):
    desk, there = signed(world["secretary"]), reverse("evaluation:written-ask")
    row = renewal(world)
    desk.get(there)
    with counted() as one:
        desk.get(there)
    Dossier.objects.filter(pk=row.pk).update(state="not_ranked")
    second = renewal(world)
    Dossier.objects.filter(pk=row.pk).update(state="council_ready")
    with counted() as two:
        assert second.code in desk.get(there).content.decode()
    assert len(two) == len(one)
