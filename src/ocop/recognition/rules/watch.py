"""When somebody is told that a star runs out."""

from collections.abc import Mapping
from datetime import date

# Days before the last valid day. Re-evaluation is filed 180 to 120 days before it (Art. 7.6, Decision 26/2026/QĐ-TTg);
# the later ones are for who missed that window.
WARN_BEFORE = (180, 120, 90, 30, 0)


def warning_due(last_day: date, today: date, told: Mapping[int, date]) -> int | None:
    """The warning to give today (days before the last day), or None; `told` says on which day each was given.

    Only the nearest one is due: after a week without the job nobody gets three at once. One that was given is not
    given again, nor an earlier one after it, unless that was given on a day that lies ahead: the clock was wrong then
    and what it said too early takes nothing away. Past the last day nothing is due.
    """
    left = (last_day - today).days
    reached = [days for days in WARN_BEFORE if left <= days]
    if left < 0 or not reached:
        return None
    nearest = min(reached)
    if nearest in told or any(days < nearest and given <= today for days, given in told.items()):
        return None
    return nearest
