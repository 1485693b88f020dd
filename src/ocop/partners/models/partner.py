"""Partners, what they offer, and what they agreed to have published."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.models import Searchable, SearchableQuerySet
from ocop.partners.enums import PartnerKind, PartnerState, chain_parts, partner_kinds, partner_states
from ocop.producers.codes import new_code
from ocop.producers.models import VIEWING_ROLES, ProducerAccess
from ocop.units.enums import UnitLevel
from ocop.units.models import UnitCover


class Service(models.Model):
    """Something that partners offer to producers: packaging, tests, loans...; reference data of the project."""

    key = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=120)
    name_en = models.CharField("tên tiếng Anh", max_length=120)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["position", "key"]
        verbose_name = "lĩnh vực cung cấp"

    def __str__(self) -> str:
        return self.name


class PartnerQuerySet(SearchableQuerySet):
    """Partners."""

    def visible_to(self, user: Any) -> Self:
        """The partners of the officer's own province, for a commune looks for one in all of it; for a producer's people
        those that they have a contract with."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        access = ProducerAccess.objects.producer_ids(user)
        bound = self.model._base_manager.filter(contracts__producer_id__in=access).values("pk")
        return self.filter(Q(unit_id__in=province_units(user)) | Q(pk__in=bound))

    def active(self) -> Self:
        """Those that take part."""
        return self.filter(state=PartnerState.ACTIVE)

    def published_on(self, day: date) -> Self:
        """Those that take part and whose consent to publication holds on that day."""
        return self.active().filter(pk__in=PartnerConsent.objects.in_force(day).values("partner_id"))


def province_units(user: Any) -> Any:
    """Ids of every unit of the provinces in which the officer holds a role, as a subquery."""
    own = {holding.unit_id for holding in scope_of(user).of(*VIEWING_ROLES)} - {None}
    provinces = UnitCover.objects.filter(holder__level=UnitLevel.PROVINCE, covered_id__in=own)
    return UnitCover.objects.filter(holder_id__in=provinces.values("holder_id")).values("covered_id")


class Partner(Searchable):
    """An organisation or person that works with producers for mutual benefit (clause IV.9 of the plan).

    `unit` is the unit whose office keeps the row. The four numbers of its capacity are those of the latest concluded
    assessment, or what the office wrote down before. Person, telephone and mail may be personal data: officers read
    them, the public site only with consent. `account` is the partner's own sign-in, if it has one.
    """

    code = models.CharField("mã đối tác", max_length=12, unique=True, default=new_code, editable=False)
    name = models.CharField("tên đối tác", max_length=250)
    kind = models.CharField("nhóm đối tác", max_length=16, choices=partner_kinds, default=PartnerKind.CHAIN)
    part = models.CharField("vai trò trong chuỗi", max_length=16, choices=chain_parts, blank=True)
    services = models.ManyToManyField(
        Service, blank=True, related_name="partners", verbose_name="lĩnh vực cung cấp"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="partners", verbose_name="địa bàn theo dõi"
    )
    introduction = models.TextField("giới thiệu", blank=True)
    tax_code = models.CharField("mã số thuế", max_length=13, blank=True)
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    contact_person = models.CharField("người liên hệ", max_length=120, blank=True)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    website = models.URLField("website", blank=True)
    account = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="partner_places", verbose_name="tài khoản",
    )  # fmt: skip
    areas = models.PositiveSmallIntegerField("số tỉnh, thành phố phục vụ", null=True, blank=True)
    volume = models.PositiveIntegerField("năng lực mỗi năm", null=True, blank=True)
    volume_unit = models.CharField("đơn vị của năng lực", max_length=40, blank=True)
    staff = models.PositiveIntegerField("số nhân lực", null=True, blank=True)
    certificates = models.PositiveSmallIntegerField("số chứng nhận, giấy phép", null=True, blank=True)
    certificate_note = models.CharField("tên chứng nhận, giấy phép", max_length=250, blank=True)
    joined_on = models.DateField("tham gia từ ngày", null=True, blank=True)
    state = models.CharField(
        "tình trạng", max_length=10, choices=partner_states, default=PartnerState.ACTIVE, db_index=True
    )
    note = models.CharField("ghi chú", max_length=400, blank=True)
    source = models.CharField("nguồn", max_length=400, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    data_key = models.CharField(max_length=160, null=True, blank=True, unique=True, editable=False)

    objects = PartnerQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "đối tác"
        verbose_name_plural = "đối tác"
        constraints = [
            models.CheckConstraint(
                name="partners_partner_part",
                condition=Q(part="") | Q(kind=PartnerKind.CHAIN),
                violation_error_message="Vai trò trong chuỗi chỉ ghi cho doanh nghiệp, hợp tác xã trong chuỗi.",
            )
        ]
        indexes = [models.Index(fields=["unit", "name", "id"], name="partners_partner_list")]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        """Public words only: no person, no telephone."""
        return [self.name, self.code, self.introduction]

    def get_absolute_url(self) -> str:
        return reverse("partners:partners_detail", args=[self.pk])

    @property
    def volume_words(self) -> str:
        """The yearly capacity with its unit, "" when it is not known."""
        return f"{self.volume:,} {self.volume_unit}".replace(",", ".").strip() if self.volume else ""

    @property
    def service_words(self) -> str:
        """What it offers, in a line."""
        return ", ".join(service.name for service in self.services.all())

    def consent_on(self, day: date | None = None) -> "PartnerConsent | None":
        """The consent to publication in force on that day (default today)."""
        day = day or clock.today()
        return next((row for row in self.consents.all() if row.holds_on(day)), None)


class ConsentQuerySet(models.QuerySet):
    """Consents to publication."""

    def in_force(self, day: date) -> Self:
        """Those given by that day and not withdrawn by then."""
        rows = self.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day))
        return rows.filter(given_on__lte=day)


class PartnerConsent(models.Model):
    """A partner agreed that certain fields stand on the public site (Decree 13/2023/NĐ-CP, Article 11).

    `fields` are keys of `AgreedField`. Never edited: a change of mind withdraws it and a new one is recorded.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="consents", verbose_name="đối tác")
    fields = models.JSONField("mục đồng ý công khai", default=list)
    given_by = models.CharField("người đồng ý", max_length=120)
    given_on = models.DateField("ngày đồng ý")
    basis = models.CharField("văn bản, hình thức đồng ý", max_length=200)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc", default=clock.now)
    withdrawn_on = models.DateField("rút lại từ ngày", null=True, blank=True)
    withdrawn_reason = models.CharField("lý do rút", max_length=300, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-pk"]
        verbose_name = "đồng ý công khai"
        constraints = [
            models.UniqueConstraint(
                fields=["partner"], condition=Q(withdrawn_on__isnull=True), name="partners_consent_one_open",
                violation_error_message="Đối tác đã có bản đồng ý đang hiệu lực.",
            ),
            models.CheckConstraint(
                name="partners_consent_days",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("given_on")),
                violation_error_message="Ngày rút phải từ ngày đồng ý trở đi.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.partner}, {self.given_on:%d/%m/%Y}"

    def holds_on(self, day: date) -> bool:
        """True when it was given by that day and not withdrawn by then."""
        return self.given_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)
