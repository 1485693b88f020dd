"""Writes of reports: rounds opened, figures taken, words written, sent, returned, accepted."""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ocop.accounts.models import User
from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Forbidden, Refused, Stale, require
from ocop.kit.flow import MoveBase
from ocop.kit.indicators import Figure, Period, indicators
from ocop.kit.text import nfc
from ocop.producers.casework import keep_files
from ocop.reporting.models import (
    FormVersion,
    Report,
    ReportCell,
    ReporterRule,
    ReportMove,
    ReportRule,
    ReportText,
    Round,
)
from ocop.reporting.permissions import may_open_round
from ocop.reporting.queries.measuring import WHOLE, figures
from ocop.reporting.queries.people import people_who, roles_on_report
from ocop.reporting.queries.reports import facts_of, reporting_agencies
from ocop.reporting.rules.rounds import spans, title_of
from ocop.reporting.rules.workflow import ARTICLE, RECEIVER, REPORT, REPORTER
from ocop.units.models import Agency, Unit
from ocop.units.queries import district_of

logger = logging.getLogger(__name__)

KIND = "case.reports"


def _due(report: Report, day: date) -> date | None:
    """A report is due on the day of its round; what was sent waits for nobody's day."""
    return report.round.due_on if report.is_open else None


def _tell(report: Report, move: MoveBase) -> None:
    """The receivers of what came in, the reporters of what became of it."""
    role = RECEIVER if report.state == "submitted" else REPORTER
    people = [person for person in people_who(role, report) if person.pk != move.by_id]  # type: ignore[attr-defined]
    due = f" Hạn {formats.day(report.due_on)}." if report.due_on else ""
    notify_each(
        people, kind=KIND, title=f"{report.get_state_display()}: {report}", text=f"{move.reason}{due}".strip(),
        url=report.get_absolute_url(), subject_key=f"report:{report.pk}", at=move.at,
    )  # fmt: skip


DESK = Desk(REPORT, ReportMove, roles_on_report, facts=facts_of, due=_due, tell=_tell, opened="Mở báo cáo")


@dataclass(frozen=True)
class Terms:
    """What a round is opened with. `due_on` and the days are given for kinds without a rhythm."""

    kind: str
    title: str
    first: date
    last: date
    due_on: date
    basis: str = ""


def terms_of(province: Unit, kind: str, year: int, number: int) -> Terms:
    """The terms that the dated rule of the province gives a report of a year.

    Raises `Refused` where no rule holds, or the kind has no rhythm.
    """
    day = date(year, 12, 31)
    rules = ReportRule.objects.valid_on(day).filter(kind=kind, province__in=(province.code, ""))
    rule = rules.order_by("-province", "-valid_from").first()
    if rule is None or rule.before_day is None:
        raise Refused("round.rule", "Loại báo cáo này không có kỳ hạn sẵn; hãy ghi ngày.", ARTICLE)
    found = {one.number: one for one in spans(kind, year, before_day=rule.before_day, basis=rule.basis)}
    if number not in found:
        raise Refused("round.number", "Năm này không có kỳ báo cáo đó.", ARTICLE)
    one = found[number]
    return Terms(kind, title_of(kind, year, number), one.first, one.last, one.due_on, rule.source)


def open_round(
    province: Unit,
    terms: Terms,
    *,
    by: User | None,
    agencies: Iterable[Agency] | None = None,
    at: datetime | None = None,
) -> Round:
    """Open a round and a report for every agency that reports; all are told. Opened twice, it answers the first.

    `by` None: opened by the scheduler. `agencies` limits a report on request to those asked. Raises `Refused` without a
    published form or without anybody who reports.
    """
    at = at or clock.now()
    if by is not None:
        require(may_open_round(by, province))
    if terms.last < terms.first:
        raise Refused("round.days", "Ngày cuối của kỳ phải từ ngày đầu trở đi.", ARTICLE)
    form = FormVersion.objects.in_force(terms.kind, province.code, terms.due_on)
    if form is None:
        raise Refused("round.form", "Chưa có mẫu đã ban hành cho loại báo cáo này.", ARTICLE)
    days = {"kind": terms.kind, "province": province, "first": terms.first, "last": terms.last}
    with transaction.atomic():
        try:
            with transaction.atomic():
                round = Round.objects.create(
                    **days, title=terms.title, due_on=terms.due_on, form=form, basis=terms.basis, opened_at=at,
                    opened_by=by,
                )  # fmt: skip
        except IntegrityError:
            return Round.objects.get(**days)
        _open_reports(round, agencies, by, at)
    return round


def reporters_of(round: Round, day: date) -> list[tuple[Agency, bool]]:
    """Who reports in a round by the rules of a day, each with whether it reports to its district."""
    rules = ReporterRule.objects.valid_on(day).filter(province__in=(round.province.code, ""))
    return reporting_agencies(round, [(rule.agency_kind, rule.to_district) for rule in rules], day)


def _open_reports(round: Round, agencies: Iterable[Agency] | None, by: User | None, at: datetime) -> None:
    """One report per agency in force on the last day; a round opened ahead reckons with the day of its opening."""
    day = min(round.due_on, clock.local_day(at))
    asked = [(agency, False) for agency in agencies] if agencies is not None else reporters_of(round, day)
    if not asked:
        raise Refused("round.nobody", "Không có cơ quan nào phải báo cáo trong kỳ này.", ARTICLE)
    for agency, to_district in asked:
        unit = agency.unit or round.province
        above = district_of(unit, day) if to_district else None
        row = Report(round=round, agency=agency, unit=unit, receiver=above or round.province)
        open_case(DESK, row, by=by, at=at)


def take_figures(round: Round, *, only: Collection[int] | None = None, at: datetime | None = None) -> int:
    """Fill the reports of a round (or `only` some, by id) with the figures of its days; corrections stay.

    An indicator that fails leaves its cells empty, and the rest stands. Answers how many cells were written.
    """
    at = at or clock.now()
    rows = (
        Report.objects.filter(round=round)
        if only is None
        else Report.objects.filter(round=round, pk__in=only)
    )
    reports = list(rows.select_related("unit"))
    # Before the last day has passed the figures are those of today, not of a day to come.
    period, cells = Period(round.first, max(round.first, min(round.last, clock.local_day(at)))), []
    for key in round.form.indicators:
        found = _measured(key, period, [row.unit_id for row in reports])
        for row in reports:
            figure = found.get((row.unit_id, WHOLE))
            cells.append(
                ReportCell(
                    report=row, indicator=key, top=figure.top if figure else None,
                    bottom=figure.bottom if figure else None,
                )
            )  # fmt: skip
    ReportCell.objects.bulk_create(
        cells, batch_size=1000, update_conflicts=True, unique_fields=["report", "indicator"],
        update_fields=["top", "bottom"],
    )  # fmt: skip
    rows.update(measured_at=at)
    return len(cells)


def _measured(key: str, period: Period, unit_ids: list[int]) -> dict[tuple[int, Any], Figure]:
    one = indicators.get(key)
    if one is None:
        return {}
    try:
        with transaction.atomic():
            return figures([one], period, unit_ids)[key]
    except Exception:  # whatever an app's facts raise, the other figures stand
        logger.exception("indicator %s failed", key)
        return {}


@dataclass(frozen=True)
class Correction:
    """What a reporter says of a figure: top None takes the system's figure again."""

    top: int | None
    bottom: int | None = None
    reason: str = ""


def write_report(
    report: Report,
    *,
    texts: Mapping[str, str],
    corrections: Mapping[str, Correction],
    edits: int,
    by: User,
    uploads: Iterable[Any] = (),
    at: datetime | None = None,
) -> Report:
    """Keep words and corrected figures. `edits` is what the page was opened on.

    Raises `Forbidden` for others than the reporter, `Refused` for a report that was sent, `Stale` when somebody else
    wrote meanwhile; then nothing was kept.
    """
    with transaction.atomic():
        row = (
            Report.objects.select_for_update(of=("self",))
            .select_related("round__form", "receiver")
            .get(pk=report.pk)
        )
        if REPORTER not in roles_on_report(by, row):
            raise Forbidden("report.write", "Báo cáo do cán bộ của cơ quan báo cáo lập.", ARTICLE)
        if not row.is_open:
            raise Refused("report.locked", "Báo cáo đã gửi, không sửa được nữa.", ARTICLE)
        if row.edits != edits:
            raise Stale("report.stale", "Người khác vừa sửa báo cáo này sau khi bạn mở trang.", ARTICLE)
        _write_texts(row, texts)
        _write_corrections(row, corrections)
        row.edits += 1
        row.save(update_fields=["edits"])
        keep_files(row, uploads, by=by)
    report.refresh_from_db()
    return row


def _write_texts(row: Report, texts: Mapping[str, str]) -> None:
    known = {section.key for section in row.round.form.sections if section.kind == "text"}
    ReportText.objects.bulk_create(
        [ReportText(report=row, section=key, text=nfc(text).strip()) for key, text in texts.items() if key in known],
        update_conflicts=True, unique_fields=["report", "section"], update_fields=["text"],
    )  # fmt: skip


def _write_corrections(row: Report, corrections: Mapping[str, Correction]) -> None:
    cells = {cell.indicator: cell for cell in row.cells.all()}
    for key, given in corrections.items():
        if key not in row.round.form.indicators:
            raise Refused("report.indicator", "Báo cáo này không có chỉ tiêu đó.", ARTICLE)
        cell = cells.get(key) or ReportCell(report=row, indicator=key)
        cell.corrected_top, cell.corrected_bottom, cell.reason = given.top, given.bottom, given.reason.strip()
        cell.save()


def press_report(
    report: Report, verb: str, *, by: User, reason: str = "", at: datetime | None = None
) -> MoveBase:
    """Press a verb of the flow; sending keeps the moment, returning counts.

    Raises `Refused` with every reason, `Forbidden` for somebody else's verb.
    """
    at = at or clock.now()

    def note(row: Report) -> None:
        if verb == "submit" and row.submitted_at is None:
            row.submitted_at = at
        if verb == "take_back":
            row.submitted_at = None
        if verb in ("return", "unlock"):
            row.returns += 1

    return press(DESK, report, verb, by=by, reason=reason, at=at, before=note)
