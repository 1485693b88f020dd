"""Decisions about stars."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear

from ocop.accounts.queries import scope_of
from ocop.kit.addresses import reverse
from ocop.kit.models import Searchable, SearchableQuerySet
from ocop.producers.models import VIEWING_ROLES
from ocop.recognition.enums import DecisionKind
from ocop.units.enums import UnitLevel
from ocop.units.models import UnitCover


def decision_kinds() -> list[tuple[str, str]]:
    return DecisionKind.choices


class DecisionQuerySet(SearchableQuerySet):
    """Decisions about stars."""

    def visible_to(self, user: Any) -> Self:
        """For officers: the decisions of their own province's agencies and of the centre; nobody else's."""
        own = {holding.unit_id for holding in scope_of(user).of(*VIEWING_ROLES)} - {None}
        if not own:
            return self.none()
        provinces = UnitCover.objects.filter(holder__level=UnitLevel.PROVINCE, covered_id__in=own)
        units = UnitCover.objects.filter(holder_id__in=provinces.values("holder_id"))
        return self.filter(Q(issuer__unit_id__in=units.values("covered_id")) | Q(issuer__unit__isnull=True))


class Decision(Searchable):
    """One signed decision: it recognises the products of its annex, or takes a certificate back.

    Art. 7.3 (recognition by the chair of the provincial People's Committee), Art. 7.4 (Minister, five stars) and
    Art. 8 (revocation) of Decision 26/2026/QĐ-TTg.
    """

    kind = models.CharField("loại", max_length=20, choices=decision_kinds)
    number = models.CharField("số quyết định", max_length=60)
    issued_on = models.DateField("ngày ban hành")
    issuer = models.ForeignKey(
        "units.Agency",
        on_delete=models.PROTECT,
        related_name="recognition_decisions",
        verbose_name="cơ quan ban hành",
    )
    title = models.CharField("trích yếu", max_length=300)
    signer = models.CharField("người ký", max_length=120, blank=True)
    file = models.ForeignKey(
        "files.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recognition_decisions",
    )
    source = models.CharField("nguồn", max_length=300, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    recorded_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="recognition_decisions"
    )
    recorded_at = models.DateTimeField("ghi lúc")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "number"]
        verbose_name = "quyết định"
        constraints = [
            models.UniqueConstraint(
                F("issuer"),
                F("number"),
                ExtractYear("issued_on"),
                name="recognition_decision_number_once",
                violation_error_message="Số quyết định này đã dùng trong năm.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} ngày {self.issued_on:%d/%m/%Y}"

    @property
    def audit_label(self) -> str:
        """How the log names it: number and day, as on paper."""
        return f"quyết định {self}"

    def search_words(self) -> list[str]:
        return [self.number, self.title, self.signer]

    def get_absolute_url(self) -> str:
        return reverse("recognition:decisions_detail", args=[self.pk])
