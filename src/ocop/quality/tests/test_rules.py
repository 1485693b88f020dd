"""Rules by table: overlaps, reminders, the checklist, the data files, the flows."""

from datetime import date, timedelta
from random import Random

import pytest

from ocop.kit.errors import BadData
from ocop.quality.enums import ReceptionKind
from ocop.quality.rules.checklist import Asked, Held, Sent, chosen, conflicts, failed, parse, unanswered
from ocop.quality.rules.overlap import Pair, Planned, days_between, overlaps
from ocop.quality.rules.receptions import PAPER_KINDS, parse_receivers
from ocop.quality.rules.reminders import reminder_due
from ocop.quality.rules.workflow import FLOWS


def span(key: int, first: str, last: str, producer: int = 1) -> Planned:
    return Planned(key, producer, date.fromisoformat(first), date.fromisoformat(last))


MARCH = span(1, "2026-03-01", "2026-03-31")


@pytest.mark.parametrize(
    ("other", "days", "is_near"),
    [
        (span(2, "2026-03-15", "2026-04-15"), 0, True),  # they share days
        (span(2, "2026-03-31", "2026-04-15"), 0, True),
        (span(2, "2026-04-01", "2026-04-15"), 1, True),
        (span(2, "2026-06-28", "2026-06-30"), 89, True),
        (span(2, "2026-06-29", "2026-06-30"), 90, False),  # ninety days between them are enough
        (span(2, "2025-11-01", "2025-11-30"), 91, False),
        (span(2, "2025-12-01", "2025-12-02"), 89, True),  # the earlier one may be the other
    ],
)
def test_two_visits_are_too_near_with_fewer_than_ninety_days_between_them(other, days, is_near):
    assert days_between(MARCH, other) == days_between(other, MARCH) == days
    first, second = sorted((MARCH, other), key=lambda one: one.first)
    assert overlaps([MARCH, other], 90) == ([Pair(first.key, second.key, days)] if is_near else [])


def test_visits_to_different_producers_never_meet():
    assert overlaps([MARCH, span(2, "2026-03-01", "2026-03-31", producer=2)], 90) == []


def test_a_long_visit_meets_every_later_one_in_its_span():
    year = span(1, "2026-01-01", "2026-12-31")
    assert overlaps([span(3, "2026-11-01", "2026-11-02"), year, span(2, "2026-02-01", "2026-02-02")], 30) == [
        Pair(1, 2, 0),
        Pair(1, 3, 0),
    ]


def test_the_sweep_finds_what_comparing_every_two_finds():
    chance = Random(7)
    for _ in range(300):
        visits = []
        for key in range(chance.randint(0, 12)):
            first = date(2026, 1, 1) + timedelta(days=chance.randint(0, 300))
            visits.append(
                Planned(key, chance.randint(1, 3), first, first + timedelta(days=chance.randint(0, 60)))
            )
        gap = chance.randint(1, 120)
        by_hand = {
            frozenset((one.key, other.key))
            for one in visits
            for other in visits
            if one.key < other.key and one.producer == other.producer and days_between(one, other) < gap
        }
        assert {frozenset((pair.first, pair.second)) for pair in overlaps(visits, gap)} == by_hand


END = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("today", "told", "due"),
    [
        (date(2026, 10, 1), (), None),  # 91 days
        (date(2026, 10, 2), (), 90),
        (date(2026, 10, 3), (90,), None),
        (date(2026, 12, 1), (90,), 30),
        (date(2026, 12, 1), (), 30),  # only the nearest
        (date(2026, 12, 24), (90, 30), 7),
        (date(2026, 12, 31), (90, 30, 7), None),
        (date(2026, 12, 31), (), 7),
        (date(2026, 12, 20), (7,), None),  # a nearer one was given already
        (date(2027, 1, 1), (), None),  # past its last day
    ],
)
def test_reminders_come_once_each_at_ninety_thirty_and_seven_days(today, told, due):
    assert reminder_due(END, today, told) == due


QUESTIONS = [Asked("A1", "food_safety", "Một"), Asked("B1", "label", "Hai")]


def test_questions_are_chosen_by_area_and_counted_by_answer():
    assert chosen(QUESTIONS, []) == QUESTIONS
    assert chosen(QUESTIONS, ["label"]) == QUESTIONS[1:]
    assert unanswered(QUESTIONS, {"A1": "na"}) == QUESTIONS[1:]
    assert failed(QUESTIONS, {"A1": "no", "B1": "yes"}) == QUESTIONS[:1]


@pytest.mark.parametrize(
    ("base", "value", "by", "is_conflict"),
    [
        (3, "no", 1, False),  # given on what stands
        (2, "no", 1, True),  # somebody else wrote in between
        (2, "yes", 1, False),  # but the same
        (2, "no", 2, False),  # the same person on another phone
    ],
)
def test_only_another_persons_other_word_is_a_conflict(base, value, by, is_conflict):
    assert conflicts(Sent(base, value, "", by), Held(3, "yes", "", 2)) is is_conflict


def test_a_first_answer_never_conflicts():
    assert conflicts(Sent(0, "yes", "", 1), None) is False


def test_bad_checklists_name_every_fault():
    entries = [{"code": "A", "area": "food_safety", "text": "Một"}, {"code": "A", "area": "x", "text": ""}, 3]
    with pytest.raises(BadData) as bad:
        parse(entries, "tep")
    assert len(str(bad.value).splitlines()) == 4
    assert parse(entries[:1], "tep") == [Asked("A", "food_safety", "Một")]


def test_bad_receivers_name_every_fault():
    good = {"kind": "food_safety", "receiver": "local", "valid_from": date(2023, 1, 1)}
    assert parse_receivers([good], "tep")[0]["confirmed"] is False
    with pytest.raises(BadData) as bad:
        parse_receivers([good, good, {"kind": "x", "receiver": "", "valid_from": "2023"}], "tep")
    assert len(str(bad.value).splitlines()) == 4


def test_every_kind_of_reception_is_a_kind_of_paper():
    assert set(PAPER_KINDS) == set(ReceptionKind.values)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.key)
def test_flows_have_no_faults(flow):
    assert flow.problems() == []
