"""Craft villages and traditional crafts."""

from typing import Any, Self

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from ocop.accounts.queries import scope_of
from ocop.kit.models import Searchable, SearchableQuerySet
from ocop.producers.codes import new_code
from ocop.producers.enums import village_kinds, village_statuses
from ocop.producers.models.producer import VIEWING_ROLES


class VillageQuerySet(SearchableQuerySet):
    """Craft villages."""

    def visible_to(self, user: Any) -> Self:
        """Those of the units in the officer's reach."""
        return self.filter(unit_id__in=scope_of(user).unit_ids(*VIEWING_ROLES))


class CraftVillage(Searchable):
    """A craft or craft village recognised or proposed (Decree 52/2018/NĐ-CP); counted over time by its days."""

    code = models.CharField("mã", max_length=12, unique=True, default=new_code, editable=False)
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại", max_length=30, choices=village_kinds)
    craft = models.CharField("nghề", max_length=120)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="craft_villages", verbose_name="địa bàn"
    )
    place = models.CharField("nơi (ghi theo nguồn)", max_length=200, blank=True)
    status = models.CharField("tình trạng", max_length=12, choices=village_statuses)
    recognised_year = models.PositiveSmallIntegerField("năm công nhận", null=True, blank=True)
    decision = models.CharField("quyết định", max_length=200, blank=True)
    valid_from = models.DateField("công nhận từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    households = models.PositiveIntegerField("số hộ", null=True, blank=True)
    workers = models.PositiveIntegerField("số lao động", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=400, blank=True)
    source = models.CharField("nguồn", max_length=400, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    data_key = models.CharField(max_length=160, null=True, blank=True, unique=True, editable=False)

    objects = VillageQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "làng nghề"
        verbose_name_plural = "làng nghề"
        constraints = [
            models.CheckConstraint(
                name="producers_village_days",
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.craft, self.place]

    def get_absolute_url(self) -> str:
        return reverse("producers:villages_detail", args=[self.pk])
