"""Tables of the rules."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from ocop.training.rules.apparatus import cover_of, handover_refusals, level_refusals
from ocop.training.rules.attendance import Came, Split, has_enough, in_time, is_fresh, split_of
from ocop.training.rules.flows import COURSE_FLOW, PLAN_FLOW, CourseFacts, PlanFacts, course_due, plan_due
from ocop.training.rules.judging import mean, ranking, shown
from ocop.training.rules.serials import masked_name, serial, tidy

DAY = date(2026, 5, 12)
FACTS = CourseFacts(
    kind="course", today=DAY, starts_on=DAY, ends_on=DAY, sessions=2, coming=3, empty_sessions=0, entitled=2, cost=0,
    visits=0, visits_without_lesson=0, entries=0, unscored_entries=0, prizes=0, agreements=None,
)  # fmt: skip


def refused(flow, verb, state, facts, **changed):
    values = {**vars(facts), **changed}
    return [one.code for one in flow.find(verb, state).refusals(type(facts)(**values))]


@pytest.mark.parametrize(
    ("verb", "state", "changed", "codes"),
    [
        ("invite", "planned", {}, []),
        ("invite", "planned", {"sessions": 0}, ["course.sessions"]),
        ("start", "inviting", {}, []),
        ("start", "inviting", {"coming": 0, "starts_on": date(2026, 5, 13)}, ["course.people", "course.day"]),
        ("finish", "running", {}, []),
        ("finish", "running", {"ends_on": date(2026, 5, 13)}, ["course.last_day"]),
        ("finish", "running", {"empty_sessions": 1}, ["course.attendance"]),
        ("certify", "ended", {}, []),
        ("certify", "ended", {"entitled": 0}, ["course.entitled"]),
        ("certify", "ended", {"kind": "contest"}, ["course.kind"]),
        ("close", "ended", {}, []),
        ("close", "ended", {"cost": None}, ["course.cost"]),
        ("close", "ended", {"kind": "tour"}, ["tour.visits"]),
        ("close", "ended", {"kind": "tour_abroad", "visits": 2, "visits_without_lesson": 1}, ["tour.lessons"]),
        ("close", "ended", {"kind": "tour", "visits": 2}, []),
        ("close", "ended", {"kind": "contest"}, ["contest.entries"]),
        ("close", "ended", {"kind": "contest", "entries": 3, "unscored_entries": 1, "prizes": 1}, ["contest.scores"]),
        ("close", "ended", {"kind": "contest", "entries": 3}, ["contest.prizes"]),
        ("close", "ended", {"kind": "contest", "entries": 3, "prizes": 1}, []),
        ("close", "ended", {"kind": "forum"}, []),
        ("close", "ended", {"kind": "matching"}, ["matching.agreements"]),
        ("close", "ended", {"kind": "matching", "agreements": 0}, []),
    ],
)  # fmt: skip
def test_what_stands_against_a_verb_of_an_activity(verb, state, changed, codes):
    assert refused(COURSE_FLOW, verb, state, FACTS, **changed) == codes


def test_what_stands_against_a_verb_of_a_plan():
    facts = PlanFacts(lines=1, number="1/KH", decided_on=DAY, today=DAY, open_courses=0)
    assert refused(PLAN_FLOW, "submit", "draft", facts) == []
    assert refused(PLAN_FLOW, "submit", "draft", facts, lines=0) == ["plan.lines"]
    assert refused(PLAN_FLOW, "approve", "submitted", facts, number=" ") == ["plan.paper"]
    assert refused(PLAN_FLOW, "approve", "submitted", facts, decided_on=None) == ["plan.paper"]
    assert refused(PLAN_FLOW, "approve", "submitted", facts, decided_on=date(2026, 5, 13)) == [
        "plan.paper_day"
    ]
    assert refused(PLAN_FLOW, "close", "approved", facts, open_courses=2) == ["plan.open"]


def test_deadlines():
    assert [plan_due(state, 2026) for state in ("draft", "submitted", "approved", "closed")] == [
        date(2025, 12, 15), date(2025, 12, 31), date(2026, 12, 31), None,
    ]  # fmt: skip
    ends = date(2026, 5, 13)
    assert [course_due(state, DAY, ends, 15) for state in ("planned", "inviting", "running", "ended", "closed")] == [
        date(2026, 5, 5), DAY, ends, date(2026, 5, 28), None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("attended", "sessions", "percent", "enough"),
    [
        (4, 5, 80, True),
        (3, 5, 80, False),
        (0, 0, 80, False),
        (1, 1, 100, True),
        (2, 3, 66, True),
        (2, 3, 67, False),
    ],
)
def test_the_share_that_earns_a_certificate(attended, sessions, percent, enough):
    assert has_enough(attended, sessions, percent) is enough


def test_a_session_takes_attendance_from_an_hour_before_to_an_hour_after():
    begins, ends = datetime(2026, 5, 12, 8, tzinfo=UTC), datetime(2026, 5, 12, 11, tzinfo=UTC)
    codes = {
        minutes: [one.code for one in in_time(begins, ends, begins + timedelta(minutes=minutes))]
        for minutes in (-61, -60, 0, 180, 240, 241)
    }
    assert codes == {-61: ["scan.early"], -60: [], 0: [], 180: [], 240: [], 241: ["scan.late"]}


def test_a_code_of_the_screen_lives_two_minutes():
    made = datetime(2026, 5, 12, 8, tzinfo=UTC)
    assert [is_fresh(made, made + timedelta(seconds=age)) for age in (-31, -30, 0, 120, 121)] == [
        False, True, True, True, False,
    ]  # fmt: skip


def test_participants_are_counted_by_what_the_plan_counts():
    rows = [
        Came("official", True, 1),
        Came("producer", False, 1),
        Came("producer", True, 2),
        Came("other", True, None),
    ]
    split = split_of(rows)
    assert (split, split.total) == (Split(officials=1, producers=2, others=1, women=3, communes=2), 4)
    assert split_of([]) == Split()


def test_marks_and_ranks():
    assert (mean([90, 85, 86]), mean([]), mean([1, 2])) == (Decimal("87.00"), None, Decimal("1.50"))
    means = {1: Decimal(80), 2: Decimal(90), 3: Decimal(80), 4: None, 5: Decimal(70)}
    assert ranking(means) == {2: 1, 1: 2, 3: 2, 5: 4}
    assert [shown(number) for number in (0, 2, 3)] == [False, False, True]


def test_codes_and_names_of_certificates():
    assert (serial(7, "TH-K3F8QA"), tidy("ab2c-d3ef 4g"), tidy("ABC"), tidy("ABCDEFGHJKM")) == (
        "007/TH-K3F8QA", "AB2CD3EF4G", "", "",
    )  # fmt: skip
    names = ("Nguyễn Thị Kim Lan", "Lê Lan", "Lan", "")
    assert [masked_name(name) for name in names] == ["Nguyễn … Lan", "Lê … Lan", "L…", ""]


def test_bodies_stand_at_their_level_and_terms_follow_each_other():
    assert [bool(level_refusals(kind, level)) for kind, level in (
        ("steering", "commune"), ("standing", "district"), ("district_desk", "district"), ("commune_desk", "province"),
    )] == [False, True, False, True]  # fmt: skip
    first, last = date(2023, 1, 1), date(2024, 12, 31)
    found = {
        day: [one.code for one in handover_refusals(first, last, day)]
        for day in (first, date(2023, 1, 2), date(2025, 1, 1), date(2025, 1, 2))
    }
    assert list(found.values()) == [["post.day"], [], [], ["post.ended"]]
    cover = cover_of([1, 2, 3], [2, 9])
    assert (cover.communes, cover.with_officer, cover.missing) == (3, 1, 2)
