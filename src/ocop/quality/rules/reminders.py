"""When somebody is reminded that a paper runs out."""

from collections.abc import Collection
from datetime import date

REMIND_BEFORE = (90, 30, 7)
"""Days before the last day of a paper."""


def reminder_due(last_day: date, today: date, told: Collection[int]) -> int | None:
    """The reminder to give today (days before the last day), or None.

    Only the nearest one is due: after a week without the job nobody gets two at once. One that was given, or a nearer
    one, is not given again. Past the last day nothing is due: the list of papers says so from then on.
    """
    left = (last_day - today).days
    reached = [days for days in REMIND_BEFORE if left <= days]
    if left < 0 or not reached:
        return None
    nearest = min(reached)
    return None if any(days <= nearest for days in told) else nearest
