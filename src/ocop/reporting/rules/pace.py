"""Whether a target is reached, and where the present pace leads."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["reached", "on_pace", "behind", "unknown"]
MONTH = 30.4375
"""Days of a month, on average."""


@dataclass(frozen=True)
class Outlook:
    """`expected` is the value on the last day at the pace of the last twelve months; None when nothing is known."""

    state: State
    expected: float | None
    missing: float | None


def outlook(
    trend: list[tuple[date, float | None]],
    *,
    today: date,
    target: float | None,
    last_day: date | None,
    is_share: bool = False,
) -> Outlook:
    """Where the figure stands against its target (section II.2 of the plan).

    `trend` is in ascending order and ends with the figure of today. The pace is the change of the last twelve months,
    or of what is known of them, carried on in a straight line; a share stays between 0 and 100, a count not below 0.
    Without a target the state is unknown; a target that is met today is reached, whatever the pace.
    """
    known = [(day, value) for day, value in trend if value is not None]
    if not known:
        return Outlook("unknown", None, None)
    now = known[-1][1]
    expected = _carried_on(known, today, last_day, is_share)
    if target is None:
        return Outlook("unknown", expected, None)
    missing = max(target - now, 0.0)
    if missing == 0:
        return Outlook("reached", expected, 0.0)
    if last_day is None or today > last_day or expected is None:
        return Outlook("behind", expected, missing)
    return Outlook("on_pace" if expected >= target else "behind", expected, missing)


def _carried_on(
    known: list[tuple[date, float]], today: date, last_day: date | None, is_share: bool
) -> float | None:
    if last_day is None or today >= last_day:
        return known[-1][1]
    year_ago = date(today.year - 1, today.month, min(today.day, 28))
    start_day, start = next(((day, value) for day, value in known if day >= year_ago), known[-1])
    passed = (today - start_day).days
    if passed < MONTH:
        return None
    expected = known[-1][1] + (known[-1][1] - start) / passed * (last_day - today).days
    return max(0.0, min(expected, 100.0) if is_share else expected)
