"""Deadlines and yearly rounds as data (Decision 26/2026/QĐ-TTg, Articles 5 and 7).

Day 1 is the day after the start event. What a working day is comes in from outside (Vietnamese holidays with
overrides), so that these rules know no calendar of their own. "Trước ngày D/M": the last day is the day
before.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

IsWorking = Callable[[date], bool]
Unit = Literal["working", "calendar"]
OnReturn = Literal["stops", "runs", "restarts"]
LastDay = Literal["as_counted", "next_working"]

ONE_DAY = timedelta(days=1)
_FAR = 366 * 20


@dataclass(frozen=True)
class Pause:
    """The dossier was away for supplement: after `returned_on`, until `back_on` (None = still away)."""

    returned_on: date
    back_on: date | None = None

    def holds(self, day: date) -> bool:
        """True when that day is not counted: after the return, up to the day it came back."""
        return day > self.returned_on and (self.back_on is None or day <= self.back_on)


@dataclass(frozen=True)
class Rule:
    """A length: how many days of which unit, what a return does, and where the last day falls."""

    length: int
    unit: Unit = "working"
    on_return: OnReturn = "stops"
    last_day: LastDay = "as_counted"


@dataclass(frozen=True)
class Reading:
    """A deadline read on a day. `last_day` is None while the dossier is away and the clock stands.

    `used` and `left` count days of the rule's unit; `left` is 0 on the last day and after it.
    """

    last_day: date | None
    used: int
    left: int
    paused: bool
    late: bool


def deadline(start: date, rule: Rule, is_working: IsWorking, pauses: Sequence[Pause] = ()) -> date | None:
    """The last valid day, inclusive; None while the dossier is away and the clock stands."""
    start, held = _effective(start, rule, pauses)
    if held is None:
        return None
    day, counted_days = start, 0
    for _ in range(_FAR):
        if counted_days >= rule.length:
            break
        day += ONE_DAY
        counted_days += _counts(day, rule, is_working, held)
    if rule.last_day == "next_working":
        while not is_working(day):
            day += ONE_DAY
    return day


def read(
    start: date, rule: Rule, is_working: IsWorking, today: date, pauses: Sequence[Pause] = ()
) -> Reading:
    """How a running deadline stands on a day."""
    last = deadline(start, rule, is_working, pauses)
    began, _ = _effective(start, rule, pauses)
    used_pauses = () if rule.on_return == "runs" else tuple(pauses)
    used = sum(
        _counts(began + timedelta(days=offset), rule, is_working, used_pauses)
        for offset in range(1, (today - began).days + 1)
    )
    paused = rule.on_return != "runs" and any(pause.holds(today) or pause.back_on is None for pause in pauses)
    return Reading(
        last_day=last,
        used=min(used, rule.length),
        left=max(0, rule.length - used),
        paused=paused,
        late=today > last if last is not None else used > rule.length,
    )


def latest_start(last: date, rule: Rule, is_working: IsWorking) -> date:
    """The last start day whose deadline still falls on `last` or earlier.

    "The last day that still leaves the commune its time": with 15 working days and proposals due by 29/4,
    a dossier must be received by this day.
    """
    day, counted_days = last + ONE_DAY, 0
    for _ in range(_FAR):
        if counted_days >= rule.length:
            break
        day -= ONE_DAY
        counted_days += _counts(day, rule, is_working, ())
    return day - ONE_DAY


def _effective(start: date, rule: Rule, pauses: Sequence[Pause]) -> tuple[date, tuple[Pause, ...] | None]:
    """The day that the count starts from, and the pauses that it skips (None: away, the clock stands)."""
    if rule.on_return == "runs":
        return start, ()
    if any(pause.back_on is None for pause in pauses):
        return start, None
    if rule.on_return == "restarts":
        return max([start, *(pause.back_on for pause in pauses if pause.back_on)]), ()
    return start, tuple(pauses)


def _counts(day: date, rule: Rule, is_working: IsWorking, pauses: Iterable[Pause]) -> bool:
    if any(pause.holds(day) for pause in pauses):
        return False
    return rule.unit == "calendar" or is_working(day)


@dataclass(frozen=True)
class YearlyRound:
    """A yearly round: proposals before one day, ranking before another (day, month)."""

    key: str
    propose_before: tuple[int, int]
    rank_before: tuple[int, int]


@dataclass(frozen=True)
class RoundWindow:
    """A round of one year: the first and last day to propose, the last day to rank; all inclusive."""

    key: str
    year: int
    opens: date
    propose_until: date
    rank_until: date

    def may_propose(self, day: date) -> bool:
        """True while proposals count for this round."""
        return self.opens <= day <= self.propose_until


def before(day: int, month: int, year: int) -> date:
    """The last valid day of "trước ngày D/M": the day before it."""
    return date(year, month, day) - ONE_DAY


def windows(rounds: Sequence[YearlyRound], year: int) -> list[RoundWindow]:
    """The rounds of that year in order; each opens the day after the one before it closed for proposals."""
    if not rounds:
        return []
    dated = sorted(
        (before(*one.propose_before, each), each, one) for each in (year - 1, year) for one in rounds
    )
    found = []
    for previous, (closes, each, one) in pairwise(dated):
        if each == year:
            rank = before(*one.rank_before, year)
            if rank < closes:
                rank = before(*one.rank_before, year + 1)
            found.append(RoundWindow(one.key, year, previous[0] + ONE_DAY, closes, rank))
    return found


def window_on(rounds: Sequence[YearlyRound], day: date) -> RoundWindow | None:
    """The round in which a proposal made on that day counts; None when the procedure knows no rounds."""
    for year in (day.year, day.year + 1):
        for window in windows(rounds, year):
            if window.may_propose(day):
                return window
    return None


def ranking_on(rounds: Sequence[YearlyRound], day: date) -> list[RoundWindow]:
    """The rounds being ranked on that day: proposals closed, ranking not yet due."""
    found = [window for year in (day.year - 1, day.year) for window in windows(rounds, year)]
    return [window for window in found if window.propose_until < day <= window.rank_until]
