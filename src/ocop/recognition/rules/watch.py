"""When somebody is told that a star runs out."""

from collections.abc import Collection
from datetime import date

# Days before the last valid day. Re-evaluation is filed 180 to 120 days before it (Art. 7.6, Decision 26/2026/QĐ-TTg);
# the later ones are for who missed that window.
WARN_BEFORE = (180, 120, 90, 30, 0)


def warning_due(last_day: date, today: date, told: Collection[int]) -> int | None:
    """The warning to give today (days before the last day), or None.

    Only the nearest one is due: after a week without the job nobody gets three at once. One that was given is not
    given again, nor an earlier one after it; past the last day nothing is due.
    """
    left = (last_day - today).days
    reached = [days for days in WARN_BEFORE if left <= days]
    if left < 0 or not reached:
        return None
    nearest = min(reached)
    return None if any(days <= nearest for days in told) else nearest
