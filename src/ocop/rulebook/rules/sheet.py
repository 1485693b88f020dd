"""The score sheet of one set: sections A/B/C, heads, criteria, levels, minimum levels per star.

Decision 26/2026/QĐ-TTg, Appendix II (and the sheets of Decision 148/QĐ-TTg). A level is named by its place in
the book's list of the criterion: 1 = first, implied levels count; 0 = "không đạt mức nào".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

STARS_WITH_MINIMUMS = (3, 4, 5)
SECTION_POINTS = {"A": 40, "B": 25, "C": 35}


class Missed(NamedTuple):
    """A minimum that is not met: which criterion, for which star, the place needed and the place given.

    `given` is None when the criterion has no answer, 0 when none of the levels fits.
    """

    criterion: str
    star: int
    needed: int
    given: int | None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a criterion; `place` counts from 1 within its case."""

    place: int
    points: int
    text: str
    case: int | None = None
    min_star: int | None = None
    implied: bool = False
    doubtful: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark under a criterion or head; `kind`: info, requirement, condition, evidence, disqualifier."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """An alternative of a set whose criteria are read in two ways (set 26); chosen once for the sheet."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Minimum:
    """The points a criterion must reach for a star (the asterisks of the sheet)."""

    criterion: str
    star: int
    points: int

    def __str__(self) -> str:
        return f"{self.criterion}>={self.points}"


@dataclass(frozen=True)
class Criterion:
    """A criterion with its levels; `parent` is the heading between head and criterion where there is one."""

    code: str
    name: str
    max: int
    levels: tuple[Level, ...]
    notes: tuple[Note, ...] = ()
    cases: tuple[Case, ...] = ()
    parent: str = ""
    own_minimum: Minimum | None = None

    @property
    def has_cases(self) -> bool:
        """True when the levels differ by case."""
        return bool(self.cases)

    def levels_of(self, case: int | None) -> tuple[Level, ...]:
        """The levels to choose from; raises KeyError when there are cases and `case` is none of them."""
        if not self.cases:
            return self.levels
        if case not in {one.number for one in self.cases}:
            raise KeyError(f"case {case!r}")
        return tuple(level for level in self.levels if level.case == case)

    def prints_zero(self, case: int | None = None) -> bool:
        """True when the book itself prints a level of 0 points."""
        return any(level.points == 0 for level in self.levels_of(case))

    def minimums(self, case: int | None = None) -> tuple[Minimum, ...]:
        """The minimums that the marks of this criterion set, by star."""
        found = [
            Minimum(self.code, level.min_star, level.points)
            for level in self.levels_of(case)
            if level.min_star is not None
        ]
        if self.own_minimum:
            found.append(self.own_minimum)
        return tuple(sorted(found, key=lambda minimum: minimum.star))

    def place_for(self, points: int, case: int | None = None) -> int:
        """The first place with at least those points; raises ValueError when no level reaches them."""
        for level in self.levels_of(case):
            if level.points >= points:
                return level.place
        raise ValueError(f"{self.code}: no level has {points} points")


@dataclass(frozen=True)
class Head:
    """A numbered head of a section ("1. Tổ chức sản xuất")."""

    number: int
    name: str
    max: int
    criteria: tuple[Criterion, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Section:
    """Section A, B or C."""

    code: str
    name: str
    max: int
    heads: tuple[Head, ...]

    def criteria(self) -> Iterator[Criterion]:
        """The criteria of the section in book order."""
        for head in self.heads:
            yield from head.criteria


@dataclass(frozen=True, slots=True)
class Band:
    """A star and the first score that belongs to it (Article 4)."""

    star: int
    at_least: int
    certificate: bool
    level: str = ""
    decided_by: str = ""


class Row(NamedTuple):
    """What the scorer needs of one criterion: per answer its points and the minimums that answer misses."""

    code: str
    section: int
    answers: dict[int | None, tuple[int, tuple[Missed, ...]]]


@dataclass(frozen=True)
class Sheet:
    """A whole score sheet."""

    decision: str
    number: int
    name: str
    sections: tuple[Section, ...]
    bands: tuple[Band, ...]
    disqualifiers: tuple[str, ...] = ()
    wording: str = "shortened"

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The cases to choose from, none for most sets; differing labels stand side by side."""
        labels: dict[int, list[str]] = {}
        for criterion in self.criteria:
            for case in criterion.cases:
                if case.label not in labels.setdefault(case.number, []):
                    labels[case.number].append(case.label)
        return tuple(Case(number, " / ".join(labels[number])) for number in sorted(labels))

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion in book order."""
        return tuple(criterion for section in self.sections for criterion in section.criteria())

    @cached_property
    def by_code(self) -> Mapping[str, Criterion]:
        """The criteria by code."""
        return {criterion.code: criterion for criterion in self.criteria}

    @cached_property
    def section_codes(self) -> tuple[str, ...]:
        """Codes of the sections in book order."""
        return tuple(section.code for section in self.sections)

    @cached_property
    def max_points(self) -> int:
        """The highest score that the sheet allows."""
        return sum(section.max for section in self.sections)

    def minimums(self, star: int, case: int | None = None) -> tuple[Minimum, ...]:
        """The minimums of one star, in book order."""
        return tuple(
            minimum
            for criterion in self.criteria
            for minimum in criterion.minimums(self._case_of(criterion, case))
            if minimum.star == star
        )

    def rows(self, case: int | None) -> tuple[Row, ...]:
        """The scoring table of a case, made once; raises KeyError for a missing or unknown case."""
        if not self.cases:
            return self._tables[None]
        return self._tables[case]

    @cached_property
    def _tables(self) -> dict[int | None, tuple[Row, ...]]:
        wanted: tuple[int | None, ...] = tuple(case.number for case in self.cases) or (None,)
        return {case: tuple(self._table(case)) for case in wanted}

    def _table(self, case: int | None) -> Iterator[Row]:
        for index, section in enumerate(self.sections):
            for criterion in section.criteria():
                yield Row(criterion.code, index, _answers(criterion, self._case_of(criterion, case)))

    @staticmethod
    def _case_of(criterion: Criterion, case: int | None) -> int | None:
        if not criterion.cases:
            return None
        return case if case is not None else criterion.cases[0].number


def _answers(criterion: Criterion, case: int | None) -> dict[int | None, tuple[int, tuple[Missed, ...]]]:
    """Every answer the criterion takes, with its points and the minimums it misses."""
    points: dict[int | None, int] = {None: 0, 0: 0}
    points.update({level.place: level.points for level in criterion.levels_of(case)})
    minimums = criterion.minimums(case)
    return {
        place: (
            got,
            tuple(
                Missed(criterion.code, minimum.star, criterion.place_for(minimum.points, case), place)
                for minimum in minimums
                if not place or got < minimum.points
            ),
        )
        for place, got in points.items()
    }
