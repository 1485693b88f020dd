"""Totals of the ledger: stages side by side, what is left, sums over any part of them."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from ocop.funding.enums import EntryKind

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Line:
    """The sum of the entries that share source, budget level, unit, year, management flag and stage; in đồng."""

    source: str
    budget_level: str
    unit: int
    year: int
    is_management: bool
    kind: str
    amount: int


@dataclass
class Sums:
    """The four stages of some part of the ledger, in đồng."""

    planned: int = 0
    allocated: int = 0
    disbursed: int = 0
    settled: int = 0

    def add(self, kind: str, amount: int) -> None:
        """Count an amount under its stage."""
        name = EntryKind(kind).value
        setattr(self, name, getattr(self, name) + amount)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, kind) + getattr(other, kind) for kind in EntryKind.values))

    @property
    def left(self) -> int:
        """What of the plan is not disbursed yet; below 0 when more was."""
        return self.planned - self.disbursed

    @property
    def share(self) -> int | None:
        """Whole percent of the plan that is disbursed; None without a plan."""
        return round(self.disbursed * 100 / self.planned) if self.planned > 0 else None

    @property
    def is_empty(self) -> bool:
        """True where nothing is left of any stage."""
        return not any(getattr(self, kind) for kind in EntryKind.values)


def grouped(lines: Iterable[Line], key: Callable[[Line], Key]) -> dict[Key, Sums]:
    """Lines summed by a key."""
    found: dict[Key, Sums] = {}
    for line in lines:
        found.setdefault(key(line), Sums()).add(line.kind, line.amount)
    return found


def whole(lines: Iterable[Line]) -> Sums:
    """Everything together."""
    sums = Sums()
    for line in lines:
        sums.add(line.kind, line.amount)
    return sums


@dataclass(frozen=True)
class Pivot:
    """Rows by columns with their sums at the edges."""

    cells: dict[tuple[Hashable, Hashable], Sums]
    rows: dict[Hashable, Sums] = field(default_factory=dict)
    columns: dict[Hashable, Sums] = field(default_factory=dict)
    total: Sums = field(default_factory=Sums)


def pivot(
    lines: Iterable[Line], row: Callable[[Line], Hashable], column: Callable[[Line], Hashable]
) -> Pivot:
    """The same entries by two keys at once."""
    kept = list(lines)
    return Pivot(
        grouped(kept, lambda line: (row(line), column(line))),
        grouped(kept, row),
        grouped(kept, column),
        whole(kept),
    )
