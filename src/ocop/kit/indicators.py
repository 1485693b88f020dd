"""Indicators: figures that apps declare over their own facts, for any day of history and any unit.

An indicator counts or sums *facts*: rows that hold from one day to another (a star in force, a legal form), or that
happened on a day (a course held, a sum paid). How facts are added up over units, days and splits is the business of
whoever shows the figures; declaring one is `indicators.add(Indicator(...))` in `apps.py: ready()`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from ocop.kit.registry import Registry


def _as_text(values: Iterable[Any]) -> dict[Any, str]:
    return {value: str(value) for value in values}


@dataclass(frozen=True)
class Split:
    """A way to divide a figure: the path from the fact to the value, and the words for the values."""

    key: str
    label: str
    path: str
    words: Callable[[Iterable[Any]], Mapping[Any, str]] = _as_text


@dataclass(frozen=True)
class Facts:
    """The rows that a figure is made of.

    `rows()` answers all of them, of every day; `unit` is the path to the unit that a row belonged to then ("" where the
    rows are units); `begins` and
    `ends` are the paths to its first and last day, both inclusive (`ends` null is open). Without `ends` a row is an
    event of its day, and is counted over a period. `distinct` counts different values of a path instead of rows,
    `value` sums a path.
    """

    rows: Callable[[], QuerySet]
    unit: str
    begins: str
    ends: str = ""
    gone: tuple[str, ...] = ()
    distinct: str = ""
    value: str = ""
    splits: tuple[Split, ...] = ()

    @cached_property
    def every_row(self) -> QuerySet:
        """`rows()`, put together once: a question about a day costs more to write than to answer."""
        return self.rows()

    @property
    def holder(self) -> str:
        """The path from a row to the units that cover the unit of then."""
        return f"{self.unit}__covers__holder" if self.unit else "covers__holder"

    @property
    def are_events(self) -> bool:
        """True for facts that happen on a day, which are counted over a period."""
        return not self.ends

    def split(self, key: str) -> Split | None:
        """The split of that key, None where these facts are not divided so."""
        return next((one for one in self.splits if one.key == key), None)


@dataclass(frozen=True)
class Indicator:
    """A figure: its name, unit of measure, formula in words, article, and the facts above and below the line.

    With `of` the figure is a share in per cent, worked out from the two sums, never from other shares. `what` says what
    counts and what does not. `clause` is the plan's own number.
    """

    key: str
    name: str
    measure: str
    formula: str
    article: str
    facts: Facts
    of: Facts | None = None
    what: str = ""
    clause: str = ""
    order: int = 100

    @property
    def is_share(self) -> bool:
        """True for a per cent."""
        return self.of is not None


@dataclass(frozen=True)
class Figure:
    """What was measured: `top` alone, or `top` of `bottom` where the indicator is a share."""

    top: int
    bottom: int | None = None

    @property
    def value(self) -> float | None:
        """The number that is shown: the count, or the share in per cent; None for a share of nothing."""
        if self.bottom is None:
            return float(self.top)
        return None if self.bottom == 0 else 100 * self.top / self.bottom

    def __add__(self, other: "Figure") -> "Figure":
        bottom = None if self.bottom is None or other.bottom is None else self.bottom + other.bottom
        return Figure(self.top + other.top, bottom)


@dataclass(frozen=True)
class Period:
    """Days over which events are counted; things that hold are counted on the last of them."""

    first: date
    last: date
    key: str = field(default="", compare=False)


indicators: Registry[Indicator] = Registry("indicators")


def declare(*declared: Indicator) -> None:
    """Make the indicators of an app known; called in its `apps.py: ready()`."""
    for one in declared:
        indicators.add(one)
