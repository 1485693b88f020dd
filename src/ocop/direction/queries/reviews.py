"""What a review is drawn from: indicators against targets, accepted reports, tasks."""

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from ocop.direction.enums import TaskState
from ocop.direction.models import Review, Task
from ocop.direction.rules.reviews import ReviewFacts, standing
from ocop.kit.indicators import Figure, Indicator, Period, indicators
from ocop.kit.templatetags.ui_charts import shown
from ocop.reporting.models import Consolidation, Report, ReportText, Target
from ocop.reporting.queries.measuring import figure

logger = logging.getLogger(__name__)
STATES = {
    "reached": ("Đạt", "leaf", "circle-check"), "short": ("Chưa đạt", "clay", "trending-down"),
    "": ("Không giao", "grey", "minus"),
}  # fmt: skip


def facts_of(review: Review) -> ReviewFacts:
    """What the guards of the flow look at."""
    return ReviewFacts(
        has_figures=bool(review.figures), shortcomings=review.shortcomings, solutions=review.solutions,
        number=review.number, signed_on=review.signed_on, signer=review.signer,
    )  # fmt: skip


def span_of(review: Review, today: date) -> Period:
    """The days of a review: its year or the whole period, as far as they have passed."""
    if review.year:
        first, last = date(review.year, 1, 1), date(review.year, 12, 31)
    else:
        first, last = review.programme.valid_from, review.programme.valid_to or today
    return Period(first, min(last, today))


def reports_of(review: Review) -> tuple[Consolidation | None, list[Report]]:
    """The accepted reports of the days of a review: of the unit itself, and what was put together for it.

    The consolidation is that of the yearly round, or of the period's; the newest counts.
    """
    kind = "year" if review.year else "period"
    span = Q(round__last__year=review.year) if review.year else Q(
        round__last__gte=review.programme.valid_from, round__first__lte=review.programme.valid_to or date.max
    )  # fmt: skip
    put = Consolidation.objects.filter(span, unit=review.unit_id, round__kind=kind)
    together = put.select_related("round").order_by("-round__last", "-made_at").first()
    rows = Report.objects.counted().filter(span, Q(unit=review.unit_id) | Q(receiver=review.unit_id))
    return together, list(rows.select_related("round", "agency").order_by("round__last", "pk"))


@dataclass(frozen=True)
class Drawn:
    """Everything that a review takes from the system."""

    figures: list[dict[str, Any]]
    tasks: dict[str, int]
    texts: dict[str, str]
    consolidation: Consolidation | None
    reports: list[Report]


def draw(review: Review, today: date) -> Drawn:
    """Measure every indicator, put the reported figure and the target beside it, count the tasks, take the words."""
    period = span_of(review, today)
    together, reports = reports_of(review)
    reported = _reported(review, together, reports)
    targets = _targets(review)
    lines = [_line(one, review, period, reported.get(one.key), targets.get(one.key)) for one in indicators]
    return Drawn(lines, _tasks(review, period, today), _texts(together, reports), together, reports)


def _targets(review: Review) -> dict[str, tuple[Any, bool]]:
    """Indicator to its target and whether that is the whole period's: the year's own goes before it."""
    rows = Target.objects.filter(programme=review.programme_id, unit=review.unit_id)
    found = {row.indicator: (row.value, True) for row in rows.of_year(None)}
    if review.year:
        found |= {row.indicator: (row.value, False) for row in rows.of_year(review.year)}
    return found


def _reported(review: Review, together: Consolidation | None, reports: list[Report]) -> dict[str, Figure]:
    """The sums of the consolidation; without one the figures of the unit's own last report of that kind."""
    if together is not None:
        return {key: Figure(*pair) for key, pair in together.figures.items()}
    kind = "year" if review.year else "period"
    own = [row for row in reports if row.unit_id == review.unit_id and row.round.kind == kind]
    if not own:
        return {}
    return {cell.indicator: cell.reported for cell in own[-1].cells.all() if cell.reported is not None}


def _line(
    one: Indicator,
    review: Review,
    period: Period,
    reported: Figure | None,
    target: tuple[Any, bool] | None,
) -> dict[str, Any]:
    measured: Figure | None = None
    try:
        with transaction.atomic():
            measured = figure(one, period, review.unit_id)
    except Exception:  # whatever an app's facts raise, the other figures stand
        logger.exception("indicator %s failed", one.key)
    return {
        "key": one.key, "name": one.name, "measure": one.measure,
        "measured": [measured.top, measured.bottom] if measured else None,
        "reported": [reported.top, reported.bottom] if reported else None,
        "goal": float(target[0]) if target is not None else None,
        "of_period": bool(target and target[1] and review.year),
    }  # fmt: skip


def _tasks(review: Review, period: Period, today: date) -> dict[str, int]:
    rows = Task.objects.filter(
        unit__covers__holder=review.unit_id, last_on__gte=period.first, first_on__lte=period.last
    ).exclude(state=TaskState.STOPPED)  # fmt: skip
    return {
        "total": rows.count(), "done": rows.filter(state=TaskState.DONE).count(),
        "overdue": rows.overdue(today).count(),
    }  # fmt: skip


def _texts(together: Consolidation | None, reports: list[Report]) -> dict[str, str]:
    """The words of the consolidation, else of the last report of the unit."""
    if together is not None:
        return {key: text for key, text in together.texts.items() if text}
    rows = ReportText.objects.filter(report__in=[row.pk for row in reports]).exclude(text="")
    return dict(rows.order_by("report__round__last").values_list("section", "text"))


@dataclass(frozen=True)
class FigureLine:
    """A line of the table of results."""

    name: str
    reported: str
    measured: str
    goal: str
    mark: tuple[str, str, str]


def lines_of(review: Review) -> list[FigureLine]:
    """The figures of a review in words: what was reported counts, else what was measured."""
    found = []
    for row in review.figures:
        reported = Figure(*row["reported"]) if row["reported"] else None
        measured = Figure(*row["measured"]) if row["measured"] else None
        counted = reported or measured
        state = standing(counted.value if counted else None, row["goal"])
        found.append(
            FigureLine(
                row["name"], _words(reported, row["measure"]), _words(measured, row["measure"]) or "chưa tính được",
                _goal(row), STATES[state],
            )
        )  # fmt: skip
    return found


def _goal(row: dict[str, Any]) -> str:
    """The target in words; of a year without its own that of the period."""
    if row["goal"] is None:
        return ""
    return shown(row["goal"], row["measure"]) + (" (cả giai đoạn)" if row["of_period"] else "")


def _words(found: Figure | None, measure: str) -> str:
    return shown(found.value, measure) if found is not None else ""
