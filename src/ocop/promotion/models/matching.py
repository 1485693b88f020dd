"""Supply and demand: offers of producers, requests of buyers, who was brought together, what was signed."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.partners.models import Partner, PartnerConference
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.models import VIEWING_ROLES, ProducerAccess
from ocop.promotion.enums import (
    REQUEST_MARKS,
    AgreementKind,
    Answer,
    OfferState,
    RequestState,
    agreement_kinds,
    answers,
    offer_states,
    request_states,
)
from ocop.promotion.models.parts import OfProducer, OfProducerQuerySet, not_negative

MONTH = (MinValueValidator(1), MaxValueValidator(12))


class SupplyOffer(OfProducer, Searchable):
    """What a producer can deliver: how much in a season, in which months, at what price."""

    product = models.ForeignKey(
        "products.Product", models.PROTECT, related_name="supply_offers", verbose_name="sản phẩm"
    )
    volume = models.DecimalField(
        "sản lượng mỗi vụ, mỗi năm", max_digits=14, decimal_places=1, default=1, validators=not_negative()
    )
    measure = models.CharField("đơn vị tính", max_length=20, default="kg")
    month_from = models.PositiveSmallIntegerField("có hàng từ tháng", default=1, validators=list(MONTH))
    month_to = models.PositiveSmallIntegerField("đến hết tháng", default=12, validators=list(MONTH))
    price_from = models.BigIntegerField("giá từ (đồng)", null=True, blank=True, validators=not_negative())
    price_to = models.BigIntegerField("giá đến (đồng)", null=True, blank=True, validators=not_negative())
    note = models.CharField("ghi chú", max_length=300, blank=True)
    state = models.CharField("tình trạng", max_length=10, choices=offer_states, default=OfferState.OPEN)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = OfProducerQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["product__name", "pk"]
        verbose_name = "chào hàng"
        verbose_name_plural = "chào hàng"

    def __str__(self) -> str:
        return f"{self.product} – {self.producer}"

    def search_words(self) -> list[str]:
        return [self.product.name, self.producer.public_name, self.note]

    def get_absolute_url(self) -> str:
        return reverse("promotion:offers_detail", args=[self.pk])

    def clean(self) -> None:
        """A range of prices goes upwards."""
        super().clean()
        if self.price_from is not None and self.price_to is not None and self.price_to < self.price_from:
            raise ValidationError({"price_to": "Giá đến phải từ giá thấp nhất trở lên."})


class WithBuyer(models.Model):
    """A buyer: a partner of the register, or a name that was taken down."""

    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="%(class)s_rows", verbose_name="đối tác trong sổ",
        help_text="Nếu bên mua đã có trong sổ đối tác.",
    )  # fmt: skip
    buyer_name = models.CharField("bên mua", max_length=200, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A partner brings its name; without one the name is needed."""
        super().clean()
        if not self.buyer_name and self.partner is not None:
            self.buyer_name = self.partner.name[:200]
        if not self.buyer_name:
            raise ValidationError({"buyer_name": "Hãy ghi tên bên mua, hoặc chọn đối tác trong sổ."})


class RequestQuerySet(ScopedQuerySet):
    """Requests of buyers."""

    producer_path = ""

    def visible_to(self, user: Any) -> Self:
        """Those of the officer's reach, and for a producer's people those to which it was introduced."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        asked = Introduction.objects.filter(offer__producer_id__in=ProducerAccess.objects.producer_ids(user))
        mine = Q(pk__in=asked.values("request_id"))
        scope = scope_of(user)
        if not scope.has_any(*VIEWING_ROLES):
            return self.filter(mine)
        return self.filter(mine | Q(unit_id__in=scope.unit_ids(*VIEWING_ROLES)))


class PurchaseRequest(CaseBase, WithBuyer, Searchable):
    """What a buyer wants, as an officer took it down: a product or a group, how much, from when to when, the price."""

    buyer_contact = models.CharField("liên hệ của bên mua", max_length=200, blank=True)
    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        db_index=False,
        related_name="purchase_requests",
        verbose_name="địa bàn của cơ quan nhận",
    )
    wanted = models.CharField("mặt hàng cần mua", max_length=200)
    product = models.ForeignKey(
        "products.Product", models.PROTECT, null=True, blank=True, related_name="purchase_requests",
        verbose_name="đúng sản phẩm",
    )  # fmt: skip
    group = models.ForeignKey(
        "rulebook.ProductGroup",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nhóm sản phẩm",
    )
    volume = models.DecimalField(
        "số lượng", max_digits=14, decimal_places=1, default=1, validators=not_negative()
    )
    measure = models.CharField("đơn vị tính", max_length=20, default="kg")
    price_most = models.BigIntegerField(
        "giá mua cao nhất (đồng)", null=True, blank=True, validators=not_negative()
    )
    needed_from = models.DateField("cần hàng từ ngày", default=clock.today)
    needed_to = models.DateField("đến ngày", default=clock.today)
    note = models.CharField("yêu cầu khác", max_length=500, blank=True)
    state = models.CharField(
        "trạng thái", max_length=24, choices=request_states, default=RequestState.OPEN, db_index=True
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = RequestQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["needed_to", "pk"]
        verbose_name = "nhu cầu mua"
        verbose_name_plural = "nhu cầu mua"
        indexes = [models.Index(fields=["unit", "needed_to", "id"], name="promotion_purchaserequest_list")]

    def __str__(self) -> str:
        return f"{self.buyer_name}: {self.wanted}"

    def get_absolute_url(self) -> str:
        return reverse("promotion:requests_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.buyer_name, self.wanted]

    def clean(self) -> None:
        """The days follow each other; something that can be matched is wanted."""
        super().clean()
        if self.needed_from and self.needed_to and self.needed_to < self.needed_from:
            raise ValidationError({"needed_to": "Ngày cuối phải từ ngày đầu trở đi."})
        if not self.product_id and not self.group_id:
            raise ValidationError({"group": "Hãy chọn nhóm sản phẩm, hoặc đúng sản phẩm cần mua."})

    @property
    def mark(self) -> tuple[str, str, str]:
        """The state as a badge: word, tone, icon."""
        return (self.get_state_display(), *REQUEST_MARKS[self.state])


class PurchaseRequestMove(MoveBase):
    """One step of a buyer's request."""

    subject = models.ForeignKey(PurchaseRequest, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")


class Introduction(models.Model):
    """An offer brought to a buyer, with how well it fitted on that day, and what the producer answered."""

    request = models.ForeignKey(
        PurchaseRequest, models.PROTECT, related_name="introductions", verbose_name="nhu cầu mua"
    )
    offer = models.ForeignKey(
        SupplyOffer, models.PROTECT, related_name="introductions", verbose_name="chào hàng"
    )
    points = models.PositiveSmallIntegerField("điểm phù hợp", default=0)
    reasons = models.CharField("vì sao phù hợp", max_length=400, blank=True)
    answer = models.CharField("trả lời", max_length=10, choices=answers, default=Answer.ASKED)
    reason = models.CharField("lý do", max_length=300, blank=True)
    at = models.DateTimeField("giới thiệu lúc", default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-points", "pk"]
        verbose_name = "giới thiệu"
        constraints = [
            models.UniqueConstraint(fields=["request", "offer"], name="promotion_introduction_once")
        ]

    def __str__(self) -> str:
        return f"{self.request} ← {self.offer}"


class MeetingTalk(WithBuyer, OfProducer, Searchable):
    """One producer and one buyer sat down together at a conference of partners."""

    conference = models.ForeignKey(
        PartnerConference, models.PROTECT, related_name="talks", verbose_name="hội nghị"
    )
    product = models.ForeignKey(
        "products.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="về sản phẩm",
    )
    request = models.ForeignKey(
        PurchaseRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="talks",
        verbose_name="nhu cầu mua",
    )
    agreed = models.BooleanField("hai bên thống nhất ký kết", default=False)
    note = models.CharField("nội dung trao đổi", max_length=400, blank=True)

    objects = OfProducerQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["conference", "producer__name", "pk"]
        verbose_name = "cuộc gặp"
        verbose_name_plural = "cuộc gặp"

    def __str__(self) -> str:
        return f"{self.producer} gặp {self.buyer_name}"

    def search_words(self) -> list[str]:
        return [self.producer.public_name, self.buyer_name, self.conference.name]


class AgreementQuerySet(OfProducerQuerySet):
    """What was signed; the office that brought the two together sees it too, wherever the producer is."""

    def ways(self, user: Any, via: str = "") -> list[Q]:
        return [*super().ways(user, via), *self.by_units(user, f"{via}request__unit_id")]


class Agreement(WithBuyer, OfProducer, Searchable, WithFiles):
    """A memorandum or a contract between a producer and a buyer, with its value and what was delivered so far."""

    kind = models.CharField("loại", max_length=10, choices=agreement_kinds, default=AgreementKind.CONTRACT)
    number = models.CharField("số", max_length=60, blank=True)
    product = models.ForeignKey(
        "products.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supply_agreements",
        verbose_name="sản phẩm",
    )
    request = models.ForeignKey(
        PurchaseRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name="nhu cầu mua",
    )
    conference = models.ForeignKey(
        PartnerConference, models.PROTECT, null=True, blank=True, related_name="supply_agreements",
        verbose_name="ký tại hội nghị",
    )  # fmt: skip
    signed_on = models.DateField("ngày ký", default=clock.today)
    value = models.BigIntegerField("giá trị (đồng)", null=True, blank=True, validators=not_negative())
    starts_on = models.DateField("thực hiện từ", null=True, blank=True)
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)
    delivered = models.BigIntegerField(
        "đã thực hiện (đồng)", null=True, blank=True, validators=not_negative()
    )
    delivered_on = models.DateField("tính đến ngày", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = AgreementQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-signed_on", "pk"]
        verbose_name = "hợp đồng tiêu thụ"
        verbose_name_plural = "hợp đồng tiêu thụ"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number or self.signed_on.strftime('%d/%m/%Y')}: {self.buyer_name}"

    def get_absolute_url(self) -> str:
        return reverse("promotion:supply_agreements_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [
            self.number,
            self.buyer_name,
            self.producer.public_name,
            self.product.name if self.product else "",
        ]

    def clean(self) -> None:
        """The days follow each other; what was delivered has its day."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "Ngày cuối phải từ ngày đầu trở đi."})
        if self.delivered is not None and self.delivered_on is None:
            raise ValidationError({"delivered": "Hãy ghi giá trị đã thực hiện tính đến ngày nào."})
