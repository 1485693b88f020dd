"""Procedures of evaluation and ranking with their deadlines: dated data, so a new decree is a new row."""

from django.db import models

from ocop.kit.models import Dated, DatedQuerySet, dated_check
from ocop.rulebook import enums
from ocop.rulebook.models.books import CriteriaBook


class Procedure(Dated):
    """How a dossier travels under one decision: levels, who decides which star, which flow table."""

    key = models.SlugField("mã", max_length=60, unique=True)
    name = models.CharField("tên", max_length=300)
    book = models.ForeignKey(
        CriteriaBook, models.PROTECT, related_name="procedures", verbose_name="bộ tiêu chí"
    )
    instrument = models.ForeignKey(
        "law.Instrument",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="procedures",
        verbose_name="văn bản",
    )
    flow_key = models.CharField("luồng", max_length=60)
    levels = models.JSONField("các cấp", default=list)
    decides = models.JSONField("cấp quyết định theo hạng sao", default=dict)
    source = models.TextField("căn cứ", blank=True)
    note = models.TextField("ghi chú", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = "quy trình"
        constraints = [dated_check("rulebook_procedure_dates")]

    def __str__(self) -> str:
        return self.name


class DeadlineRule(models.Model):
    """One deadline of a procedure: either a length from an event, or a yearly day to be done before."""

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="deadlines", verbose_name="quy trình"
    )
    key = models.SlugField("mã", max_length=60)
    name = models.CharField("tên", max_length=200)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    level = models.CharField("cấp", max_length=10, choices=enums.levels)
    start_event = models.CharField("tính từ", max_length=60, blank=True)
    length = models.PositiveSmallIntegerField("độ dài", null=True, blank=True)
    unit = models.CharField("đơn vị", max_length=10, choices=enums.day_units, blank=True)
    on_return = models.CharField(
        "khi trả lại", max_length=10, choices=enums.returns, default=enums.OnReturn.STOPS
    )
    last_day = models.CharField(
        "ngày cuối cùng", max_length=15, choices=enums.last_days, default=enums.LastDay.AS_COUNTED
    )
    round_key = models.SlugField("đợt", max_length=40, blank=True)
    round_step = models.CharField("bước của đợt", max_length=20, choices=enums.round_steps, blank=True)
    before_day = models.PositiveSmallIntegerField("trước ngày", null=True, blank=True)
    before_month = models.PositiveSmallIntegerField("tháng", null=True, blank=True)
    year_offset = models.SmallIntegerField("năm so với năm của đợt", default=0)
    article = models.CharField("điều khoản", max_length=120, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ["procedure", "order"]
        verbose_name = "thời hạn"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "key"], name="rulebook_deadline_key"),
            models.CheckConstraint(
                name="rulebook_deadline_kind",
                condition=models.Q(length__isnull=False, before_day__isnull=True)
                | models.Q(length__isnull=True, before_day__isnull=False, before_month__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name
