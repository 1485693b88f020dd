"""Charts drawn on the server: SVG without script or inline style, with a table behind and words instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from ocop.kit import formats
from ocop.kit.templatetags.ui_library import component, part, register

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 46, 24, 14, 26
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Tick:
    """A line of the grid: where, and what it stands for."""

    place: str
    text: str


def nice_top(highest: float) -> float:
    """The end of an axis: the next round number at or above the highest value, at least 1."""
    if highest <= 1:
        return 1
    power = 10 ** (len(str(int(highest))) - 1)
    return next(step * power for step in STEPS if step * power >= highest)


def _at(place: float) -> str:
    """A coordinate as SVG writes it, whatever the language of the page."""
    return f"{place:.1f}"


def _y(value: float, top: float) -> str:
    return _at(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top))


def _paths(points: Sequence[tuple[str, str | None]]) -> list[str]:
    """The line, broken where nothing is known."""
    paths: list[list[str]] = [[]]
    for x, y in points:
        if y is None:
            paths.append([])
        else:
            paths[-1].append(f"{x},{y}")
    return [" ".join(one) for one in paths if one]


@component("line_chart")
@register.simple_tag
def line_chart(
    points: Sequence[tuple[date, float | None]], label: str, measure: str = "", target: Any = None
) -> SafeString:
    """A trend: points (day, value or None for unknown) in ascending order, a dashed line at the target.

    label: what it shows, read instead of the drawing; measure: unit of the values. The same as a table unfolds below.
    """
    known = [value for _, value in points if value is not None]
    goal = float(target) if target is not None else None
    top = nice_top(max([*known, goal or 0], default=0))
    width = WIDTH - LEFT - RIGHT
    places = [_at(LEFT + width * index / max(len(points) - 1, 1)) for index in range(len(points))]
    drawn = [
        (x, None if value is None else _y(value, top)) for x, (_, value) in zip(places, points, strict=True)
    ]
    every = max(1, len(points) // 6)
    return part(
        "line_chart",
        {
            "label": label,
            "words": _words(points, measure, goal),
            "paths": _paths(drawn),
            "last": next((point for point in reversed(drawn) if point[1] is not None), None),
            "goal": _y(goal, top) if goal is not None else None,
            "grid": [Tick(_y(top * share, top), formats.number(top * share)) for share in (0, 0.5, 1)],
            "days": [
                Tick(x, f"{day:%m/%y}")
                for index, (x, (day, _)) in enumerate(zip(places, points, strict=True))
                if (len(points) - 1 - index) % every == 0
            ],
            "rows": [(formats.day(day), shown(value, measure)) for day, value in reversed(points)],
            "width": WIDTH, "height": HEIGHT, "floor": HEIGHT - 8,
            "left": LEFT, "axis": LEFT - 6, "right": WIDTH - RIGHT,
        },
    )  # fmt: skip


def shown(value: float | None, measure: str) -> str:
    """A value with its unit of measure: "12 sản phẩm", "33,3 %"; "chưa có" for None."""
    if value is None:
        return "chưa có"
    return f"{formats.number(value, 1 if measure == '%' else 0)} {measure}".strip()


@component("figure_value")
@register.simple_tag
def figure_value(value: float | None, measure: str = "", brief: bool = False) -> str:
    """A figure with its unit of measure: "12 sản phẩm", "33,3 %"; "chưa có" for None and for what is not there.

    brief: money to be read at a glance ("4,9 tỷ đồng"), where the exact sum is a press away.
    """
    known = value if isinstance(value, int | float | Decimal) else None
    if brief and known is not None and measure == "đồng":
        return f"{formats.short_money(int(known))} đồng"
    return shown(known, measure)


def _words(points: Sequence[tuple[date, float | None]], measure: str, goal: float | None) -> str:
    known = [(day, value) for day, value in points if value is not None]
    if not known:
        return "chưa có số liệu"
    first, last = known[0], known[-1]
    begun, now = (f"{shown(value, measure)} ngày {formats.day(day)}" for day, value in (first, last))
    words = f"từ {begun} đến {now}"
    return f"{words}, mức cần đạt {shown(goal, measure)}" if goal is not None else words


@component("bar_chart")
@register.simple_tag
def bar_chart(
    rows: Sequence[tuple[str, float | None, str]], label: str, measure: str = "", target: Any = None
) -> SafeString:
    """A ranking as bars: rows (name, value or None, address of what lies behind or ""); a tick at the target.

    The names and values are text, so that it is its own table. label: what it shows; measure: unit of the values.
    """
    goal = float(target) if target is not None else None
    top = max([*(value for _, value, _ in rows if value is not None), goal or 0], default=0) or 1
    return part(
        "bar_chart",
        {
            "label": label,
            "rows": [
                (name, shown(value, measure), url, _at(100 * (value or 0) / top)) for name, value, url in rows
            ],
            "goal": _at(100 * goal / top) if goal is not None else None,
            "goal_words": shown(goal, measure) if goal is not None else "",
        },
    )  # fmt: skip
