"""Visits to one producer that come too close to each other ("tránh chồng chéo", section IV.4 of the plan)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Planned:
    """A visit as the check sees it: the days between which it is to be made, both inclusive."""

    key: int
    producer: int
    first: date
    last: date


@dataclass(frozen=True)
class Pair:
    """Two visits to one producer, the earlier one first, and the days between them (0: they meet)."""

    first: int
    second: int
    days: int


def days_between(one: Planned, other: Planned) -> int:
    """Days from the end of the earlier span to the start of the later one; 0 when the spans share a day or touch."""
    earlier, later = sorted((one, other), key=lambda visit: (visit.first, visit.last, visit.key))
    return max(0, (later.first - earlier.last).days)


def overlaps(visits: Iterable[Planned], gap: int) -> list[Pair]:
    """Every two visits to one producer with fewer than `gap` days between them, by producer and time.

    A visit may be made on any day of its span, so two spans count by the days that lie between them. Each producer's
    visits are looked at in the order of their first day, and only while one that began earlier may still be near.
    """
    by_producer: dict[int, list[Planned]] = defaultdict(list)
    for visit in visits:
        by_producer[visit.producer].append(visit)
    found = []
    for producer in sorted(by_producer):
        near: list[Planned] = []
        for visit in sorted(by_producer[producer], key=lambda one: (one.first, one.last, one.key)):
            near = [one for one in near if max(0, (visit.first - one.last).days) < gap]
            found += [Pair(one.key, visit.key, max(0, (visit.first - one.last).days)) for one in near]
            near.append(visit)
    return found
