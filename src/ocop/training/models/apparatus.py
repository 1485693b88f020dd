"""The steering apparatus over time: bodies at each level, and who held which post in them (plan IV.2.1)."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.kit.addresses import reverse
from ocop.kit.models import Dated, DatedQuerySet, Searchable, dated_check
from ocop.producers.casework import ScopedQuerySet
from ocop.training.enums import Position, body_kinds, positions, post_ends
from ocop.units.models import Unit


class BodyQuerySet(ScopedQuerySet, DatedQuerySet):  # type: ignore[override]
    """Bodies of the apparatus, by the units in an officer's reach."""

    producer_path = ""


class Body(Dated, Searchable):
    """A body of the apparatus from one day to another: steering committee, standing agency, office, desk."""

    kind = models.CharField("loại tổ chức", max_length=16, choices=body_kinds)
    name = models.CharField("tên tổ chức", max_length=200)
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, related_name="apparatus", verbose_name="địa bàn"
    )
    decision_number = models.CharField("quyết định thành lập, kiện toàn", max_length=60, blank=True)
    decision_on = models.DateField("ngày quyết định", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = BodyQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["unit__level", "name", "valid_from"]
        verbose_name = "tổ chức trong bộ máy"
        verbose_name_plural = "tổ chức trong bộ máy"
        constraints = [
            dated_check("training_body_days"),
            models.UniqueConstraint(
                fields=["unit", "kind", "name"],
                condition=Q(valid_to__isnull=True),
                name="training_body_one_open",
                violation_error_message="Tổ chức này đang có trong bộ máy của địa bàn.",
            ),
        ]
        indexes = [models.Index(fields=["unit", "kind", "valid_from"], name="training_body_unit")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("training:apparatus_bodies_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.name, self.decision_number]


class PostQuerySet(ScopedQuerySet, DatedQuerySet):  # type: ignore[override]
    """Posts, by the unit of their body."""

    unit_path = "body__unit_id"
    producer_path = ""

    def in_charge(self) -> Self:
        """Those who look after OCOP in their unit."""
        return self.filter(position=Position.IN_CHARGE)


class Post(Dated, Searchable):
    """A person in a body for a term. `office_phone` is that of the office: no personal number is kept here."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="posts", verbose_name="tổ chức")
    person_name = models.CharField("họ và tên", max_length=150)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="apparatus_posts",
        verbose_name="tài khoản",
    )  # fmt: skip
    title = models.CharField("chức vụ", max_length=150, blank=True)
    position = models.CharField("vị trí trong tổ chức", max_length=16, choices=positions)
    duty = models.CharField("nhiệm vụ được giao", max_length=300, blank=True)
    decision_number = models.CharField("quyết định phân công", max_length=60, blank=True)
    decision_on = models.DateField("ngày quyết định", null=True, blank=True)
    office_phone = models.CharField("điện thoại cơ quan", max_length=20, blank=True)
    ended_reason = models.CharField(
        "lý do kết thúc", max_length=16, choices=post_ends, blank=True, editable=False
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="predecessors",
        verbose_name="bàn giao cho",
    )  # fmt: skip
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = PostQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["body", "-valid_from", "pk"]
        verbose_name = "người trong bộ máy"
        verbose_name_plural = "người trong bộ máy"
        constraints = [
            dated_check("training_post_days"),
            models.UniqueConstraint(
                fields=["body", "person_name", "position"],
                condition=Q(valid_to__isnull=True),
                name="training_post_one_open",
                violation_error_message="Người này đang giữ vị trí này trong tổ chức.",
            ),
        ]
        indexes = [models.Index(fields=["position", "valid_from"], name="training_post_position")]

    def __str__(self) -> str:
        return self.person_name

    @property
    def unit(self) -> Unit:
        """The unit of the body, over which rights are asked."""
        return self.body.unit

    def get_absolute_url(self) -> str:
        return reverse("training:apparatus_posts_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.person_name, self.title, self.duty]

    def term(self, day: date) -> str:
        """In words how the term stands on a day."""
        if day < self.valid_from:
            return "chưa bắt đầu"
        if self.valid_to is not None and self.valid_to < day:
            return "đã hết"
        return "đang giữ"
