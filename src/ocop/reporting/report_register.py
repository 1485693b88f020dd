"""The register of reports: who reports, what was sent, what came back."""

from typing import Any

import django_filters
from django.db.models import Q

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.cases import CasePaper
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.kit.registers import Column, Section
from ocop.producers.casework import OfficeProcedure
from ocop.producers.models import VIEWING_ROLES
from ocop.reporting import report_papers as papers
from ocop.reporting.actions.reports import DESK, press_report
from ocop.reporting.enums import ReportType
from ocop.reporting.models import Report, Round
from ocop.reporting.queries.comparing import compare_report, earlier_days
from ocop.reporting.queries.people import holding
from ocop.reporting.queries.reports import tables_of
from ocop.reporting.rules.rounds import days_late
from ocop.reporting.rules.workflow import REPORTER

OPENED = Refusal("reports.opened", "Báo cáo được mở cùng kỳ báo cáo.")


class ReportFilters(django_filters.FilterSet):
    """Round, kind, state."""

    round = django_filters.ModelChoiceFilter(label="Kỳ", queryset=Round.objects.all())
    kind = django_filters.ChoiceFilter(label="Loại", field_name="round__kind", choices=ReportType.choices)

    class Meta:
        model = Report
        fields = ["round", "kind", "state"]


def late_by(row: Report) -> str:
    """ "trễ 2 ngày" of a report that was, or is, late."""
    handed_in = clock.local_day(row.submitted_at) if row.submitted_at else None
    late = days_late(row.round.due_on, handed_in, clock.today())
    return f"trễ {late} ngày" if late else ""


class ReportsRegister(OfficeProcedure):
    """Periodic reports (section VI.14 of the plan)."""

    key = "reports"
    model = Report
    title = "Báo cáo định kỳ"
    noun = "báo cáo"
    section = "Số liệu & báo cáo"
    icon = "report"
    order = 30
    with_producers = False
    producer_path = ""
    desk = DESK
    marks = {
        "draft": ("water", "pencil"),
        "submitted": ("water", "send"),
        "returned": ("ink", "arrow-back-up"),
        "accepted": ("leaf", "circle-check"),
        "consolidated": ("leaf", "checks"),
        "cancelled": ("grey", "slash"),
    }
    columns = (
        # Words, not a link to the round: who reports presses the first cell to get to the own report.
        Column("name", "Báo cáo", value=lambda row: str(row.round), on="list", sort="round__due_on"),
        Column("round", "Kỳ", on="detail excel api", sort="round__due_on"),
        Column("agency.name", "Cơ quan", on="list detail excel api", sort="agency__name"),
        Column("unit.title", "Địa bàn", on="detail excel api", sort="unit__name"),
        Column("state", on="list detail excel api"),
        Column("round.due_on", "Ngày cuối cùng gửi", on="list detail excel api", sort="round__due_on"),
        Column("submitted_at", "Gửi lúc", on="list detail excel api"),
        Column("late", "Trễ", value=late_by, on="list excel"),
        Column("returns", "Số lần trả lại", on="list detail excel api"),
        Column("receiver.title", "Nơi nhận", on="detail excel"),
    )
    filterset_class = ReportFilters
    sections = (
        Section(
            "Kỳ báo cáo",
            (
                "round",
                "agency.name",
                "unit.title",
                "receiver.title",
                "round.due_on",
                "submitted_at",
                "returns",
            ),
        ),
    )
    related = ("round__form", "agency", "unit", "receiver")
    ordering = ("-round_id", "agency__name", "pk")  # the newest round first
    story = ("unit",)
    papers = (
        CasePaper("bao-cao", "Báo cáo (Word)", papers.report_docx),
        CasePaper("ban-doc", "Báo cáo (PDF)", papers.report_pdf, kind="pdf"),
    )
    detail_template = "reporting/report_detail.html"
    empty_text = "Báo cáo hiện ở đây khi cơ quan thường trực mở kỳ báo cáo."

    def may_see(self, user: Any) -> Verdict:
        return ALLOWED if scope_of(user).has_any(*VIEWING_ROLES) else super().may_see(user)

    def may_create(self, user: Any) -> Verdict:
        return OPENED

    def holding(self, user: Any) -> dict[str, Q]:
        return holding(user)

    def act(self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        return press_report(row, verb, by=by, reason=reason, at=at)

    def detail_context(self, user: Any, row: Report) -> dict[str, Any]:
        """The report as it reads beside earlier periods, and for the reporter the way to write it."""
        writes = row.is_open and REPORTER in self.desk.roles(user, row)
        before, year = earlier_days(row.round)
        return {
            "tables": tables_of(row, compare_report(row)),
            "writes": writes,
            "before": before,
            "year": year,
        }


REPORTS = ReportsRegister()
