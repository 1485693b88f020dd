"""The days on which a trend is measured."""

import calendar
from datetime import date


def month_ends(until: date, count: int) -> list[date]:
    """The last days of the `count - 1` months before, and the day itself, in ascending order."""
    days = [until]
    year, month = until.year, until.month
    while len(days) < count:
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        days.append(date(year, month, calendar.monthrange(year, month)[1]))
    return days[::-1]
