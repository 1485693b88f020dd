"""Rounds of reports, the reports of agencies, their figures and words."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ocop.accounts.queries import scope_of
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.indicators import Figure, indicators
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.models import VIEWING_ROLES
from ocop.reporting.enums import ReportState, ReportType, report_states, report_types
from ocop.reporting.models.forms import FormVersion


class Round(models.Model):
    """One call for reports in a province: which days, which form, due when; written down when it opens."""

    kind = models.CharField("loại báo cáo", max_length=12, choices=report_types)
    province = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="tỉnh")
    title = models.CharField("tên kỳ", max_length=120)
    first = models.DateField("số liệu từ ngày")
    last = models.DateField("số liệu đến hết ngày")
    due_on = models.DateField("ngày cuối cùng gửi", db_index=True)
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="rounds", verbose_name="mẫu")
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    opened_at = models.DateTimeField("mở lúc")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người mở"
    )

    class Meta:
        ordering = ["-due_on", "-pk"]
        verbose_name = "kỳ báo cáo"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "province", "first", "last"],
                name="reporting_round_once",
                violation_error_message="Kỳ báo cáo này đã được mở.",
            ),
            models.CheckConstraint(name="reporting_round_days", condition=Q(last__gte=models.F("first"))),
        ]

    def __str__(self) -> str:
        first, kind = self.title[:1].lower() + self.title[1:], ReportType(self.kind).label
        said = first.startswith(
            kind.removeprefix("Báo cáo ").split()[0]
        )  # "Quý III/2026" says itself what it is
        return f"Báo cáo {first}" if said else f"{kind} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:round", args=[self.pk])


class ReportQuerySet(ScopedQuerySet):
    """Reports."""

    producer_path = ""

    def ways(self, user: Any, via: str = "") -> list[Q]:
        """Those of the agencies that the person works in, and of the units in the reach of those who receive."""
        own = scope_of(user).agency_ids(*VIEWING_ROLES)
        return [*super().ways(user, via), Q(**{f"{via}agency_id__in": own})]

    def counted(self) -> Self:
        """Those whose figures count: accepted, whether consolidated already or not."""
        return self.filter(state__in=(ReportState.ACCEPTED, ReportState.CONSOLIDATED))


class Report(CaseBase, WithFiles, Searchable):
    """The report of one agency in one round.

    `unit` is the unit that the agency answered for then; figures are of that unit, of a department of the province.
    `receiver` is who receives it: the standing agency's unit, or the district above.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="reports", verbose_name="kỳ báo cáo")
    agency = models.ForeignKey("units.Agency", models.PROTECT, related_name="+", verbose_name="cơ quan")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="địa bàn")
    receiver = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="nơi nhận")
    state = models.CharField(
        "trạng thái", max_length=16, choices=report_states, default=ReportState.DRAFT, db_index=True
    )
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True, editable=False)
    returns = models.PositiveSmallIntegerField("số lần trả lại", default=0, editable=False)
    measured_at = models.DateTimeField("lấy số lúc", null=True, blank=True, editable=False)
    edits = models.PositiveIntegerField(default=0, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["round", "agency__name", "pk"]
        verbose_name = "báo cáo"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "agency"],
                name="reporting_report_once",
                violation_error_message="Cơ quan này đã có báo cáo của kỳ.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.agency.short_name or self.agency.name}"

    def search_words(self) -> list[str]:
        return [self.agency.name, self.agency.short_name, str(self.round)]

    def get_absolute_url(self) -> str:
        return reverse("reporting:reports_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """True while the reporter may write."""
        return self.state in (ReportState.DRAFT, ReportState.RETURNED)


class ReportMove(MoveBase):
    """One step of a report; `by` is nobody for one that the calendar opened."""

    subject = models.ForeignKey(Report, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(MoveBase.Meta):
        verbose_name = "bước của báo cáo"


class ReportCell(models.Model):
    """One figure of a report: what the system measured, and what the reporter says instead, with the reason.

    Both are kept. `top` and `bottom` are empty where measuring failed; a share is corrected by its two sums.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="cells")
    indicator = models.CharField("chỉ tiêu", max_length=60)
    top = models.BigIntegerField(null=True)
    bottom = models.BigIntegerField(null=True)
    corrected_top = models.BigIntegerField("số báo cáo", null=True, blank=True)
    corrected_bottom = models.BigIntegerField("trên tổng", null=True, blank=True)
    reason = models.CharField("lý do khác số hệ thống", max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "số liệu của báo cáo"
        constraints = [models.UniqueConstraint(fields=["report", "indicator"], name="reporting_cell_once")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.reported}"

    @property
    def measured(self) -> Figure | None:
        """What the system measured."""
        return Figure(self.top, self.bottom) if self.top is not None else None

    @property
    def is_corrected(self) -> bool:
        """True when the reporter gave a figure of their own."""
        return self.corrected_top is not None

    @property
    def reported(self) -> Figure | None:
        """The figure that counts: the reporter's own, else the measured one."""
        if self.corrected_top is None:
            return self.measured
        bottom = self.corrected_bottom if self.corrected_bottom is not None else self.bottom
        one = indicators.get(self.indicator)
        return Figure(self.corrected_top, bottom if one is not None and one.is_share else None)

    @property
    def value(self) -> Decimal | float | None:
        """The number that is shown."""
        return self.reported.value if self.reported is not None else None


class ReportText(models.Model):
    """The words of one section of a report."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="texts")
    section = models.CharField(max_length=40)
    text = models.TextField("nội dung", blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "phần lời của báo cáo"
        constraints = [models.UniqueConstraint(fields=["report", "section"], name="reporting_text_once")]

    def __str__(self) -> str:
        return f"{self.section}: {self.text[:40]}"


class ConsolidationQuerySet(ScopedQuerySet):
    """Consolidated reports."""

    producer_path = ""


class Consolidation(models.Model):
    """The accepted reports of a round put together for a unit: the sums, who is missing, the words of the office.

    `figures` holds {indicator: [top, bottom]} of the sums, `live` the same as measured for the unit itself, so that a
    difference shows. Once sent on it is not changed any more; its reports are then consolidated.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="consolidations", verbose_name="kỳ báo cáo")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="địa bàn")
    figures = models.JSONField(default=dict)
    live = models.JSONField(default=dict)
    missing = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    included = models.ManyToManyField(
        Report, related_name="consolidations", verbose_name="báo cáo được tổng hợp"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người tổng hợp"
    )
    made_at = models.DateTimeField("tổng hợp lúc")
    number = models.CharField("số văn bản gửi", max_length=60, blank=True)
    sent_on = models.DateField("ngày gửi", null=True, blank=True)

    objects = ConsolidationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = "báo cáo tổng hợp"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit"],
                name="reporting_consolidation_once",
                violation_error_message="Kỳ này đã có báo cáo tổng hợp.",
            )
        ]

    def __str__(self) -> str:
        return f"Tổng hợp {self.round} · {self.unit.title}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:consolidation", args=[self.pk])

    def figure(self, key: str) -> Figure | None:
        """The sum of an indicator."""
        return Figure(*self.figures[key]) if key in self.figures else None

    def live_figure(self, key: str) -> Figure | None:
        """The figure of the unit itself, as measured when it was put together."""
        return Figure(*self.live[key]) if key in self.live else None
