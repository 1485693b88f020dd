"""Measuring ahead: figures of units on a day with the trend that led there, kept ready for boards."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import DatabaseError, transaction

from ocop.kit import clock
from ocop.kit.indicators import Figure, Indicator, Period, indicators
from ocop.reporting.models import Measured
from ocop.reporting.queries.measuring import series, year_to
from ocop.reporting.rules.months import month_ends
from ocop.units.models import Unit

logger = logging.getLogger(__name__)

MONTHS = 36
KEPT = timedelta(days=7)
CHUNK = 2000
FAILED = "Chỉ tiêu này chưa tính được; người vận hành đã được ghi nhật ký."


def measure(
    units: Sequence[Unit],
    day: date,
    *,
    wanted: Iterable[Indicator] | None = None,
    at: datetime | None = None,
    step: Callable[[float, str], None] = lambda percent, text: None,
) -> int:
    """Measure indicators (all by default) of units on a day, with the 36 months before; answers how many figures.

    An indicator that fails is kept as failed and leaves the others alone. Measured again, a figure replaces the old.
    """
    at, chosen = at or clock.now(), list(wanted if wanted is not None else indicators)
    periods = [year_to(end) for end in month_ends(day, MONTHS)]
    made = 0
    for place, one in enumerate(chosen):
        step(100 * place / len(chosen), one.name)
        rows = _rows_of(one, units, periods, day, at)
        for start in range(0, len(rows), CHUNK):
            _keep(rows[start : start + CHUNK])
        made += len(rows)
    return made


def _rows_of(
    one: Indicator, units: Sequence[Unit], periods: list[Period], day: date, at: datetime
) -> list[Measured]:
    ids = [unit.pk for unit in units]
    try:
        with transaction.atomic():
            found = series(one, periods, ids)
    except (DatabaseError, ArithmeticError, LookupError, TypeError, ValueError):
        logger.exception("indicator %s failed", one.key)
        return [Measured(unit_id=pk, indicator=one.key, day=day, failed=FAILED, at=at) for pk in ids]
    return [
        Measured(
            unit_id=pk, indicator=one.key, day=day, top=found[pk][-1].top, bottom=found[pk][-1].bottom, at=at,
            trend=_packed(periods, found[pk]),
        )
        for pk in ids
    ]  # fmt: skip


def _packed(periods: list[Period], figures: list[Figure]) -> list[list[object]]:
    return [
        [period.last.isoformat(), figure.top, figure.bottom]
        for period, figure in zip(periods, figures, strict=True)
    ]


def _keep(rows: list[Measured]) -> None:
    Measured.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["unit", "indicator", "day"],
        update_fields=["top", "bottom", "failed", "trend", "at"],
    )


def sweep(*, at: datetime | None = None) -> int:
    """Throw away figures measured for other days than today more than a week ago; answers how many."""
    at = at or clock.now()
    old = Measured.objects.filter(at__lt=at - KEPT).exclude(day=clock.local_day(at))
    return old.delete()[0]
