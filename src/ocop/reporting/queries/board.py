"""What a board shows: every indicator of a unit on a day, against its target, with trend, outlook and ranking."""

from dataclasses import dataclass
from datetime import date, datetime

from ocop.kit.indicators import Figure, Indicator, indicators
from ocop.reporting.models import Freeze, Measured, Programme, Target
from ocop.reporting.queries.comparing import Then, change_words
from ocop.reporting.queries.places import children_of
from ocop.reporting.rules.pace import Outlook, outlook
from ocop.units.models import Unit
from ocop.units.queries import province_of

MARKS = {
    "reached": ("Đã đạt", "leaf", "circle-check"),
    "on_pace": ("Đúng tiến độ", "water", "trending-up"),
    "behind": ("Chậm", "clay", "trending-down"),
    "unknown": ("Chưa giao chỉ tiêu", "grey", "minus"),
    "failed": ("Chưa tính được", "seal", "alert-triangle"),
}


@dataclass(frozen=True)
class Line:
    """One indicator of the board. `figure` is None when it was not measured or failed."""

    indicator: Indicator
    figure: Figure | None
    target: Target | None
    outlook: Outlook
    trend: list[tuple[date, float | None]]
    failed: str = ""

    @property
    def value(self) -> float | None:
        """The number shown."""
        return self.figure.value if self.figure is not None else None

    @property
    def goal(self) -> float | None:
        """The value that the target asks for."""
        return float(self.target.value) if self.target is not None else None

    @property
    def earlier(self) -> list[Then]:
        """The figure a year ago and, of things that stand, at the end of the last month, out of the trend.

        Events are counted from the first of January on, so that a month before says nothing.
        """
        places = [-13] if self.indicator.facts.are_events else [-2, -13]
        return [
            Then(*self.trend[place], change_words(self.indicator, self.value, self.trend[place][1]))
            for place in places
            if len(self.trend) >= -place
        ]

    @property
    def mark(self) -> tuple[str, str, str]:
        """(word, tone, icon) of where the figure stands."""
        return MARKS["failed" if self.failed else self.outlook.state]

    @property
    def reached_percent(self) -> int | None:
        """How much of the target is reached, at most 100."""
        if self.goal is None or self.value is None:
            return None
        return 100 if self.goal == 0 else min(100, int(100 * self.value / self.goal))


@dataclass(frozen=True)
class Rank:
    """A unit under the one shown, with its figure of the chosen indicator."""

    unit: Unit
    figure: Figure | None


@dataclass(frozen=True)
class Board:
    """The board of a unit on a day; `measured_at` is None while nothing was measured for that day."""

    unit: Unit
    day: date
    programme: Programme | None
    lines: list[Line]
    measured_at: datetime | None
    freeze: Freeze | None

    def line(self, key: str) -> Line | None:
        """The line of an indicator."""
        return next((line for line in self.lines if line.indicator.key == key), None)


def programme_of(unit: Unit, day: date, slug: str = "") -> Programme | None:
    """The programme period that is asked for, else the one that runs in the unit's province on that day."""
    province = province_of(unit)
    code = province.code if province is not None else ""
    if slug:
        return Programme.objects.filter(province=code, slug=slug).first()
    return Programme.objects.of(code, day)


def targets_of(programme: Programme | None, unit: Unit, day: date) -> dict[str, Target]:
    """The target of each indicator that is due next: of the day's year, else of the end of the period."""
    if programme is None:
        return {}
    rows = Target.objects.filter(programme=programme, unit=unit).select_related("programme")
    of_period = {row.indicator: row for row in rows if row.year is None}
    return of_period | {row.indicator: row for row in rows if row.year == day.year}


def board(unit: Unit, day: date, *, today: date, slug: str = "") -> Board:
    """Everything of the board out of figures measured ahead; a constant number of queries."""
    programme = programme_of(unit, day, slug)
    targets = targets_of(programme, unit, day)
    measured = {row.indicator: row for row in Measured.objects.filter(unit=unit, day=day)}
    lines = [_line(one, measured.get(one.key), targets.get(one.key), day) for one in indicators]
    moments = [row.at for row in measured.values()]
    frozen = Freeze.objects.filter(unit=unit, last=day).select_related("by").order_by("-at").first()
    return Board(unit, day, programme, lines, min(moments, default=None), frozen)


def _line(one: Indicator, measured: Measured | None, target: Target | None, day: date) -> Line:
    trend = measured.points if measured is not None else []
    found = outlook(
        trend, today=day, target=float(target.value) if target is not None else None,
        last_day=target.last_day if target is not None else None, is_share=one.is_share,
    )  # fmt: skip
    failed = measured.failed if measured is not None else ""
    return Line(one, measured.figure if measured is not None else None, target, found, trend, failed)


def ranking(unit: Unit, day: date, key: str) -> list[Rank]:
    """The units right under the one shown, the best first, those without a figure last."""
    children = children_of(unit, day)
    rows = Measured.objects.filter(unit__in=children, day=day, indicator=key).defer("trend")
    figures = {row.unit_id: row.figure for row in rows}
    ranks = [Rank(child, figures.get(child.pk)) for child in children]
    return sorted(ranks, key=lambda rank: (_value(rank) is None, -(_value(rank) or 0), rank.unit.name))


def _value(rank: Rank) -> float | None:
    return rank.figure.value if rank.figure is not None else None
