"""Surveys of good products, and candidates for more stars (clause IV.3.2.b, first indent)."""

from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.development.enums import CandidateState, candidate_states
from ocop.kit.addresses import reverse
from ocop.kit.models import Searchable, SearchableQuerySet, count_of
from ocop.partners.models import province_units
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.recognition.models import Certificate

STARS = (MinValueValidator(1), MaxValueValidator(5))


class SurveyQuerySet(SearchableQuerySet):
    """Surveys."""

    def visible_to(self, user: Any) -> Self:
        """Those of the officer's province: what the province finds concerns the commune."""
        return self.filter(unit_id__in=province_units(user))

    def counted(self) -> Self:
        """With `chosen_count`, the candidates that it found."""
        return self.annotate(chosen_count=count_of(StarCandidate.objects.all(), "survey"))


class ProductSurvey(WithFiles, Searchable):
    """Somebody went and looked for good products: when, where, how many were seen."""

    name = models.CharField("tên đợt khảo sát", max_length=200)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn"
    )
    held_on = models.DateField("ngày khảo sát")
    surveyor = models.CharField("cơ quan, người khảo sát", max_length=200)
    producers_seen = models.PositiveIntegerField("số cơ sở khảo sát", default=0)
    products_seen = models.PositiveIntegerField("số sản phẩm khảo sát", default=0)
    ideas_seen = models.PositiveIntegerField("số ý tưởng khởi nghiệp", default=0)
    finding = models.TextField("nhận xét", blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = SurveyQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = "đợt khảo sát sản phẩm"
        verbose_name_plural = "đợt khảo sát sản phẩm"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "unit", "held_on"], name="development_survey_once",
                violation_error_message="Đợt khảo sát này đã có trong sổ.",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "-held_on", "id"], name="development_productsurvey_list")]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.surveyor, self.unit.name]

    def get_absolute_url(self) -> str:
        return reverse("development:surveys_detail", args=[self.pk])


class CandidateQuerySet(ScopedQuerySet):
    """Candidates."""

    def with_stars(self, day: date) -> Self:
        """With `stars_now`, the stars of the product that hold on that day (None without)."""
        held = Certificate.objects.public().in_validity(day).filter(product=models.OuterRef("product"))
        return self.annotate(stars_now=models.Subquery(held.order_by("-stars").values("stars")[:1]))

    def open(self) -> Self:
        """Those that are neither there yet nor given up."""
        return self.exclude(state__in=(CandidateState.REACHED, CandidateState.DROPPED))


class StarCandidate(Searchable):
    """A product chosen to become one of 4 or 5 stars: what is missing, what support was agreed, what came of it.

    `reached_*` are written when a certificate with the stars aimed at is issued.
    """

    product = models.ForeignKey(
        Product, models.PROTECT, related_name="star_candidacies", verbose_name="sản phẩm"
    )
    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="star_candidates", verbose_name="chủ thể", editable=False
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn", editable=False
    )
    survey = models.ForeignKey(
        ProductSurvey,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="candidates",
        verbose_name="đợt khảo sát",
    )
    year = models.PositiveSmallIntegerField(
        "năm", validators=[MinValueValidator(2021), MaxValueValidator(2100)], db_index=True
    )
    target_stars = models.PositiveSmallIntegerField("sao đặt ra", validators=STARS, default=4)
    missing = models.TextField("còn thiếu gì", blank=True)
    missing_count = models.PositiveSmallIntegerField("số tiêu chí còn thiếu", default=0)
    support = models.TextField("hỗ trợ đã thống nhất", blank=True)
    support_money = models.BigIntegerField(
        "kinh phí hỗ trợ (đồng)", default=0, validators=[MinValueValidator(0)]
    )
    ready_by = models.DateField("xong trước ngày", null=True, blank=True)
    state = models.CharField(
        "tình trạng", max_length=10, choices=candidate_states, default=CandidateState.WATCHED, db_index=True
    )
    reached_stars = models.PositiveSmallIntegerField("sao đạt được", null=True, blank=True, validators=STARS)
    reached_on = models.DateField("ngày đạt", null=True, blank=True)
    result = models.CharField("kết quả, lý do dừng", max_length=300, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = CandidateQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-year", "-target_stars", "pk"]
        verbose_name = "sản phẩm hướng tới 4, 5 sao"
        verbose_name_plural = "sản phẩm hướng tới 4, 5 sao"
        constraints = [
            models.UniqueConstraint(
                fields=["product", "year", "target_stars"], name="development_candidate_once",
                violation_error_message="Sản phẩm này đã được chọn cho mức sao và năm này.",
            ),
            models.CheckConstraint(
                name="development_candidate_stars",
                condition=Q(target_stars__range=(1, 5))
                & (Q(reached_stars__isnull=True) | Q(reached_stars__range=(1, 5))),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["unit", "-year", "-target_stars", "id"], name="development_starcandidate_list"
            )
        ]

    def __str__(self) -> str:
        return f"{self.product.name}: {self.target_stars} sao, {self.year}"

    def search_words(self) -> list[str]:
        return [self.product.name, self.producer.public_name]

    def get_absolute_url(self) -> str:
        return reverse("development:candidates_detail", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Producer and unit are the product's when the row is made, and stay."""
        if self.producer_id is None:
            self.producer, self.unit = self.product.producer, self.product.unit
        super().save(*args, **kwargs)
