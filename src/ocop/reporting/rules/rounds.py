"""When reports are due, and which days their figures are of.

Section VI.14 of the plan: quarterly before the 25th of the quarter's last month, six months before 20/6, yearly before
15/12. "Trước ngày 25" counts to the end of the 24th. The days that the figures are of follow Article 12 of Decree
09/2019/NĐ-CP (from the 15th to the 14th) or the calendar.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

DECREE, CALENDAR = "decree", "calendar"
MONTHS = {"quarter": (3, 6, 9, 12), "half_year": (6,), "year": (12,)}
"""The last month of each report of a year."""
LENGTH = {"quarter": 3, "half_year": 6, "year": 12}
ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True)
class Span:
    """One report of a year: its number, the days of its figures, the last day to hand it in."""

    number: int
    first: date
    last: date
    due_on: date


def _month_before(year: int, month: int, back: int) -> tuple[int, int]:
    years, month0 = divmod(year * 12 + month - 1 - back, 12)
    return years, month0 + 1


def spans(kind: str, year: int, *, before_day: int, basis: str) -> list[Span]:
    """The reports of a year. Raises KeyError for a kind without a rhythm (whole period, on request).

    A report is due before its calendar period has ended; then the figures end on the day it is due.
    """
    found = []
    for number, month in enumerate(MONTHS[kind], start=1):
        due_on = date(year, month, before_day) - timedelta(days=1)
        if basis == DECREE:
            start_year, start_month = _month_before(year, month, LENGTH[kind])
            first, last = date(start_year, start_month, 15), date(year, month, 14)
        else:
            start_year, start_month = _month_before(year, month, LENGTH[kind] - 1)
            ends = date(year, month, calendar.monthrange(year, month)[1])
            first, last = date(start_year, start_month, 1), min(ends, due_on)
        found.append(Span(number, first, last, due_on))
    return found


def title_of(kind: str, year: int, number: int) -> str:
    """ "Quý III/2026", "6 tháng đầu năm 2026", "Năm 2026"."""
    words = {
        "quarter": f"Quý {ROMAN[number] if number < len(ROMAN) else number}/{year}",
        "half_year": f"6 tháng đầu năm {year}",
        "year": f"Năm {year}",
    }
    return words.get(kind, str(year))


def days_late(due_on: date, handed_in: date | None, today: date) -> int:
    """By how many days a report is late: as handed in, or as of today while it is not."""
    return max(((handed_in or today) - due_on).days, 0)
