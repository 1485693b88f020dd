"""Putting the accepted reports of a round together, and sending the result on."""

from datetime import date, datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.indicators import Figure, Period, indicators
from ocop.kit.registry import announce
from ocop.reporting.actions.reports import press_report
from ocop.reporting.enums import ReportState
from ocop.reporting.models import Consolidation, Round
from ocop.reporting.permissions import may_consolidate
from ocop.reporting.queries.measuring import WHOLE, figures
from ocop.reporting.queries.reports import sum_of
from ocop.reporting.rules.workflow import ARTICLE
from ocop.units.models import Unit


def _packed(found: dict[str, Figure]) -> dict[str, list[int | None]]:
    return {key: [figure.top, figure.bottom] for key, figure in found.items()}


def consolidate(round: Round, unit: Unit, *, by: User, at: datetime | None = None) -> Consolidation:
    """Put the accepted reports of the areas under a unit together; again until it is sent, then it stays.

    Sums and shares come from the reported sums, units without an accepted report are named, the figures measured for
    the unit itself stand beside them. Raises `Forbidden`, or `Refused` once it was sent.
    """
    at = at or clock.now()
    require(may_consolidate(by, unit))
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=round.pk)
        row = Consolidation.objects.filter(round=round, unit=unit).first()
        if row is not None and row.sent_on:
            raise Refused("consolidation.sent", "Báo cáo tổng hợp đã gửi, không lập lại được.", ARTICLE)
        found = sum_of(round, unit)
        row = row or Consolidation(round=round, unit=unit)
        row.figures = _packed(found.figures)
        row.live = _packed(_live(round, unit))
        row.missing = [
            {"agency": one.agency.name, "unit": one.unit.title, "state": one.get_state_display()}
            for one in found.missing
        ]
        row.made_by, row.made_at = by, at
        row.save()
        row.included.set(found.included)
    return row


def _live(round: Round, unit: Unit) -> dict[str, Figure]:
    wanted = [indicators[key] for key in round.form.indicators if key in indicators]
    found = figures(wanted, Period(round.first, round.last), [unit.pk])
    return {key: cells[unit.pk, WHOLE] for key, cells in found.items()}


def write_consolidation(row: Consolidation, *, texts: dict[str, str], by: User) -> Consolidation:
    """Keep the words of the office. Raises `Forbidden`, or `Refused` once it was sent."""
    require(may_consolidate(by, row.unit))
    with transaction.atomic():
        stored = Consolidation.objects.select_for_update().get(pk=row.pk)
        if stored.sent_on:
            raise Refused("consolidation.sent", "Báo cáo tổng hợp đã gửi, không sửa được nữa.", ARTICLE)
        known = {section.key for section in row.round.form.sections if section.kind == "text"}
        stored.texts = {key: text.strip() for key, text in texts.items() if key in known}
        stored.save(update_fields=["texts"])
    row.refresh_from_db()
    return stored


def send_consolidation(
    row: Consolidation, *, number: str, sent_on: date, by: User, at: datetime | None = None
) -> Consolidation:
    """Enter the number and the day under which it went up; its reports are consolidated from now on.

    Sent again, it answers the first. Raises `Forbidden`, `Refused` without a number or for a day ahead.
    """
    at = at or clock.now()
    require(may_consolidate(by, row.unit))
    if not number.strip():
        raise Refused("consolidation.number", "Cần ghi số văn bản.", ARTICLE)
    if sent_on > clock.local_day(at):
        raise Refused("consolidation.ahead", "Ngày gửi ở tương lai.", ARTICLE)
    with transaction.atomic():
        stored = Consolidation.objects.select_for_update().get(pk=row.pk)
        if stored.sent_on:
            return stored
        for report in stored.included.filter(state=ReportState.ACCEPTED).select_related("receiver"):
            press_report(report, "send_on", by=by, at=at)
        stored.number, stored.sent_on = number.strip(), sent_on
        stored.save(update_fields=["number", "sent_on"])
        announce("report.consolidated", by=by, subject=stored, number=stored.number)
    row.refresh_from_db()
    return stored
