"""A figure beside that of the period before and of the year before, on the same ground.

What is measured for an earlier day are the facts of the units that the unit covers today (`units.UnitCover`): of a
commune that was merged from three, the three together. So nothing is converted and nothing compared with a part.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ocop.kit import formats
from ocop.kit.indicators import Figure, Indicator, Period, indicators
from ocop.reporting.models import Consolidation, Report, Round
from ocop.reporting.queries.measuring import series
from ocop.reporting.rules.earlier import change, period_before, year_before

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Then:
    """A figure of an earlier period, and how today's differs from it in words ("" where nothing can be said)."""

    last: date
    value: float | None
    words: str


@dataclass(frozen=True)
class Compared:
    """The figure of the period before, and of the same days a year before."""

    before: Then
    year: Then


def change_words(one: Indicator, now: float | None, then: float | None) -> str:
    """ "+2 (+20 %)", "-3,4 điểm %", "không đổi"."""
    by, share = change(now, then)
    if by is None:
        return ""
    places = 1 if one.is_share else 0
    text = formats.number(by, places)
    if text.strip("0,.") == "":
        return "không đổi"
    signed = text if by < 0 else f"+{text}"
    if one.is_share:
        return f"{signed} điểm %"
    return signed if share is None else f"{signed} ({'+' if share > 0 else ''}{formats.number(share, 0)} %)"


def compare(now: dict[str, Figure | None], period: Period, unit_id: int) -> dict[str, Compared]:
    """Each figure of the period beside the earlier ones of the unit; one or two queries per indicator.

    An indicator that fails is left out, the others stand.
    """
    periods = [
        Period(*days)
        for days in (year_before(period.first, period.last), period_before(period.first, period.last))
    ]
    found = {}
    for one in _declared(now):
        earlier = _series(one, periods, unit_id)
        if earlier is not None:
            found[one.key] = _compared(one, now[one.key], periods, earlier)
    return found


def _declared(keys: Iterable[str]) -> list[Indicator]:
    return [indicators[key] for key in keys if key in indicators]


def _series(one: Indicator, periods: list[Period], unit_id: int) -> list[Figure] | None:
    try:
        with transaction.atomic():
            ordered = sorted(set(periods), key=lambda period: (period.last, period.first))
            measured = dict(zip(ordered, series(one, ordered, [unit_id])[unit_id], strict=True))
    except Exception:  # whatever an app's facts raise, the other figures stand
        logger.exception("indicator %s failed", one.key)
        return None
    return [measured[period] for period in periods]


def _compared(
    one: Indicator, figure: Figure | None, periods: list[Period], earlier: list[Figure]
) -> Compared:
    now = figure.value if figure is not None else None
    year, before = (
        Then(period.last, found.value, change_words(one, now, found.value))
        for period, found in zip(periods, earlier, strict=True)
    )
    return Compared(before, year)


def compare_report(report: Report) -> dict[str, Compared]:
    """What an agency reported beside what its unit had before."""
    now = {cell.indicator: cell.reported for cell in report.cells.all()}
    return compare(now, Period(report.round.first, report.round.last), report.unit_id)


def compare_consolidation(row: Consolidation) -> dict[str, Compared]:
    """The sums beside what the unit itself had before."""
    now = {key: row.figure(key) for key in row.round.form.indicators}
    return compare(now, Period(row.round.first, row.round.last), row.unit_id)


def earlier_days(round: Round) -> tuple[date, date]:
    """The last days of the period before and of that of the year before, for the heads of tables."""
    return period_before(round.first, round.last)[1], year_before(round.first, round.last)[1]
