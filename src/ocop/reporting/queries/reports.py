"""Reads across reports: what guards look at, who is on time, sums of a round."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ocop.kit import clock
from ocop.kit.indicators import Figure, Indicator, indicators
from ocop.reporting.enums import ReportState
from ocop.reporting.models import Report, ReportCell, Round
from ocop.reporting.queries.comparing import Compared
from ocop.reporting.rules.layout import Section
from ocop.reporting.rules.rounds import days_late
from ocop.reporting.rules.workflow import ReportFacts
from ocop.units.enums import AgencyKind
from ocop.units.models import Agency, Unit

OF_AREAS = (AgencyKind.COMMUNE_COMMITTEE, AgencyKind.DISTRICT_COMMITTEE)
"""Agencies whose figures are those of their own area, and so may be added up."""


def name_of(key: str) -> str:
    """The name of an indicator, its key when no app declares it any more."""
    one = indicators.get(key)
    return one.name if one is not None else key


def facts_of(report: Report) -> ReportFacts:
    """What the guards of the flow look at."""
    texts = {row.section: row.text.strip() for row in report.texts.all()}
    cells = list(report.cells.all())
    standing = {cell.indicator for cell in cells if cell.reported is not None}
    return ReportFacts(
        empty_sections=tuple(
            section.title
            for section in report.round.form.sections
            if section.kind == "text" and section.required and not texts.get(section.key)
        ),
        unreasoned=tuple(
            name_of(cell.indicator) for cell in cells if cell.is_corrected and not cell.reason.strip()
        ),
        unmeasured=tuple(name_of(key) for key in report.round.form.indicators if key not in standing),
        is_consolidated_from=report.consolidations.filter(sent_on__isnull=False).exists(),
    )


@dataclass(frozen=True)
class Row:
    """A line of a table of figures."""

    indicator: Indicator
    cell: ReportCell | None
    compared: Compared | None = None


def tables_of(
    report: Report, compared: Mapping[str, Compared] | None = None
) -> list[tuple[Section, list[Row], str]]:
    """Each section of the form with its figures and its words, in two queries; beside earlier ones where given."""
    cells = {cell.indicator: cell for cell in report.cells.all()}
    texts = {row.section: row.text for row in report.texts.all()}
    return [
        (
            section,
            [
                Row(indicators[key], cells.get(key), (compared or {}).get(key))
                for key in section.indicators
                if key in indicators
            ],
            texts.get(section.key, ""),
        )
        for section in report.round.form.sections
    ]


@dataclass(frozen=True)
class Punctuality:
    """How an agency handed in: when, how late, how often it was returned."""

    report: Report
    handed_in: date | None
    late: int
    is_missing: bool


def on_time_board(round: Round, day: date) -> list[Punctuality]:
    """Every report of a round: the latest first, then those on time."""
    rows = (
        Report.objects.filter(round=round)
        .exclude(state=ReportState.CANCELLED)
        .select_related("agency", "unit", "round")
    )
    lines = []
    for row in rows:
        handed_in = clock.local_day(row.submitted_at) if row.submitted_at else None
        lines.append(Punctuality(row, handed_in, days_late(round.due_on, handed_in, day), handed_in is None))
    return sorted(lines, key=lambda line: (-line.late, not line.is_missing, line.report.agency.name))


@dataclass(frozen=True)
class Sum:
    """The accepted figures of a round put together: per indicator, with who is in and who is missing."""

    figures: dict[str, Figure]
    included: list[Report]
    missing: list[Report]


def sum_of(round: Round, unit: Unit) -> Sum:
    """Add up what the areas under a unit reported; shares come from the sums. Four queries, whatever the number."""
    rows = list(
        Report.objects.filter(round=round, unit__covers__holder=unit, agency__kind__in=OF_AREAS)
        .exclude(unit=unit)
        .exclude(state=ReportState.CANCELLED)
        .select_related("agency", "unit")
        .prefetch_related("cells")
        .order_by("agency__name", "pk")
    )
    counted = [row for row in rows if row.state in (ReportState.ACCEPTED, ReportState.CONSOLIDATED)]
    return Sum(_added(counted), counted, [row for row in rows if row not in counted])


def _added(reports: Iterable[Report]) -> dict[str, Figure]:
    sums: dict[str, Figure] = {}
    for report in reports:
        for cell in report.cells.all():
            if (figure := cell.reported) is not None:
                known = sums.get(cell.indicator)
                sums[cell.indicator] = figure if known is None else known + figure
    return sums


def reporting_agencies(
    round: Round, kinds: Iterable[tuple[str, bool]], day: date
) -> list[tuple[Agency, bool]]:
    """The agencies in force on a day that report in a round, each with whether it reports to its district."""
    found = []
    for kind, to_district in kinds:
        rows = Agency.objects.valid_on(day).filter(kind=kind, unit__covers__holder=round.province)
        found += [(agency, to_district) for agency in rows.select_related("unit").order_by("pk")]
    return found
