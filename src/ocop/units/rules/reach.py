"""What a unit reaches: its subtree, and the older units that it wholly took in. Plain sets of numbers."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


@dataclass(frozen=True)
class Span:
    """First and last day (None = open), both inclusive."""

    start: date
    end: date | None

    def holds(self, day: date) -> bool:
        """True when the day lies inside."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass
class Graph(Generic[Node]):
    """Units, who stood under whom and when, and who went into whom and when."""

    spans: dict[Node, Span]
    under: list[tuple[Node, Node, Span]]  # unit, parent, when
    steps: list[tuple[Node, Node, date]]  # predecessor, successor, day of the change
    _children: dict[Node, list[tuple[Node, Span]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for unit, parent, span in self.under:
            self._children.setdefault(parent, []).append((unit, span))

    def subtree(self, top: Node, day: date | None = None) -> set[Node]:
        """The unit and all that stand below it on that day, or, without a day, ever stood below it."""
        found, ahead = {top}, [top]
        while ahead:
            for child, span in self._children.get(ahead.pop(), []):
                if child not in found and (day is None or span.holds(day)):
                    found.add(child)
                    ahead.append(child)
        return found

    def with_absorbed(self, members: Iterable[Node], day: date | None = None) -> set[Node]:
        """The members and, again and again, every earlier unit that went into them and nowhere else.

        A unit in parts counts when all its parts went to members. A unit that ended without a known successor
        stays with the unit above it (the communes of 2023 whose successor is not confirmed; the districts of
        30/6/2025, which fall to the province). With a day, only what had happened by then counts.
        """
        went: dict[Node, set[Node]] = {}
        for old, new, on in self.steps:
            if day is None or on <= day:
                went.setdefault(old, set()).add(new)
        for unit, parent in self._last_parents().items():
            span = self.spans[unit]
            ended = span.end is not None and (day is None or span.end < day)
            if unit not in went and ended:
                went[unit] = {parent}
        return _close(set(members), went)

    def _last_parents(self) -> dict[Node, Node]:
        """The parent under which each unit stood last."""
        last: dict[Node, tuple[date, Node]] = {}
        for unit, parent, span in self.under:
            if unit not in last or span.start > last[unit][0]:
                last[unit] = (span.start, parent)
        return {unit: parent for unit, (_, parent) in last.items()}

    def covers(self) -> dict[Node, set[Node]]:
        """For every unit its reach without dates: subtree over its life, and what these wholly absorbed."""
        return {unit: self.with_absorbed(self.subtree(unit)) for unit in self.spans}


def _close(members: set[Node], went: Mapping[Node, set[Node]]) -> set[Node]:
    """Add each unit all of whose heirs are members, until nothing more comes."""
    waiting: dict[Node, set[Node]] = {}
    for old, heirs in went.items():
        for heir in heirs:
            waiting.setdefault(heir, set()).add(old)
    ahead = list(members)
    while ahead:
        for old in waiting.get(ahead.pop(), ()):
            if old not in members and went[old] <= members:
                members.add(old)
                ahead.append(old)
    return members
