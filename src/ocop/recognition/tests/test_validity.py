"""What a certificate is worth on a day (Art. 4.3 of Decision 26/2026/QĐ-TTg)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ocop.recognition.enums import IN_VALIDITY, State
from ocop.recognition.models import Certificate
from ocop.recognition.rules.codes import ALPHABET, readings, tidy
from ocop.recognition.rules.validity import Facts, last_valid_day, state_on
from ocop.recognition.tests.factories import unknown_certificate


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        (date(2026, 6, 3), date(2029, 6, 3)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2025, 2, 28), date(2028, 2, 28)),
        (date(2026, 12, 31), date(2029, 12, 31)),
    ],
    ids=lambda day: f"{day:%d-%m-%Y}",
)
def test_the_last_day_is_36_months_on(issued: date, last: date) -> None:
    assert last_valid_day(issued) == last


FIRST, LAST = date(2024, 2, 29), date(2027, 2, 28)
TERM = Facts(FIRST, LAST)


@pytest.mark.parametrize(
    ("facts", "day", "state"),
    [
        (TERM, FIRST - timedelta(1), State.NOT_YET),
        (TERM, FIRST, State.VALID),
        (TERM, LAST - timedelta(181), State.VALID),
        (TERM, LAST - timedelta(180), State.EXPIRING),
        (TERM, LAST, State.EXPIRING),
        (TERM, LAST + timedelta(1), State.EXPIRED),
        (Facts(FIRST, LAST, extended_to=date(2027, 5, 31)), LAST, State.EXPIRING),
        (Facts(FIRST, LAST, extended_to=date(2027, 5, 31)), LAST + timedelta(1), State.EXTENDED),
        (Facts(FIRST, LAST, extended_to=date(2027, 5, 31)), date(2027, 5, 31), State.EXTENDED),
        (Facts(FIRST, LAST, extended_to=date(2027, 5, 31)), date(2027, 6, 1), State.EXPIRED),
        (Facts(FIRST, LAST, revoked_on=date(2025, 1, 1)), date(2024, 12, 31), State.VALID),
        (Facts(FIRST, LAST, revoked_on=date(2025, 1, 1)), date(2025, 1, 1), State.REVOKED),
        (Facts(FIRST, LAST, replaced_on=date(2025, 1, 1)), date(2025, 1, 1), State.REPLACED),
        (
            Facts(FIRST, LAST, revoked_on=date(2025, 2, 1), replaced_on=date(2025, 1, 1)),
            date(2025, 2, 1),
            State.REVOKED,
        ),
        (Facts(None, None), FIRST, State.UNKNOWN),
        (Facts(None, LAST), date(2040, 1, 1), State.UNKNOWN),
        (Facts(None, None, revoked_on=date(2025, 1, 1)), date(2025, 1, 1), State.REVOKED),
        (Facts(None, None, replaced_on=date(2025, 1, 1)), date(2025, 1, 1), State.REPLACED),
    ],
)
def test_the_state_at_its_borders(facts: Facts, day: date, state: State) -> None:
    assert state_on(facts, day) == state


def test_the_length_of_expiring_is_a_setting() -> None:
    assert state_on(TERM, LAST - timedelta(90), expiring_days=89) == State.VALID
    assert state_on(TERM, LAST - timedelta(89), expiring_days=89) == State.EXPIRING


DAYS = st.dates(date(2024, 1, 1), date(2024, 3, 1))
MAYBE = st.none() | DAYS


class TestDatabase(TestCase):
    """The database and the rule answer alike."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, DAYS, st.integers(0, 40))
    def test_sql_equals_the_rule(self, issued, last, extended, revoked, replaced, day, ahead) -> None:
        if issued and last and last < issued:
            issued, last = last, issued
        row = unknown_certificate(
            issued_on=issued, valid_to=last, extended_to=extended, revoked_on=revoked, replaced_on=replaced
        )
        rows = Certificate.objects.filter(pk=row.pk)
        found = rows.with_state(day, expiring_days=ahead).get().state_that_day
        assert found == row.state_on(day, expiring_days=ahead)
        assert rows.in_validity(day).exists() == (row.state_on(day) in IN_VALIDITY)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("3qbdx6pmtp", "3QBDX6PMTP"),
        (" 3QBD X6-PM.TP ", "3QBDX6PMTP"),
        ("30BDX6PMTP", "3QBDX6PMTP"),
        ("3OBDX6PMTP", "3QBDX6PMTP"),
        ("3QB0X6PMTP", "3QBDX6PMTP"),
        ("3QBDX6PMTl", "3QBDX6PMT7"),
    ],
)
def test_a_mistyped_code_still_means_the_right_one(typed: str, wanted: str) -> None:
    assert wanted in readings(typed)


def test_what_cannot_be_a_code_means_nothing() -> None:
    assert readings("  ") == []
    assert readings("bưởi Phúc Trạch Hương Khê") == []
    assert readings("0OI1L0OI1L") == ["0OI1L0OI1L"]
    assert not set("01ILO") & set(ALPHABET)
    assert tidy("a-b c.d") == "ABCD"
