"""Figures on paper, and frozen figures beside those of today."""

from dataclasses import dataclass

from ocop.kit import formats, papers
from ocop.kit.indicators import Figure, Period, indicators
from ocop.kit.templatetags.ui_charts import shown
from ocop.reporting.models import Freeze
from ocop.reporting.queries.board import Board
from ocop.reporting.queries.measuring import WHOLE, figures


def _known(value: float | None, measure: str) -> str:
    return shown(value, measure) if value is not None else ""


def board_pdf(board: Board) -> bytes:
    """The board as one page: indicator, figure, target, where it stands, outlook."""
    lines = [
        {
            "name": line.indicator.name,
            "value": shown(line.value, line.indicator.measure),
            "goal": shown(line.goal, line.indicator.measure) if line.goal is not None else "",
            "mark": line.mark[0],
            "expected": shown(line.outlook.expected, line.indicator.measure)
            if line.outlook.expected is not None
            else "",
            "percent": line.reached_percent,
        }
        for line in board.lines
    ]
    return papers.pdf(
        "reporting/board.typ",
        {
            "unit": board.unit.title,
            "day": formats.day(board.day),
            "programme": board.programme.name if board.programme else "",
            "measured": formats.moment(board.measured_at),
            "lines": lines,
        },
    )


@dataclass(frozen=True)
class FrozenLine:
    """A frozen figure of the whole beside what the same period gives now."""

    key: str
    name: str
    then: str
    now: str
    differs: bool


def frozen_lines(row: Freeze) -> list[FrozenLine]:
    """Each indicator of the freeze; one that no app declares any more has no figure of now."""
    declared = [one for one in indicators if one.key in set(row.figures.values_list("indicator", flat=True))]
    now = figures(declared, Period(row.first, row.last), [row.unit_id])
    lines = []
    for frozen in row.figures.filter(unit=row.unit_id).order_by("pk"):
        found = now.get(frozen.indicator, {}).get((row.unit_id, WHOLE))
        lines.append(_line(frozen.indicator, frozen.name, frozen.measure, frozen.figure, found))
    return lines


def _line(key: str, name: str, measure: str, then: Figure, now: Figure | None) -> FrozenLine:
    words = shown(now.value, measure) if now is not None else "không còn tính"
    return FrozenLine(key, name, shown(then.value, measure), words, now is not None and now != then)
