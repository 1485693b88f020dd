"""Contracts of partners with producers, and the conferences where partners and producers meet."""

from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from simple_history.models import HistoricalRecords

from ocop.kit.addresses import reverse
from ocop.kit.models import Searchable, SearchableQuerySet
from ocop.partners.enums import (
    AgreementKind,
    ContractKind,
    ContractState,
    agreement_kinds,
    contract_kinds,
    contract_states,
)
from ocop.partners.models.partner import Partner, province_units
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.models import Producer


class ContractQuerySet(ScopedQuerySet):
    """Contracts: officers of the producer's unit and the producer's own people see them."""


class PartnerContract(WithFiles, Searchable):
    """A contract between a partner and a producer; money in whole đồng.

    `unit` is the producer's unit when it was signed. `done_value` is what was carried out of `value`.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="contracts", verbose_name="đối tác")
    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="partner_contracts", verbose_name="chủ thể"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn"
    )
    conference = models.ForeignKey(
        "PartnerConference", models.PROTECT, null=True, blank=True, related_name="contracts",
        verbose_name="ký tại hội nghị",
    )  # fmt: skip
    kind = models.CharField("loại hợp đồng", max_length=12, choices=contract_kinds, default=ContractKind.SALE)
    number = models.CharField("số hợp đồng", max_length=60)
    subject = models.CharField("nội dung", max_length=300, blank=True)
    signed_on = models.DateField("ngày ký")
    starts_on = models.DateField("thực hiện từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)
    value = models.BigIntegerField("giá trị (đồng)", default=0, validators=[MinValueValidator(0)])
    done_value = models.BigIntegerField("đã thực hiện (đồng)", default=0, validators=[MinValueValidator(0)])
    state = models.CharField(
        "tình trạng", max_length=10, choices=contract_states, default=ContractState.RUNNING, db_index=True
    )
    result = models.CharField("kết quả", max_length=400, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = ContractQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-signed_on", "-pk"]
        verbose_name = "hợp đồng với đối tác"
        verbose_name_plural = "hợp đồng với đối tác"
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "producer", "number"], name="partners_contract_number",
                violation_error_message="Hợp đồng số này giữa hai bên đã có trong sổ.",
            ),
            models.CheckConstraint(
                name="partners_contract_days",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                name="partners_contract_money",
                condition=Q(value__gte=0, done_value__gte=0),
                violation_error_message="Số tiền không được âm.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "-signed_on", "id"], name="partners_partnercontract_list")]

    def __str__(self) -> str:
        return f"{self.number}, {self.partner.name}"

    def search_words(self) -> list[str]:
        return [self.number, self.partner.name, self.producer.public_name, self.subject]

    def get_absolute_url(self) -> str:
        return reverse("partners:contracts_detail", args=[self.pk])


class ConferenceQuerySet(SearchableQuerySet):
    """Conferences."""

    def visible_to(self, user: Any) -> Self:
        """Those of the officer's province."""
        return self.filter(unit_id__in=province_units(user))

    def counted(self) -> Self:
        """With what was counted there: `partner_count`, `producer_count`, `agreement_count`, `agreement_value`."""
        attended = ConferenceAttendance.objects.filter(conference=models.OuterRef("pk")).order_by()
        signed = ConferenceAgreement.objects.filter(conference=models.OuterRef("pk")).order_by()

        def of(rows: Any, **expression: Any) -> Any:
            return Coalesce(
                models.Subquery(rows.values("conference").annotate(**expression).values(*expression)), 0
            )

        return self.annotate(
            partner_count=of(attended, one=Count("partner")),
            producer_count=of(attended, two=Count("producer")),
            agreement_count=of(signed, three=Count("pk")),
            agreement_value=of(signed, four=Sum("value")),
        )


class PartnerConference(WithFiles, Searchable):
    """A conference that connects partners and producers: share, meet, negotiate, sign (clause IV.9)."""

    name = models.CharField("tên hội nghị", max_length=250)
    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        db_index=False,
        related_name="partner_conferences",
        verbose_name="địa bàn tổ chức",
    )
    organiser = models.CharField("cơ quan tổ chức", max_length=200)
    held_on = models.DateField("ngày tổ chức")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=250)
    topic = models.CharField("chủ đề", max_length=300, blank=True)
    visitors = models.PositiveIntegerField("số người dự", default=0)
    meetings = models.PositiveIntegerField("số cuộc gặp được sắp xếp", default=0)
    cost = models.BigIntegerField("kinh phí (đồng)", default=0, validators=[MinValueValidator(0)])
    result = models.TextField("kết quả, bài học", blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = ConferenceQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = "hội nghị kết nối đối tác"
        verbose_name_plural = "hội nghị kết nối đối tác"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "held_on"], name="partners_conference_once",
                violation_error_message="Hội nghị này đã có trong sổ.",
            ),
            models.CheckConstraint(
                name="partners_conference_days",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("held_on")),
                violation_error_message="Ngày kết thúc phải từ ngày tổ chức trở đi.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "-held_on", "id"], name="partners_partnerconference_lis")]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.place, self.organiser, self.topic]

    def get_absolute_url(self) -> str:
        return reverse("partners:conferences_detail", args=[self.pk])


class _OfConference(SearchableQuerySet):
    """Rows of a conference."""

    def visible_to(self, user: Any) -> Self:
        """Those of the conferences that the officer sees."""
        return self.filter(conference__unit_id__in=province_units(user))


class ConferenceAttendance(Searchable):
    """A partner or a producer that came, with how many people and how many meetings were arranged for it."""

    conference = models.ForeignKey(
        PartnerConference, models.PROTECT, related_name="attendances", verbose_name="hội nghị"
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name="đối tác"
    )
    producer = models.ForeignKey(
        Producer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conference_attendances",
        verbose_name="chủ thể",
    )
    people = models.PositiveSmallIntegerField("số người", default=1)
    meetings = models.PositiveSmallIntegerField("số cuộc gặp", default=0)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = _OfConference.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["conference", "pk"]
        verbose_name = "bên dự hội nghị"
        verbose_name_plural = "bên dự hội nghị"
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "partner"], condition=Q(partner__isnull=False), name="partners_came_partner",
                violation_error_message="Đối tác này đã có trong danh sách dự.",
            ),
            models.UniqueConstraint(
                fields=["conference", "producer"], condition=Q(producer__isnull=False), name="partners_came_producer",
                violation_error_message="Chủ thể này đã có trong danh sách dự.",
            ),
            models.CheckConstraint(
                name="partners_came_one",
                condition=Q(partner__isnull=False, producer__isnull=True)
                | Q(partner__isnull=True, producer__isnull=False),
                violation_error_message="Mỗi dòng ghi một đối tác hoặc một chủ thể.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.partner or self.producer)

    def search_words(self) -> list[str]:
        return [self.partner.name if self.partner else "", self.producer.public_name if self.producer else ""]

    def get_absolute_url(self) -> str:
        return reverse("partners:attendances_detail", args=[self.pk])


class ConferenceAgreement(Searchable):
    """What a partner and a producer signed at a conference; money in whole đồng."""

    conference = models.ForeignKey(
        PartnerConference, models.PROTECT, related_name="agreements", verbose_name="hội nghị"
    )
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="agreements", verbose_name="đối tác")
    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="partner_agreements", verbose_name="chủ thể"
    )
    kind = models.CharField("loại", max_length=12, choices=agreement_kinds, default=AgreementKind.AGREEMENT)
    number = models.CharField("số", max_length=60, blank=True)
    signed_on = models.DateField("ngày ký")
    subject = models.CharField("nội dung", max_length=300, blank=True)
    value = models.BigIntegerField("giá trị (đồng)", default=0, validators=[MinValueValidator(0)])

    objects = _OfConference.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["conference", "pk"]
        verbose_name = "thỏa thuận ký tại hội nghị"
        verbose_name_plural = "thỏa thuận ký tại hội nghị"
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "partner", "producer", "kind", "number"], name="partners_agreement_once",
                violation_error_message="Thỏa thuận này đã có trong danh sách.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.partner.name} – {self.producer.public_name}"

    def search_words(self) -> list[str]:
        return [self.partner.name, self.producer.public_name, self.number, self.subject]

    def get_absolute_url(self) -> str:
        return reverse("partners:agreements_detail", args=[self.pk])
