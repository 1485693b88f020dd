"""The periods that a period is compared with, and the change between two figures."""

import calendar
from datetime import date, timedelta


def months_back(day: date, months: int) -> date:
    """The same day that many months before; the last of a month stays the last, a day that is not there too."""
    years, month0 = divmod(day.year * 12 + day.month - 1 - months, 12)
    length = calendar.monthrange(years, month0 + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(years, month0 + 1, length if is_last else min(day.day, length))


def length_in_months(first: date, last: date) -> int:
    """How many months a period takes, a begun one counted whole: 15/9 to 14/12 and 1/7 to 24/9 are three."""
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    return max(months + (after.day > first.day), 1)


def period_before(first: date, last: date) -> tuple[date, date]:
    """The period of the same length right before: 15/6 to 14/9 before 15/9 to 14/12."""
    months = length_in_months(first, last)
    return months_back(first, months), months_back(last, months)


def year_before(first: date, last: date) -> tuple[date, date]:
    """The same days of the year before."""
    return months_back(first, 12), months_back(last, 12)


def change(now: float | None, then: float | None) -> tuple[float | None, float | None]:
    """By how much a figure grew, and that in per cent of what it was; None where one of them is not known."""
    if now is None or then is None:
        return None, None
    return now - then, None if then == 0 else 100 * (now - then) / then
