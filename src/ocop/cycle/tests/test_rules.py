"""The tables and rules of the cycle. Plan IV.3.2."""

from datetime import date

import pytest

from ocop.cycle.enums import IdeaState, MeetingState, PlanState
from ocop.cycle.rules.calendar import Window, effective, is_behind, problems, step_on
from ocop.cycle.rules.plans import (
    PLAN_FLOW,
    PlanFacts,
    decision_problems,
    has_priority,
    last_day_of,
    profit,
    quarter_of,
    quarter_to_report,
    report_due,
)
from ocop.cycle.rules.selection import (
    IDEA_FLOW,
    MEETING_FLOW,
    Criterion,
    IdeaFacts,
    MeetingFacts,
    Scored,
    given_by_facts,
    open_criteria,
    proposed,
    wrong_points,
)

CRITERIA = [Criterion("able", "Năng lực", 20), Criterion("youth", "Thanh niên", 10, "youth")]


@pytest.mark.parametrize("flow", [IDEA_FLOW, MEETING_FLOW, PLAN_FLOW])
def test_no_table_has_a_dead_end(flow):
    assert flow.problems() == []


def test_every_state_of_the_enums_stands_in_its_table():
    assert {*IDEA_FLOW.states()} == {*IdeaState.values}
    assert {*MEETING_FLOW.states()} == {*MeetingState.values}
    assert {*PLAN_FLOW.states()} == {*PlanState.values}


def test_days_of_a_calendar_are_whole_in_order_and_of_the_year():
    days = {
        1: (date(2026, 1, 1), None),
        2: (date(2026, 5, 1), date(2026, 3, 1)),
        3: (date(2026, 4, 1), date(2026, 4, 30)),
        5: (date(2029, 1, 1), date(2029, 2, 1)),
    }
    assert problems(days, 2026) == [
        "Bước 1 (Tuyên truyền, hướng dẫn): ghi cả ngày đầu và ngày cuối, hoặc để trống cả hai.",
        "Bước 2 (Đăng ký ý tưởng): ngày cuối phải từ ngày đầu trở đi.",
        "Bước 5 (Đánh giá, phân hạng): ngày phải thuộc chu trình năm 2026.",
        "Bước 3 không được bắt đầu trước bước 2.",
    ]
    assert problems({2: (date(2026, 2, 1), date(2026, 3, 31))}, 2026) == []


def test_the_nearest_calendar_holds_and_the_day_says_where_one_stands():
    province = {
        1: Window(date(2026, 1, 1), date(2026, 12, 31)),
        2: Window(date(2026, 2, 1), date(2026, 3, 31)),
    }
    commune = {2: Window(date(2026, 3, 1), date(2026, 4, 30), "Xã A")}
    held = effective([province, commune])
    assert held == {1: province[1], 2: commune[2]}
    assert [step_on(held, date(2026, month, 15)) for month in (1, 4, 6)] == [1, 2, 1]
    assert step_on({}, date(2026, 1, 1)) is None
    assert [is_behind(held, 2, day) for day in (date(2026, 4, 30), date(2026, 5, 1))] == [False, True]
    assert is_behind({6: Window(date(2026, 1, 1), date(2026, 2, 1))}, 6, date(2026, 6, 1)) is False


def test_priorities_get_their_points_by_the_facts():
    assert given_by_facts(CRITERIA, {"youth": True}) == {"youth": 10}
    assert given_by_facts(CRITERIA, {"youth": False}) == {"youth": 0}


def test_points_stay_inside_of_a_criterion_in_force():
    assert [one.code for one in wrong_points(CRITERIA, {"able": 21, "nice": 3, "youth": -1})] == [
        "score.points",
        "score.criterion",
        "score.points",
    ]
    assert wrong_points(CRITERIA, {"able": 0, "youth": 10}) == []
    assert open_criteria(CRITERIA, {"youth": 0}) == ("Năng lực",)
    assert (proposed(50, needed=50), proposed(49, needed=50)) == ("select", "refuse")


def line(**facts):
    known = {"name": "Mứt", "verdict": "select", "reason": "", "open": (), "points": 60}
    return Scored(**{**known, **facts})


def codes(flow, verb, state, facts):
    return [one.code for one in flow.find(verb, state).refusals(facts)]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (MeetingFacts((line(),), 3, 5, 50), []),
        (MeetingFacts((line(),), 3, 5, 50, date(2026, 12, 1)), ["meeting.ahead"]),
        (MeetingFacts((), 3, 5, 50), ["meeting.empty"]),
        (MeetingFacts((line(),), 0, 0, 50), ["meeting.members"]),
        (MeetingFacts((line(),), 2, 4, 50), ["meeting.quorum"]),
        (MeetingFacts((line(open=("Năng lực",)),), 3, 5, 50), ["meeting.score"]),
        (MeetingFacts((line(verdict=""),), 3, 5, 50), ["meeting.verdict"]),
        (MeetingFacts((line(verdict="refuse"),), 3, 5, 50), ["meeting.reason"]),
        (MeetingFacts((line(verdict="refuse", reason="Chưa rõ nguyên liệu"),), 3, 5, 50), []),
        (MeetingFacts((line(points=49),), 3, 5, 50), ["meeting.points"]),
    ],
)
def test_a_list_is_laid_before_the_leader_complete(facts, found):
    assert codes(MEETING_FLOW, "submit", "planned", facts) == found


def test_an_idea_and_a_plan_are_sent_complete():
    assert codes(IDEA_FLOW, "register", "draft", IdeaFacts(("mô tả",))) == ["idea.missing"]
    assert codes(IDEA_FLOW, "register", "draft", IdeaFacts()) == []
    assert codes(PLAN_FLOW, "submit", "draft", PlanFacts(("thực trạng",))) == [
        "plan.missing",
        "plan.schedule",
    ]
    assert codes(PLAN_FLOW, "submit", "draft", PlanFacts(milestones=1)) == []


def test_a_plan_is_approved_with_the_appraisal_enters_one_product_and_ends_reported():
    assert codes(PLAN_FLOW, "approve", "appraised", PlanFacts(appraisal="refuse")) == ["plan.against"]
    assert codes(PLAN_FLOW, "approve", "appraised", PlanFacts(appraisal="approve")) == []
    assert codes(PLAN_FLOW, "open_product", "approved", PlanFacts(has_product=True)) == ["plan.product"]
    assert codes(PLAN_FLOW, "finish", "approved", PlanFacts()) == ["plan.report"]
    assert codes(PLAN_FLOW, "finish", "approved", PlanFacts(reported=True)) == []


@pytest.mark.parametrize(
    ("first", "third", "holds"),
    [
        (500, 2000, True), (499, 2000, False), (500, 1999, False), (None, 2000, False), (500, None, False),
    ],
)  # fmt: skip
def test_priority_takes_both_revenues(first, third, holds):
    assert has_priority(first, third, first_at_least=500, third_at_least=2000) is holds


def test_profit_is_open_while_a_figure_is():
    assert (profit(500, 350), profit(500, None), profit(None, 1), profit(1, 3)) == (150, None, None, -2)


def test_quarters_and_when_they_are_reported():
    assert [quarter_of(date(2026, month, 1))[1] for month in (1, 3, 4, 12)] == [1, 1, 2, 4]
    assert [last_day_of(2026, quarter) for quarter in (1, 2, 3, 4)] == [
        date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31),
    ]  # fmt: skip
    since = date(2026, 11, 5)
    assert quarter_to_report(since, set()) == (2026, 4)
    assert quarter_to_report(since, {(2026, 4), (2027, 1)}) == (2027, 2)
    assert report_due(since, {(2026, 4)}, days=10) == date(2027, 4, 10)


@pytest.mark.parametrize(
    ("number", "on", "found"),
    [
        ("12/QĐ-UBND", date(2026, 6, 1), []),
        (" ", None, ["decision.number", "decision.day"]),
        ("1", date(2026, 7, 1), ["decision.future"]),
        ("1", date(2026, 5, 1), ["decision.early"]),
    ],
)
def test_a_decision_has_number_and_day(number, on, found):
    wrong = decision_problems(
        number, on, not_before=date(2026, 5, 20), today=date(2026, 6, 15), article="Điều 1"
    )
    assert [one.code for one in wrong] == found
