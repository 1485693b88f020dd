"""Kinds of reports, who reports, and the versions of their forms: all dated data that the province keeps."""

from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from ocop.kit.models import Dated, DatedQuerySet, dated_check
from ocop.reporting.enums import Basis, bases, report_types, reporters
from ocop.reporting.rules.layout import Section, read


class ReportRule(Dated):
    """How one kind of report is due in a province from one day to another.

    `before_day` 25 means "trước ngày 25": the last day that counts is the 24th. Kinds without a rhythm (whole period,
    on request) get their days when the round is opened.
    """

    kind = models.CharField("loại báo cáo", max_length=12, choices=report_types)
    province = models.CharField("mã tỉnh", max_length=10, blank=True, default="")
    before_day = models.PositiveSmallIntegerField(
        "gửi trước ngày", null=True, blank=True, validators=[MinValueValidator(2), MaxValueValidator(28)]
    )
    basis = models.CharField("kỳ số liệu", max_length=10, choices=bases, default=Basis.DECREE)
    confirmed = models.BooleanField("đã có căn cứ", default=False)
    source = models.CharField("căn cứ", max_length=300)

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "-valid_from"]
        verbose_name = "quy định kỳ báo cáo"
        constraints = [
            dated_check("reporting_rule_days"),
            models.UniqueConstraint(fields=["kind", "province", "valid_from"], name="reporting_rule_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ReporterRule(Dated):
    """Which agencies report, from one day to another, and to whom: the province, or the district above them."""

    agency_kind = models.CharField("cơ quan", max_length=24, choices=reporters)
    province = models.CharField("mã tỉnh", max_length=10, blank=True, default="")
    to_district = models.BooleanField("gửi cấp huyện", default=False)
    confirmed = models.BooleanField("đã có căn cứ", default=False)
    source = models.CharField("căn cứ", max_length=300)

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["agency_kind", "-valid_from"]
        verbose_name = "cơ quan phải báo cáo"
        constraints = [
            dated_check("reporting_reporter_days"),
            models.UniqueConstraint(
                fields=["agency_kind", "province", "valid_from"], name="reporting_reporter_once"
            ),
        ]

    def __str__(self) -> str:
        return self.get_agency_kind_display()


class FormQuerySet(DatedQuerySet):
    """Versions of forms."""

    def published(self) -> Self:
        """Those that rounds may use."""
        return self.filter(published_at__isnull=False)

    def in_force(self, kind: str, province: str, day: date) -> Any:
        """The newest published version for a kind on a day, the province's own before the common one."""
        rows = self.published().valid_on(day).filter(kind=kind, province__in=(province, ""))
        return rows.order_by("-province", "-number").first()


class FormVersion(Dated):
    """One version of the form of a kind of report. Once published it is never changed: a change is a new version."""

    kind = models.CharField("loại báo cáo", max_length=12, choices=report_types)
    province = models.CharField("mã tỉnh", max_length=10, blank=True, default="")
    number = models.PositiveSmallIntegerField("phiên bản")
    title = models.CharField("tên mẫu", max_length=200)
    layout = models.JSONField("các phần", default=list, blank=True)
    published_at = models.DateTimeField("ban hành lúc", null=True, blank=True)

    objects = FormQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-number"]
        verbose_name = "mẫu báo cáo"
        constraints = [
            dated_check("reporting_form_days"),
            models.UniqueConstraint(fields=["kind", "province", "number"], name="reporting_form_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (phiên bản {self.number})"

    @property
    def sections(self) -> list[Section]:
        """The sections in order."""
        return read(self.layout)

    @property
    def indicators(self) -> list[str]:
        """The keys of every figure of the form, in order."""
        return [key for section in self.sections for key in section.indicators]
