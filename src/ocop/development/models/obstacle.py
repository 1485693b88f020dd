"""What holds producers up, who is to answer by when, and what came of it."""

from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.development.enums import (
    Level,
    ObstacleKind,
    ObstacleState,
    levels,
    obstacle_kinds,
    obstacle_states,
    outcomes,
)
from ocop.development.rules.obstacles import UNDER_WAY
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.codes import new_code
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.units.models import Agency


class ObstacleQuerySet(ScopedQuerySet):
    """Obstacles."""

    def ways(self, user: Any, via: str = "") -> list[Q]:
        """As every case of a unit and a producer; also those given to the person or the person's agency."""
        found = super().ways(user, via)
        return [*found, given_to(user, via)] if getattr(user, "is_authenticated", False) else found

    def blocking(self) -> Self:
        """Those that hold a producer up."""
        return self.filter(state__in=UNDER_WAY)


def given_to(user: Any, via: str = "") -> Q:
    """The obstacles that the person is to answer, in person or for an agency."""
    agencies = sorted(scope_of(user).agency_ids())
    return Q(**{f"{via}assignee": user.pk}) | Q(**{f"{via}assigned_agency_id__in": agencies})


class Obstacle(CaseBase, WithFiles, Searchable):
    """Land, premises, planning, credit...: raised by the producer or for it, to be answered by a day.

    `answer_by` is the day for the answer, `settle_by` the day that the answer promises. `granted_m2` and
    `granted_money` (đồng) count what a settlement gave. `level` says how far up the case went when it was late.
    """

    code = models.CharField("mã", max_length=12, unique=True, default=new_code, editable=False)
    producer = models.ForeignKey(Producer, models.PROTECT, related_name="obstacles", verbose_name="chủ thể")
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="obstacles", verbose_name="sản phẩm"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn"
    )
    kind = models.CharField(
        "loại vướng mắc", max_length=12, choices=obstacle_kinds, default=ObstacleKind.OTHER
    )
    title = models.CharField("vướng mắc gì", max_length=200)
    description = models.TextField("kể thêm", blank=True)
    state = models.CharField(
        "trạng thái", max_length=24, choices=obstacle_states, default=ObstacleState.RAISED, db_index=True
    )
    assigned_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan xử lý"
    )
    assignee = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xử lý"
    )
    answer_by = models.DateField("trả lời trước ngày", null=True, blank=True)
    answer = models.TextField("trả lời", blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    settle_by = models.DateField("gỡ xong trước ngày", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=10, choices=outcomes, blank=True)
    result = models.TextField("đã làm được gì", blank=True)
    settled_on = models.DateField("ngày có kết quả", null=True, blank=True)
    granted_m2 = models.PositiveIntegerField("đất, mặt bằng được giao (m²)", null=True, blank=True)
    granted_money = models.BigIntegerField(
        "vốn được vay, hỗ trợ (đồng)", null=True, blank=True, validators=[MinValueValidator(0)]
    )
    level = models.CharField("đã báo tới", max_length=2, choices=levels, default=Level.NONE, db_index=True)
    escalations = models.PositiveSmallIntegerField("số lần quá hạn báo cấp trên", default=0)
    escalated_on = models.DateField("ngày báo cấp trên", null=True, blank=True)
    reopened = models.PositiveSmallIntegerField("số lần nêu lại", default=0)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = ObstacleQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = "vướng mắc"
        verbose_name_plural = "vướng mắc"
        indexes = [models.Index(fields=["unit", "-opened_at", "-id"], name="development_obstacle_list")]

    def __str__(self) -> str:
        return self.title

    def search_words(self) -> list[str]:
        return [self.title, self.producer.public_name, self.code]

    def get_absolute_url(self) -> str:
        return reverse("development:obstacles_detail", args=[self.pk])


class ObstacleMove(MoveBase):
    """One step of an obstacle; by nobody when the clock escalates."""

    subject = models.ForeignKey(Obstacle, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện")

    class Meta(MoveBase.Meta):
        verbose_name = "bước tháo gỡ vướng mắc"
