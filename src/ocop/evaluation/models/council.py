"""Councils and their seats."""

from typing import Any, Self

from django.db import models

from ocop.evaluation.enums import MARKING_ROLES, SeatRole
from ocop.kit.models import Dated, DatedQuerySet, dated_check
from ocop.units.models import Unit


def seat_roles() -> list[tuple[str, str]]:
    return SeatRole.choices


class CouncilQuerySet(DatedQuerySet):
    """Councils of the province and of districts."""

    def ranking(self, dossier: Any) -> Self:
        """Those of the level that has the dossier now."""
        district = dossier.district_id if dossier.at_district else None
        return self.filter(province_id=dossier.province_id, district_id=district)


class Council(Dated):
    """A council appointed by decision, with its term (Art. 5; the number of members is left to its statute).

    Under Decision 148/QĐ-TTg districts had councils of their own: `district` is theirs, empty for the province's.
    """

    name = models.CharField("tên hội đồng", max_length=300)
    province = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="evaluation_councils")
    district = models.ForeignKey(
        "units.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_district_councils",
        verbose_name="huyện (hội đồng cấp huyện)",
    )
    decision_number = models.CharField("số quyết định thành lập", max_length=60)
    decision_on = models.DateField("ngày quyết định")
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = "hội đồng"
        constraints = [dated_check("evaluation_council_span")]

    def __str__(self) -> str:
        return self.name

    @property
    def home(self) -> Unit:
        """The unit that it ranks for: its district, else its province."""
        return self.district or self.province


class SeatQuerySet(DatedQuerySet):
    """Seats of councils."""

    def marking(self) -> Self:
        """Seats whose holders give marks."""
        return self.filter(role__in=MARKING_ROLES)

    def of(self, user: Any) -> Self:
        """Seats of one person."""
        return self.filter(user=user)


class Seat(Dated):
    """A person's seat in a council: from which agency, in which role, for which criteria by department (advice)."""

    council = models.ForeignKey("evaluation.Council", on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="evaluation_seats")
    agency = models.ForeignKey("units.Agency", on_delete=models.PROTECT, related_name="evaluation_seats")
    role = models.CharField("vai trò", max_length=12, choices=seat_roles)
    focus = models.JSONField("tiêu chí theo dõi", default=list, blank=True)
    may_chair = models.BooleanField("được ủy quyền chủ trì", default=False)
    may_chair_basis = models.CharField("căn cứ ủy quyền", max_length=200, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "thành viên hội đồng"
        constraints = [
            dated_check("evaluation_seat_span"),
            models.UniqueConstraint(fields=["council", "user", "valid_from"], name="evaluation_seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    @property
    def leads(self) -> bool:
        """True for the chair, and for a deputy whose authority to preside is recorded."""
        return self.role == SeatRole.CHAIR or (self.role == SeatRole.DEPUTY and self.may_chair)

    @property
    def marks(self) -> bool:
        """True when the holder gives marks."""
        return self.role in MARKING_ROLES
