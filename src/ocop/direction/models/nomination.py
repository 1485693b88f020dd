"""Commendation (IV.14): who is nominated, what the data say of them, the council, the decision."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.queries import scope_of
from ocop.direction.enums import (
    AwardForm,
    NominationState,
    NomineeKind,
    award_forms,
    nomination_states,
    nominee_kinds,
)
from ocop.direction.models.task import YEARS, this_year
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.models import VIEWING_ROLES


class NominationQuerySet(ScopedQuerySet):
    """Nominations: offices alone read them."""

    producer_path = ""

    def ways(self, user: Any, via: str = "") -> list[Q]:
        """Those of the units in reach, and those that the own agency made."""
        own = scope_of(user).agency_ids(*VIEWING_ROLES)
        return [*super().ways(user, via), Q(**{f"{via}nominator_id__in": own})]


class Nomination(CaseBase, WithFiles, Searchable):
    """One nominee in one year. `checks` are what the data said when the council looked; until then they are worked out
    anew each time the page is opened."""

    kind = models.CharField(
        "đề nghị khen", max_length=12, choices=nominee_kinds, default=NomineeKind.PRODUCER
    )
    agency = models.ForeignKey(
        "units.Agency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cơ quan, đơn vị",
    )
    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, null=True, blank=True, related_name="nominations",
        verbose_name="chủ thể",
    )  # fmt: skip
    person_name = models.CharField("họ và tên", max_length=120, blank=True)
    person_title = models.CharField("chức vụ, nơi làm việc", max_length=200, blank=True)
    nominator = models.ForeignKey(
        "units.Agency", models.PROTECT, related_name="+", verbose_name="cơ quan đề nghị"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", editable=False, verbose_name="địa bàn"
    )
    year = models.PositiveSmallIntegerField("năm", default=this_year, validators=YEARS)
    whole_period = models.BooleanField("thành tích cả giai đoạn", default=False)
    award = models.CharField("hình thức", max_length=12, choices=award_forms, default=AwardForm.PROVINCE)
    merits = models.TextField("thành tích")
    checks = models.JSONField(default=list, editable=False)
    yes = models.PositiveSmallIntegerField("đồng ý", null=True, blank=True, editable=False)
    no = models.PositiveSmallIntegerField("không đồng ý", null=True, blank=True, editable=False)
    abstained = models.PositiveSmallIntegerField("không có ý kiến", null=True, blank=True, editable=False)
    council_on = models.DateField("ngày họp Hội đồng", null=True, blank=True, editable=False)
    decision_number = models.CharField("số quyết định", max_length=60, blank=True, editable=False)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True, editable=False)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)
    state = models.CharField(
        "trạng thái", max_length=16, choices=nomination_states, default=NominationState.DRAFT, db_index=True,
        editable=False,
    )  # fmt: skip

    objects = NominationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact", "checks"])

    class Meta:
        ordering = ["-year", "pk"]
        verbose_name = "đề nghị khen thưởng"
        constraints = [
            models.CheckConstraint(
                name="direction_nominee_named",
                condition=Q(kind="collective", agency__isnull=False)
                | Q(kind="producer", producer__isnull=False)
                | (Q(kind="person") & ~Q(person_name="")),
                violation_error_message="Chọn cơ quan, chủ thể hoặc ghi họ tên theo loại đề nghị.",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "-year", "id"], name="direction_nomination_list")]

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"

    @property
    def name(self) -> str:
        """Who is to be honoured."""
        if self.kind == NomineeKind.COLLECTIVE and self.agency is not None:
            return self.agency.name
        if self.kind == NomineeKind.PRODUCER and self.producer is not None:
            return self.producer.public_name
        return self.person_name

    @property
    def described(self) -> str:
        """Where the nominee belongs: title of a person, unit of a producer or an agency."""
        return self.person_title if self.kind == NomineeKind.PERSON else self.unit.title

    def search_words(self) -> list[str]:
        return [self.name, self.person_title, self.decision_number]

    def get_absolute_url(self) -> str:
        return reverse("direction:nominations_detail", args=[self.pk])


class NominationMove(MoveBase):
    """One step of a nomination."""

    subject = models.ForeignKey(Nomination, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(MoveBase.Meta):
        verbose_name = "bước của đề nghị khen thưởng"
