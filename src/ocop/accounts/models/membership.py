"""Who holds which role in which agency, from when to when, on what basis; and who stands in for them."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.enums import end_reasons, roles
from ocop.kit.models import Dated, DatedQuerySet, dated_check


class MembershipQuerySet(DatedQuerySet):
    """Memberships of people in agencies."""

    def held_by(self, user: "models.Model") -> Self:
        """The person's own memberships, without those lent to them."""
        return self.filter(user=user)

    def of_active_people(self) -> Self:
        """Memberships of accounts that can be used."""
        return self.filter(user__is_active=True)


class Membership(Dated):
    """A role of a person in an agency over a span of days; a person may hold several at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name="người giữ",
    )
    agency = models.ForeignKey(
        "units.Agency", on_delete=models.PROTECT, related_name="memberships", verbose_name="cơ quan"
    )
    role = models.CharField("vai trò", max_length=30, choices=roles)
    basis = models.CharField("căn cứ phân công", max_length=250, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người cấp",
    )
    ended_reason = models.CharField("lý do kết thúc", max_length=20, choices=end_reasons, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="bàn giao cho",
    )

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-valid_from", "pk"]
        verbose_name = "phân công"
        constraints = [
            dated_check("accounts_membership_days"),
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                condition=Q(valid_to__isnull=True),
                name="accounts_membership_open_once",
                violation_error_message="Người này đang giữ vai trò này tại cơ quan này.",
            ),
        ]
        indexes = [models.Index(fields=["agency", "role"], name="accounts_membership_role")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.agency}"

    def clash(self) -> "Membership | None":
        """Another row of the same person, agency and role that shares a day with this one."""
        rows = Membership.objects.filter(user=self.user_id, agency=self.agency_id, role=self.role)
        return rows.exclude(pk=self.pk).overlapping(self.valid_from, self.valid_to).first()


class Delegation(Dated):
    """A membership lent to another person for a span of days, on a written basis; both hold it meanwhile."""

    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="delegations", verbose_name="phân công"
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="delegations_received",
        verbose_name="người được ủy quyền",
    )
    basis = models.CharField("căn cứ ủy quyền", max_length=250)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người lập"
    )

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-valid_from", "pk"]
        verbose_name = "ủy quyền"
        constraints = [
            dated_check("accounts_delegation_days"),
            models.CheckConstraint(
                name="accounts_delegation_ends",
                condition=Q(valid_to__isnull=False),
                violation_error_message="Ủy quyền phải có ngày kết thúc.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} → {self.to}"


class Invitation(models.Model):
    """A place in an agency kept for somebody who has no account yet; the link is known by its hash only."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    full_name = models.CharField("họ và tên", max_length=150)
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("số điện thoại", max_length=20, blank=True)
    agency = models.ForeignKey(
        "units.Agency", on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan"
    )
    role = models.CharField("vai trò", max_length=30, choices=roles)
    basis = models.CharField("căn cứ phân công", max_length=250, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="invitations_sent",
        verbose_name="người mời",
    )
    created_at = models.DateTimeField("gửi lúc")
    last_day = models.DateField("dùng được đến hết ngày")
    accepted_at = models.DateTimeField("nhận lúc", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người nhận",
    )
    withdrawn_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "pk"]
        verbose_name = "lời mời"

    def __str__(self) -> str:
        return f"{self.full_name}: {self.get_role_display()}"

    def is_open(self, day: date) -> bool:
        """True while the link can be used: neither accepted nor withdrawn nor past its last day."""
        return self.accepted_at is None and self.withdrawn_at is None and day <= self.last_day
