"""Counting on many days at once equals counting on each day."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocop.reporting.rules.spans import keys_within, standing, standing_keys, within

FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 60).map(lambda number: FIRST + timedelta(days=number))
SPANS = st.lists(st.tuples(DAYS, st.none() | DAYS, st.integers(1, 5)), max_size=30).map(
    lambda rows: [row for row in rows if row[1] is None or row[1] >= row[0]]
)
CALMLY = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
ASKED = st.lists(DAYS, min_size=1, max_size=8, unique=True).map(sorted)


def holds(span, day):
    return span[0] <= day and (span[1] is None or day <= span[1])


@CALMLY
@given(SPANS, ASKED)
def test_amounts_that_stand(rows, days):
    assert standing(rows, days) == [sum(row[2] for row in rows if holds(row, day)) for day in days]


@CALMLY
@given(SPANS, ASKED)
def test_keys_that_stand_count_once(rows, days):
    assert standing_keys(rows, days) == [len({row[2] for row in rows if holds(row, day)}) for day in days]


@CALMLY
@given(
    st.lists(st.tuples(DAYS, st.integers(-5, 5)), max_size=30), st.lists(st.tuples(DAYS, DAYS), max_size=6)
)
def test_sums_of_periods(events, periods):
    asked = [(min(pair), max(pair)) for pair in periods]
    expected = [sum(number for day, number in events if first <= day <= last) for first, last in asked]
    assert within(events, asked) == expected


@CALMLY
@given(st.lists(st.tuples(DAYS, st.integers(0, 3)), max_size=30), st.lists(st.tuples(DAYS, DAYS), max_size=6))
def test_keys_of_periods(events, periods):
    asked = [(min(pair), max(pair)) for pair in periods]
    expected = [len({key for day, key in events if first <= day <= last}) for first, last in asked]
    assert keys_within(events, asked) == expected
