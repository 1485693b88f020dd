"""The ranking of a board on the drawing of the province: a point per unit, as large as its figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocop.kit.templatetags.ui_charts import shown
from ocop.reporting.queries.board import Rank
from ocop.units.rules.drawing import HEIGHT, WIDTH, is_inside, position

LEAST, MOST = 5.0, 22.0
"""Radii of the smallest and of the largest figure above nought."""
NAMED = 12
"""How many units are named on the drawing at most, the largest first, none over another's name."""
APART = (92, 30)


@dataclass(frozen=True)
class Point:
    """A unit on the drawing. `r` is None for a figure of nought or none, `is_named` where its name has room."""

    x: float
    y: float
    r: float | None
    name: str
    words: str
    url: str
    is_named: bool


def points(ranks: Sequence[Rank], measure: str, urls: Sequence[str]) -> list[Point]:
    """The units of a ranking that have a place on the drawing, the largest first, so that small ones lie on top."""
    values = [rank.figure.value or 0 if rank.figure is not None else 0 for rank in ranks]
    top = max(values, default=0)
    found: list[Point] = []
    for rank, value, url in zip(ranks, values, urls, strict=True):
        unit = rank.unit
        if unit.lat is None or unit.lng is None or not is_inside(float(unit.lng), float(unit.lat)):
            continue
        x, y = position(float(unit.lng), float(unit.lat))
        at = (round(x * WIDTH, 1), round(y * HEIGHT, 1))
        r = round(LEAST + (MOST - LEAST) * (value / top) ** 0.5, 1) if value > 0 else None
        words = shown(rank.figure.value if rank.figure is not None else None, measure)
        found.append(Point(*at, r, unit.name, words, url, r is not None and _has_room(at, found)))
    return found


def _has_room(at: tuple[float, float], before: Sequence[Point]) -> bool:
    """True while few are named and no name stands near."""
    named = [one for one in before if one.is_named]
    return len(named) < NAMED and not any(
        abs(at[0] - one.x) < APART[0] and abs(at[1] - one.y) < APART[1] for one in named
    )
