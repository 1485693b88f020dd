"""Requests for a new copy of a certificate, with their moves and papers."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit.addresses import reverse
from ocop.kit.flow import MoveBase
from ocop.producers.models import ProducerAccess
from ocop.recognition.enums import REISSUE_MARKS, ReissueGround, ReissueState
from ocop.recognition.models.verification import DESK
from ocop.recognition.rules.reissue import REISSUE

COMMUNE = (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER)
ENDED = (ReissueState.ISSUED, ReissueState.DECLINED)


def reissue_states() -> list[tuple[str, str]]:
    return ReissueState.choices


def reissue_grounds() -> list[tuple[str, str]]:
    return ReissueGround.choices


class ReissueQuerySet(models.QuerySet):
    """Requests; every page starts at `visible_to(user)`."""

    def visible_to(self, user: Any) -> Self:
        """For the producer's people, its commune and the desks of the province."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        mine = Q(certificate__product__producer_id__in=ProducerAccess.objects.producer_ids(user))
        scope = scope_of(user)
        if not scope.has_any(*DESK, *COMMUNE):
            return self.filter(mine)
        return self.filter(mine | Q(certificate__unit_id__in=scope.unit_ids(*DESK, *COMMUNE)))

    def under_way(self) -> Self:
        """Those not ended."""
        return self.exclude(state__in=ENDED)


class Reissue(models.Model):
    """A certificate asked for anew: why, what changes on it, on which papers, and what was issued.

    Number and term of the certificate stay. `number` counts the copies of one certificate: "cấp lại lần 2".
    """

    certificate = models.ForeignKey(
        "recognition.Certificate", on_delete=models.PROTECT, related_name="reissues"
    )
    state = models.CharField("trạng thái", max_length=20, choices=reissue_states, default=ReissueState.ASKED)
    ground = models.CharField("lý do cấp lại", max_length=4, choices=reissue_grounds)
    account = models.TextField("trình bày", blank=True)
    new_producer_name = models.CharField("tên chủ thể ghi trên giấy mới", max_length=300, blank=True)
    new_product_name = models.CharField("tên sản phẩm ghi trên giấy mới", max_length=300, blank=True)
    new_unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="recognition_reissues"
    )
    files = models.ManyToManyField("files.StoredFile", related_name="recognition_reissues")
    number = models.PositiveSmallIntegerField("cấp lại lần", null=True, blank=True)
    issued_on = models.DateField("ngày cấp lại", null=True, blank=True)
    issuer = models.ForeignKey(
        "units.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="recognition_reissues"
    )
    signer = models.CharField("người ký", max_length=120, blank=True)
    decision = models.ForeignKey(
        "recognition.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="reissues"
    )
    change = models.OneToOneField(
        "recognition.CertificateChange",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reissue",
    )
    asked_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="recognition_reissues"
    )
    asked_at = models.DateTimeField("đề nghị lúc")

    objects = ReissueQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = "đề nghị cấp lại giấy chứng nhận"
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=~Q(state__in=["issued", "declined"]),
                name="recognition_reissue_under_way_once",
                violation_error_message="Giấy chứng nhận này đang có đề nghị cấp lại.",
            ),
            models.UniqueConstraint(fields=["certificate", "number"], name="recognition_reissue_number_once"),
        ]

    def __str__(self) -> str:
        return f"Cấp lại {self.certificate}"

    def get_absolute_url(self) -> str:
        return reverse("recognition:reissue", args=[self.pk])

    @property
    def mark(self) -> tuple[str, str, str]:
        """(word, colour, icon) of the state."""
        return (ReissueState(self.state).label, *REISSUE_MARKS[self.state])

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """(what, as printed, as asked) of what differs between the certificate and the request."""
        star = self.certificate
        unit = self.new_unit.title if self.new_unit else ""
        rows = (
            ("Tên chủ thể", star.producer_name, self.new_producer_name),
            ("Tên sản phẩm", star.product_name, self.new_product_name),
            ("Địa chỉ", star.unit.title, unit),
        )
        return [row for row in rows if row[2] and row[1] != row[2]]


class ReissueMove(MoveBase):
    """One step of a request."""

    subject = models.ForeignKey("recognition.Reissue", on_delete=models.PROTECT, related_name="moves")
    by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="recognition_reissue_moves"
    )

    class Meta(MoveBase.Meta):
        verbose_name = "bước cấp lại giấy chứng nhận"

    @property
    def label(self) -> str:
        """What was pressed, in words."""
        found = REISSUE.find(self.name, self.from_state)
        return found.label if found else self.name
