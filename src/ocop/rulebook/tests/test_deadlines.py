"""Deadlines and rounds (Decision 26/2026/QĐ-TTg, Articles 5 and 7)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.rulebook.rules.deadlines import (
    Pause,
    Rule,
    YearlyRound,
    before,
    deadline,
    latest_start,
    ranking_on,
    read,
    window_on,
    windows,
)

HOLIDAYS = {date(2026, 9, 1), date(2026, 9, 2), date(2027, 4, 30), date(2027, 5, 1)}
FIFTEEN = Rule(15)


def working(day):
    return day.weekday() < 5 and day not in HOLIDAYS


def days(*texts):
    return tuple(date.fromisoformat(text) for text in texts)


@pytest.mark.parametrize(
    ("start", "rule", "pauses", "last"),
    [
        pytest.param("2026-06-01", FIFTEEN, [], "2026-06-22", id="art-7: day 1 is the day after a Monday"),
        pytest.param("2026-06-05", FIFTEEN, [], "2026-06-26", id="art-7: received on a Friday"),
        pytest.param("2026-06-06", FIFTEEN, [], "2026-06-26", id="art-7: received on a Saturday"),
        pytest.param("2026-08-24", FIFTEEN, [], "2026-09-16", id="two holidays inside"),
        pytest.param("2026-06-01", Rule(15, "calendar"), [], "2026-06-16", id="calendar days"),
        pytest.param(
            "2026-06-01", Rule(5, "calendar", last_day="next_working"), [], "2026-06-08", id="next working"
        ),
        pytest.param(
            "2026-06-01", Rule(5, "calendar"), [], "2026-06-06", id="ends on a Saturday, as counted"
        ),
        pytest.param(
            "2026-06-01", FIFTEEN, [("2026-06-03", "2026-06-10")], "2026-06-29", id="stops: five days away"
        ),
        pytest.param("2026-06-01", FIFTEEN, [("2026-06-03", None)], None, id="stops: still away"),
        pytest.param(
            "2026-06-01",
            Rule(15, on_return="runs"),
            [("2026-06-03", None)],
            "2026-06-22",
            id="runs while away",
        ),
        pytest.param(
            "2026-06-01",
            Rule(15, on_return="restarts"),
            [("2026-06-03", "2026-06-10")],
            "2026-07-01",
            id="starts anew when it comes back",
        ),
        pytest.param(
            "2026-06-01", Rule(15, on_return="restarts"), [("2026-06-03", None)], None, id="anew: away"
        ),
        pytest.param(
            "2026-06-01",
            FIFTEEN,
            [("2026-06-03", "2026-06-04"), ("2026-06-08", "2026-06-09")],
            "2026-06-24",
            id="two returns of a day each",
        ),
    ],
)
def test_last_day(start, rule, pauses, last):
    spans = [Pause(date.fromisoformat(out), back and date.fromisoformat(back)) for out, back in pauses]
    expected = last and date.fromisoformat(last)
    assert deadline(date.fromisoformat(start), rule, working, spans) == expected


@pytest.mark.parametrize(
    ("today", "pauses", "used", "left", "paused", "late"),
    [
        ("2026-06-01", [], 0, 15, False, False),
        ("2026-06-02", [], 1, 14, False, False),
        ("2026-06-22", [], 15, 0, False, False),
        ("2026-06-23", [], 15, 0, False, True),
        ("2026-06-12", [Pause(date(2026, 6, 3))], 2, 13, True, False),
        ("2026-06-30", [Pause(date(2026, 6, 25))], 15, 0, True, True),
    ],
)
def test_how_a_deadline_stands(today, pauses, used, left, paused, late):
    reading = read(date(2026, 6, 1), FIFTEEN, working, date.fromisoformat(today), pauses)
    assert (reading.used, reading.left, reading.paused, reading.late) == (used, left, paused, late)


def test_the_last_day_that_leaves_the_commune_its_time():
    last = before(30, 4, 2027)
    start = latest_start(last, FIFTEEN, working)
    assert start == date(2027, 4, 8)
    assert deadline(start, FIFTEEN, working) <= last
    assert deadline(start + timedelta(days=1), FIFTEEN, working) > last


@given(
    st.dates(date(2026, 1, 1), date(2029, 1, 1)), st.integers(1, 60), st.sampled_from(["working", "calendar"])
)
def test_latest_start_is_the_latest(last, length, unit):
    rule = Rule(length, unit)
    start = latest_start(last, rule, working)
    assert deadline(start, rule, working) <= last
    assert deadline(start + timedelta(days=1), rule, working) > last


@given(
    st.dates(date(2026, 1, 1), date(2029, 1, 1)), st.integers(1, 40), st.integers(0, 30), st.integers(0, 20)
)
def test_a_return_never_shortens_a_deadline(start, length, away_after, away_for):
    out = start + timedelta(days=away_after)
    pause = Pause(out, out + timedelta(days=away_for))
    plain = deadline(start, Rule(length), working)
    paused = deadline(start, Rule(length), working, [pause])
    assert paused >= plain


PROVINCE = [YearlyRound("province-1", (30, 4), (30, 6)), YearlyRound("province-2", (30, 10), (30, 12))]
CENTRE = [YearlyRound("centre-1", (30, 7), (30, 9)), YearlyRound("centre-2", (30, 1), (30, 3))]


@pytest.mark.parametrize(
    ("day", "month", "last"),
    [(30, 4, "2026-04-29"), (30, 6, "2026-06-29"), (1, 3, "2026-02-28"), (30, 1, "2026-01-29")],
)
def test_before_a_day_means_the_day_before(day, month, last):
    assert before(day, month, 2026) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("rounds", "on", "key", "opens", "propose", "rank"),
    [
        (PROVINCE, "2026-06-01", "province-2", *days("2026-04-30", "2026-10-29", "2026-12-29")),
        (PROVINCE, "2026-04-29", "province-1", *days("2025-10-30", "2026-04-29", "2026-06-29")),
        (PROVINCE, "2026-04-30", "province-2", *days("2026-04-30", "2026-10-29", "2026-12-29")),
        (PROVINCE, "2026-10-30", "province-1", *days("2026-10-30", "2027-04-29", "2027-06-29")),
        (CENTRE, "2026-08-01", "centre-2", *days("2026-07-30", "2027-01-29", "2027-03-29")),
        (CENTRE, "2026-01-29", "centre-2", *days("2025-07-30", "2026-01-29", "2026-03-29")),
        (CENTRE, "2026-01-30", "centre-1", *days("2026-01-30", "2026-07-29", "2026-09-29")),
    ],
)
def test_round_of_a_day(rounds, on, key, opens, propose, rank):
    window = window_on(rounds, date.fromisoformat(on))
    assert (window.key, window.opens, window.propose_until, window.rank_until) == (key, opens, propose, rank)


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_every_day_belongs_to_one_round(day):
    found = [
        one for year in (day.year, day.year + 1) for one in windows(PROVINCE, year) if one.may_propose(day)
    ]
    assert found == [window_on(PROVINCE, day)]


def test_rounds_being_ranked():
    assert [one.key for one in ranking_on(PROVINCE, date(2026, 5, 10))] == ["province-1"]
    assert ranking_on(PROVINCE, date(2026, 7, 10)) == []
    assert ranking_on(PROVINCE, date(2026, 4, 29)) == []


def test_no_rounds():
    assert window_on([], date(2026, 5, 1)) is None
    assert windows([], 2026) == []


def test_a_ranking_day_in_the_next_year():
    winter = [YearlyRound("winter", (30, 11), (30, 1))]
    assert window_on(winter, date(2026, 11, 1)).rank_until == date(2027, 1, 29)
