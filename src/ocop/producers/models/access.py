"""Who may act for a producer, and the claims by which people become its owners."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.flow import MoveBase
from ocop.kit.models import Dated, DatedQuerySet, dated_check
from ocop.producers.enums import ClaimKind, ClaimState, access_kinds, claim_kinds, claim_states

ACCESS = "producers.access"
"""The kind of `kit.registry.attachments` of the people who act for a producer."""


class AccessQuerySet(DatedQuerySet):
    """Who may act for whom."""

    def producer_ids(self, user: Any) -> Self:
        """Ids of the producers that the person acts for today, as a subquery."""
        return self.valid_on(clock.today()).filter(user=user.pk).values("producer_id")  # type: ignore[return-value]


class ProducerAccess(Dated):
    """A person may act for a producer, as owner, staff or helper, over a span of days.

    A helper always has the owner's consent, word for word, and a last day.
    """

    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, related_name="accesses", verbose_name="chủ thể"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="producer_accesses", verbose_name="người dùng"
    )
    kind = models.CharField("tư cách", max_length=10, choices=access_kinds)
    consent_text = models.TextField("nội dung đồng ý", blank=True)
    consent_at = models.DateTimeField("đồng ý lúc", null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người cấp",
    )

    objects = AccessQuerySet.as_manager()

    class Meta:
        ordering = ["producer", "valid_from", "pk"]
        verbose_name = "quyền đối với chủ thể"
        constraints = [
            dated_check("producers_access_days"),
            models.UniqueConstraint(
                fields=["producer", "user", "kind"],
                condition=Q(valid_to__isnull=True),
                name="producers_access_open_once",
                violation_error_message="Người này đang có quyền này ở cơ sở.",
            ),
            models.CheckConstraint(
                name="producers_access_helper_consent",
                condition=~Q(kind="helper") | (Q(consent_at__isnull=False) & ~Q(consent_text="")),
                violation_error_message="Người giúp cần có sự đồng ý của chủ cơ sở.",
            ),
            models.CheckConstraint(
                name="producers_access_helper_ends",
                condition=~Q(kind="helper") | Q(valid_to__isnull=False),
                violation_error_message="Quyền của người giúp phải có ngày kết thúc.",
            ),
        ]
        indexes = [models.Index(fields=["user", "producer"], name="producers_access_user")]

    def __str__(self) -> str:
        return f"{self.producer_id} · {self.get_kind_display()}"


class ClaimQuerySet(models.QuerySet):
    """Claims of producers."""

    def visible_to(self, user: Any) -> Self:
        """The person's own, and for commune and advisory officers those of the units in their reach."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        roles = (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER, Role.ADVISORY_OFFICER)
        return self.filter(Q(user=user.pk) | Q(unit_id__in=scope_of(user).unit_ids(*roles)))

    def waiting(self) -> Self:
        """Those that the commune still has to answer."""
        return self.filter(state=ClaimState.WAITING)


class ProducerClaim(models.Model):
    """A person says "this is my business" - one already in the register, or a new one; the commune confirms."""

    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, related_name="claims", verbose_name="chủ thể"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="producer_claims", verbose_name="người đề nghị"
    )
    kind = models.CharField("loại đề nghị", max_length=15, choices=claim_kinds, default=ClaimKind.CLAIM)
    state = models.CharField("trạng thái", max_length=12, choices=claim_states, default=ClaimState.WAITING)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="xã xác nhận")
    statement = models.TextField("lời đề nghị", blank=True)
    at = models.DateTimeField("gửi lúc", default=clock.now)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "đề nghị xác nhận cơ sở"
        constraints = [
            models.UniqueConstraint(
                fields=["producer", "user"],
                condition=Q(state="waiting"),
                name="producers_claim_waiting_once",
                violation_error_message="Bạn đã gửi đề nghị này, xã đang xem.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.producer}"


class ProducerClaimMove(MoveBase):
    """One step of a claim."""

    subject = models.ForeignKey(ProducerClaim, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
