"""Dated settings: what the decisions leave to the council's statute or to the province."""

from django.db import models
from simple_history.models import HistoricalRecords

from ocop.kit.models import Dated, DatedQuerySet, dated_check


class DatedSetting(Dated):
    """A value of a known setting (`rules.settings`) for one province, or for all when `province` is blank."""

    key = models.CharField("thiết lập", max_length=60, db_index=True)
    province = models.CharField("mã tỉnh", max_length=10, blank=True, default="")
    value = models.JSONField("giá trị")
    source = models.CharField("căn cứ", max_length=300, blank=True)
    confirmed = models.BooleanField("đã xác nhận", default=False)
    history = HistoricalRecords()

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["key", "province", "-valid_from"]
        verbose_name = "thiết lập theo thời gian"
        constraints = [
            models.UniqueConstraint(fields=["key", "province", "valid_from"], name="rulebook_setting_start"),
            dated_check("rulebook_setting_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.key} từ {self.valid_from:%d/%m/%Y}"
