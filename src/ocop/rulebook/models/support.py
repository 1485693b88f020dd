"""Support policies: what the resolutions of councils entitle a producer to, as dated rows."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.models import Dated, DatedQuerySet, Searchable, SearchableQuerySet, dated_check
from ocop.rulebook import enums


class SupportPolicyQuerySet(DatedQuerySet, SearchableQuerySet):  # type: ignore[override]
    """Policies by the day and by what is typed; policies are public law, so everybody sees them all."""

    def visible_to(self, user: object) -> Self:
        """Every policy: what a council resolved is no secret."""
        return self


class SupportPolicy(Dated, Searchable):
    """The support that one resolution gives, in a province or in one unit that resolved its own.

    `confirmed` is false while the resolution itself was not read: items, amounts and conditions are then what the
    `source` says, and an amount that no source names stays empty.
    """

    slug = models.SlugField("mã", max_length=60, unique=True)
    title = models.CharField("tên chính sách", max_length=400)
    instrument = models.ForeignKey(
        "law.Instrument",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="support_policies",
        verbose_name="văn bản",
    )
    province = models.CharField("mã tỉnh", max_length=10, blank=True, default="")
    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="support_policies",
        verbose_name="địa bàn riêng",
        help_text="Để trống khi áp dụng cho cả tỉnh.",
    )
    decided_by = models.CharField(
        "cấp quyết định hỗ trợ",
        max_length=10,
        choices=enums.support_deciders,
        default=enums.SupportDecider.LOCAL,
    )
    confirmed = models.BooleanField("đã đối chiếu văn bản", default=False)
    source = models.TextField("nguồn", blank=True)
    note = models.TextField("ghi chú", blank=True)
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    objects = SupportPolicyQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "slug"]
        verbose_name = "chính sách hỗ trợ"
        constraints = [dated_check("rulebook_support_policy_dates")]

    def __str__(self) -> str:
        return self.title

    def search_words(self) -> list[str]:
        return [self.title, self.instrument.number if self.instrument else "", self.slug]

    def get_absolute_url(self) -> str:
        return reverse("rulebook:support_policies_detail", args=[self.pk])

    @property
    def mark(self) -> tuple[str, str, str]:
        """The word, tone and icon that say whether the policy is in force today."""
        today = clock.today()
        if today < self.valid_from:
            return "Chưa áp dụng", "water", "hourglass"
        return (
            ("Đang áp dụng", "leaf", "circle-check")
            if self.in_force(today)
            else ("Hết áp dụng", "grey", "slash")
        )


class SupportItemQuerySet(DatedQuerySet, SearchableQuerySet):  # type: ignore[override]
    """Items by the day."""

    def visible_to(self, user: object) -> Self:
        """Every item: what a council resolved is no secret."""
        return self

    def in_force(self, day: date) -> Self:
        """Items that a request of that day may name: the item and its policy are both in force."""
        return self.valid_on(day).filter(
            Q(policy__valid_to__isnull=True) | Q(policy__valid_to__gte=day), policy__valid_from__lte=day
        )


class SupportItem(Dated, Searchable):
    """One thing that a policy supports. Amounts are whole đồng per `measure`; empty means: no source known.

    `percent` is the share of the producer's cost that may be paid, `ceiling` the most that one request may get,
    `once_per` for whom the item is paid only once.
    """

    policy = models.ForeignKey(SupportPolicy, models.PROTECT, related_name="items", verbose_name="chính sách")
    code = models.SlugField("mã", max_length=60)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    name = models.CharField("tên nội dung hỗ trợ", max_length=300)
    content = models.CharField(
        "hỗ trợ cho việc gì",
        max_length=20,
        choices=enums.support_contents,
        default=enums.SupportContent.OTHER,
    )
    measure = models.CharField("đơn vị tính", max_length=60, blank=True)
    amount = models.BigIntegerField(
        "mức hỗ trợ (đồng)", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    percent = models.DecimalField(
        "tỷ lệ hỗ trợ (%)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    ceiling = models.BigIntegerField(
        "mức tối đa (đồng)", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    conditions = models.TextField("điều kiện", blank=True)
    once_per = models.CharField(
        "chỉ hỗ trợ một lần cho",
        max_length=10,
        choices=enums.support_onces,
        default=enums.SupportOnce.NONE,
        blank=True,
    )
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    objects = SupportItemQuerySet.as_manager()

    class Meta:
        ordering = ["policy", "order", "code"]
        verbose_name = "nội dung hỗ trợ"
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "code", "valid_from"], name="rulebook_support_item_start"
            ),
            dated_check("rulebook_support_item_dates"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_amount(self) -> bool:
        """Whether a source says how much: an amount, or a share of the cost."""
        return self.amount is not None or self.percent is not None

    def search_words(self) -> list[str]:
        return [self.name, self.code]

    def get_absolute_url(self) -> str:
        return f"{reverse('rulebook:support_policies_detail', args=[self.policy_id])}#{self.code}"
