"""Fairs, exhibitions, markets and festival stands, and who takes part in them."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.models import VIEWING_ROLES, Producer, ProducerAccess
from ocop.promotion.enums import (
    ENTRY_MARKS,
    FAIR_MARKS,
    EntryState,
    FairKind,
    FairPriority,
    FairReach,
    FairState,
    StarRule,
    entry_states,
    fair_kinds,
    fair_priorities,
    fair_reaches,
    fair_states,
    star_rules,
)
from ocop.promotion.models.parts import not_negative
from ocop.units.models import UnitCover


class FairQuerySet(ScopedQuerySet):
    """Fairs."""

    producer_path = ""

    def visible_to(self, user: Any) -> Self:
        """Those organised in the officer's reach; a published one also for everybody inside its unit.

        So a call of the province reaches every producer and every commune of it, a call of a commune its own.
        """
        if not getattr(user, "is_authenticated", False):
            return self.none()
        scope = scope_of(user)
        below = {holding.unit_id for holding in scope.of(*VIEWING_ROLES)} - {None}
        below |= set(
            Producer.objects.filter(pk__in=ProducerAccess.objects.producer_ids(user)).values_list(
                "unit_id", flat=True
            )
        )
        told = UnitCover.objects.filter(covered_id__in=below).values("holder_id")
        shown = ~Q(state=FairState.DRAFT) & Q(unit_id__in=told)
        if not scope.has_any(*VIEWING_ROLES):
            return self.filter(shown)
        return self.filter(shown | Q(unit_id__in=scope.unit_ids(*VIEWING_ROLES)))


class Fair(CaseBase, Searchable, WithFiles):
    """A call to take part in an event: what, where, when, how many stands, for whom, until when; then its results.

    `unit` is the unit whose office calls: the call is open to the producers inside it. `cost` is what was spent, null
    until the report; sales and contracts are summed from the registrations.
    """

    name = models.CharField("tên sự kiện", max_length=250)
    kind = models.CharField("loại", max_length=20, choices=fair_kinds, default=FairKind.FAIR)
    priority = models.CharField(
        "ưu tiên", max_length=10, choices=fair_priorities, default=FairPriority.NONE, blank=True,
        help_text="Kế hoạch ưu tiên lồng ghép vào lễ hội, khai trương mùa du lịch biển.",
    )  # fmt: skip
    reach = models.CharField("phạm vi", max_length=10, choices=fair_reaches, default=FairReach.PROVINCE)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="fairs", verbose_name="địa bàn mời"
    )
    organiser = models.CharField("cơ quan tổ chức", max_length=200, blank=True)
    place = models.CharField("địa điểm", max_length=250, blank=True)
    deadline = models.DateField("hạn đăng ký", default=clock.today)
    starts_on = models.DateField("khai mạc", default=clock.today)
    ends_on = models.DateField("bế mạc", default=clock.today)
    stands = models.PositiveSmallIntegerField("số gian hàng", default=1)
    scale = models.CharField("quy mô", max_length=250, blank=True)
    conditions = models.TextField("điều kiện tham gia, hỗ trợ", blank=True)
    star_rule = models.CharField(
        "sản phẩm được nhận", max_length=12, choices=star_rules, default=StarRule.VALID_STAR
    )
    budget = models.BigIntegerField(
        "kinh phí dự kiến (đồng)", null=True, blank=True, validators=not_negative()
    )
    cost = models.BigIntegerField("kinh phí đã chi (đồng)", null=True, blank=True, validators=not_negative())
    visitors = models.PositiveIntegerField("lượt khách của sự kiện", null=True, blank=True)
    state = models.CharField(
        "trạng thái", max_length=24, choices=fair_states, default=FairState.DRAFT, db_index=True
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = FairQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-starts_on", "name", "pk"]
        verbose_name = "hội chợ, phiên chợ"
        verbose_name_plural = "hội chợ, phiên chợ"
        indexes = [
            models.Index(
                fields=["unit", "-starts_on", "-priority", "name", "id"], name="promotion_fair_list"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.place, self.organiser]

    def get_absolute_url(self) -> str:
        return reverse("promotion:fairs_detail", args=[self.pk])

    def clean(self) -> None:
        """The days follow each other."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "Ngày bế mạc phải từ ngày khai mạc trở đi."})
        if self.starts_on and self.deadline and self.deadline > self.starts_on:
            raise ValidationError({"deadline": "Hạn đăng ký phải trước ngày khai mạc."})

    @property
    def mark(self) -> tuple[str, str, str]:
        """The state as a badge: word, tone, icon."""
        return (self.get_state_display(), *FAIR_MARKS[self.state])

    @property
    def is_calling(self) -> bool:
        """Whether registrations are taken today."""
        return self.state == FairState.CALLING and clock.today() <= self.deadline


class FairMove(MoveBase):
    """One step of a fair."""

    subject = models.ForeignKey(Fair, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")


class FairEntryQuerySet(ScopedQuerySet):
    """Registrations for fairs."""

    unit_path = "fair__unit_id"

    def visible_to(self, user: Any) -> Self:
        """The producer's people, the organisers over the fair's unit, the officers over the producer's."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        mine = Q(producer_id__in=ProducerAccess.objects.producer_ids(user))
        scope = scope_of(user)
        if not scope.has_any(*VIEWING_ROLES):
            return self.filter(mine)
        units = scope.unit_ids(*VIEWING_ROLES)
        return self.filter(mine | Q(fair__unit_id__in=units) | Q(producer__unit_id__in=units))

    def taking_part(self) -> Self:
        """Those with a stand."""
        return self.filter(state__in=(EntryState.SELECTED, EntryState.REPORTED))


class FairEntry(CaseBase, Searchable, WithFiles):
    """A producer registers for a fair with products; later the answer, the stand, and what came of it."""

    fair = models.ForeignKey(Fair, models.PROTECT, related_name="entries", verbose_name="sự kiện")
    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, related_name="fair_entries", verbose_name="chủ thể"
    )
    products = models.ManyToManyField(
        "products.Product", blank=True, related_name="fair_entries", verbose_name="sản phẩm mang đi"
    )
    needs = models.CharField("nhu cầu về gian hàng (điện, tủ mát...)", max_length=300, blank=True)
    state = models.CharField(
        "trạng thái", max_length=24, choices=entry_states, default=EntryState.REGISTERED, db_index=True
    )
    stand = models.CharField("gian số", max_length=20, blank=True)
    sales = models.BigIntegerField(
        "doanh số bán tại chỗ (đồng)", null=True, blank=True, validators=not_negative()
    )
    contracts = models.PositiveIntegerField("số hợp đồng, biên bản ký", null=True, blank=True)
    contract_value = models.BigIntegerField(
        "giá trị ký (đồng)", null=True, blank=True, validators=not_negative()
    )
    visitors = models.PositiveIntegerField("lượt khách đến gian", null=True, blank=True)

    objects = FairEntryQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["fair", "producer__name", "pk"]
        verbose_name = "đăng ký tham gia"
        verbose_name_plural = "đăng ký tham gia"
        constraints = [
            models.UniqueConstraint(
                fields=["fair", "producer"], condition=~Q(state="withdrawn"), name="promotion_entry_once",
                violation_error_message="Chủ thể này đã đăng ký sự kiện này.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.producer} – {self.fair}"

    def search_words(self) -> list[str]:
        return [self.producer.public_name, self.fair.name, self.stand]

    def get_absolute_url(self) -> str:
        return reverse("promotion:fair_entries_detail", args=[self.pk])

    @property
    def mark(self) -> tuple[str, str, str]:
        """The state as a badge: word, tone, icon."""
        return (self.get_state_display(), *ENTRY_MARKS[self.state])

    @property
    def unit(self) -> Any:
        """The unit that calls: whose officers decide."""
        return self.fair.unit

    @property
    def unit_id(self) -> int:
        """The id of the unit that calls."""
        return self.fair.unit_id


class FairEntryMove(MoveBase):
    """One step of a registration."""

    subject = models.ForeignKey(FairEntry, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
