"""Where a figure stands against its target, and where the present pace leads."""

from datetime import date

import pytest

from ocop.reporting.rules.months import month_ends
from ocop.reporting.rules.pace import outlook
from ocop.reporting.rules.sealing import digest

TODAY, END = date(2024, 12, 31), date(2025, 12, 31)
YEAR = [(date(2023, 12, 31), 200.0), (date(2024, 6, 30), 230.0), (TODAY, 260.0)]


@pytest.mark.parametrize(
    ("target", "state", "missing"),
    [(260, "reached", 0), (319, "on_pace", 59), (400, "behind", 140), (None, "unknown", None)],
)
def test_a_straight_line_from_the_last_twelve_months(target, state, missing):
    found = outlook(YEAR, today=TODAY, target=target, last_day=END)
    assert (found.state, found.missing) == (state, missing)
    assert found.expected == pytest.approx(320, abs=1)


def test_a_share_stays_within_its_bounds():
    rising = [(date(2023, 12, 31), 40.0), (TODAY, 90.0)]
    assert outlook(rising, today=TODAY, target=95, last_day=END, is_share=True).expected == 100
    falling = [(date(2023, 12, 31), 90.0), (TODAY, 20.0)]
    assert outlook(falling, today=TODAY, target=95, last_day=END, is_share=True).expected == 0


def test_what_is_missed_at_the_end_is_behind_and_what_is_unknown_says_so():
    assert outlook(YEAR, today=date(2026, 1, 1), target=300, last_day=END).state == "behind"
    assert outlook([(TODAY, None)], today=TODAY, target=300, last_day=END).state == "unknown"
    young = outlook([(TODAY, 5.0)], today=TODAY, target=300, last_day=END)
    assert (young.state, young.expected) == ("behind", None)


def test_month_ends_lead_to_the_day_itself():
    assert month_ends(date(2024, 3, 10), 4) == [
        date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 10),
    ]  # fmt: skip


def test_the_seal_is_of_the_rows_whatever_their_order_and_breaks_with_any_of_them():
    rows = [("a", 1, 2), ("b", 3, None)]
    assert digest(["x"], rows) == digest(["x"], rows[::-1])
    assert (
        len(
            {
                digest(["x"], rows),
                digest(["x"], rows[:1]),
                digest(["x"], [("a", 1, 3), rows[1]]),
                digest(["y"], rows),
            }
        )
        == 4
    )
