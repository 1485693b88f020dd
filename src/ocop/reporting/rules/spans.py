"""Counting things that begin and end, on many days at once."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from itertools import accumulate


def standing(spans: Iterable[tuple[date, date | None, int]], days: Sequence[date]) -> list[int]:
    """How much stands on each of the days (in ascending order); a span is (first day, last day or None, amount).

    Each span is looked at once, whatever the number of days.
    """
    change = [0] * (len(days) + 1)
    for first, last, amount in spans:
        start = bisect_left(days, first)
        end = len(days) if last is None else bisect_right(days, last)
        if start < end:
            change[start] += amount
            change[end] -= amount
    return list(accumulate(change[:-1]))


def standing_keys(spans: Iterable[tuple[date, date | None, Hashable]], days: Sequence[date]) -> list[int]:
    """How many different keys stand on each of the days; a key with several spans counts once a day."""
    by_key: dict[Hashable, list[tuple[int, int]]] = defaultdict(list)
    for first, last, key in spans:
        start = bisect_left(days, first)
        end = len(days) if last is None else bisect_right(days, last)
        if start < end:
            by_key[key].append((start, end))
    change = [0] * (len(days) + 1)
    for pieces in by_key.values():
        for start, end in _joined(pieces):
            change[start] += 1
            change[end] -= 1
    return list(accumulate(change[:-1]))


def _joined(pieces: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Overlapping pieces put together."""
    if len(pieces) == 1:
        return pieces
    whole: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def within(events: Iterable[tuple[date, int]], periods: Sequence[tuple[date, date]]) -> list[int]:
    """The sum of the events of each period; periods may overlap. Each event is looked at once."""
    ordered = sorted(events)
    days = [day for day, _ in ordered]
    sums = [0, *accumulate(amount for _, amount in ordered)]
    return [sums[bisect_right(days, last)] - sums[bisect_left(days, first)] for first, last in periods]


def keys_within(events: Iterable[tuple[date, Hashable]], periods: Sequence[tuple[date, date]]) -> list[int]:
    """How many different keys the events of each period have."""
    ordered = sorted(events, key=lambda event: event[0])
    days = [day for day, _ in ordered]
    return [
        len({key for _, key in ordered[bisect_left(days, first) : bisect_right(days, last)]})
        for first, last in periods
    ]
