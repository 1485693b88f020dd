"""Dated settings: what the decisions leave to the council's statute or to the province."""

from django.db import models
from simple_history.models import HistoricalRecords

from ocop.kit.models import Dated, DatedQuerySet, dated_check
from ocop.rulebook.rules.setting_words import value_words
from ocop.rulebook.rules.settings import BY_KEY


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

    def words_when_new(self) -> str:
        """What holds, where and from when, for the preview of a load."""
        known = BY_KEY[self.key]
        value = value_words(known, known.read(self.value))
        place = f"tỉnh {self.province}" if self.province else "mọi tỉnh"
        sure = "" if self.confirmed else ", chưa xác nhận"
        return f"{known.label}: {value}, {place}, từ {self.valid_from:%d/%m/%Y}{sure}"
