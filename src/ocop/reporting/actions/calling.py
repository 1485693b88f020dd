"""Rounds opened by the calendar, and reminders of what is due or late."""

from datetime import date, datetime, timedelta

from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats
from ocop.kit.errors import Refused
from ocop.reporting.actions.reports import KIND, open_round, terms_of
from ocop.reporting.enums import ReportState, ReportType
from ocop.reporting.models import Report, ReporterRule, Round
from ocop.reporting.queries.people import people_who
from ocop.reporting.rules.rounds import MONTHS
from ocop.reporting.rules.workflow import RECEIVER, REPORTER
from ocop.rulebook.queries import setting
from ocop.units.models import Unit

BEFORE = (7, 3, 1, 0)
"""Days before the last one on which the reporters are reminded."""
AFTER = (1, 3, 7, 14)
"""Days after it on which reporters and receivers are told that a report is late."""


def open_due(province: Unit, today: date) -> list[Round]:
    """Open the rounds of the province whose last day is near, in the name of nobody; those open stay as they are."""
    if not ReporterRule.objects.valid_on(today).filter(province__in=(province.code, "")).exists():
        return []
    ahead = today + timedelta(days=int(setting("report_opens_days", province.code, today)))
    opened = []
    for kind in ReportType.values:
        for number, _ in enumerate(MONTHS.get(kind, ()), start=1):
            for year in {today.year, ahead.year}:
                try:
                    terms = terms_of(province, kind, year, number)
                    if today <= terms.due_on <= ahead:
                        opened.append(open_round(province, terms, by=None))
                except Refused:
                    continue  # no rule, no form or nobody who reports: the province has not set this kind up
    return opened


def remind(today: date, *, at: datetime | None = None) -> int:
    """Tell who has not sent, as the last day comes and goes; each day once. Answers how many reports."""
    at = at or clock.now()
    days = [today + timedelta(days=days) for days in BEFORE] + [
        today - timedelta(days=days) for days in AFTER
    ]
    rows = Report.objects.filter(
        round__due_on__in=days, state__in=(ReportState.DRAFT, ReportState.RETURNED)
    ).select_related("round", "agency", "receiver")
    for row in rows:
        _remind(row, today, at)
    return len(rows)


def _remind(row: Report, today: date, at: datetime) -> None:
    left, _ = formats.distance(row.round.due_on, today)
    is_late = row.round.due_on < today
    people = people_who(REPORTER, row) + (people_who(RECEIVER, row) if is_late else [])
    notify_each(
        people, kind=KIND, title=f"{'Chưa có' if is_late else 'Sắp đến hạn'}: {row}",
        text=f"Ngày cuối cùng gửi {formats.day(row.round.due_on)}, {left}.", url=row.get_absolute_url(),
        subject_key=f"report:{row.pk}", dedupe_key=f"report:{row.pk}:{today.isoformat()}", at=at,
    )  # fmt: skip
