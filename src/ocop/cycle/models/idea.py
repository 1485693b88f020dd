"""Ideas of products, and the criteria by which they are chosen."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.cycle.enums import IdeaState, idea_states, processings
from ocop.cycle.models.calendar import YEARS, this_year
from ocop.cycle.rules.selection import Criterion, facts_of
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Dated, DatedQuerySet, Searchable, dated_check
from ocop.producers.casework import ScopedQuerySet, WithFiles

PERCENT = (MaxValueValidator(100, "Tỷ lệ không được quá 100%%."),)


class IdeaCriterion(Dated):
    """A criterion of the choice of ideas with its most points, from one day to another."""

    key = models.SlugField("mã", max_length=30)
    name = models.CharField("tiêu chí", max_length=200)
    help = models.CharField("cách cho điểm", max_length=400, blank=True)
    most = models.PositiveSmallIntegerField("điểm tối đa")
    fact = models.CharField("ưu tiên theo", max_length=20, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    source = models.CharField("căn cứ", max_length=300, blank=True)
    confirmed = models.BooleanField("đã xác nhận", default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "tiêu chí xét chọn ý tưởng"
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="cycle_criterion_start"),
            dated_check("cycle_criterion_days"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rule(self) -> Criterion:
        """As the rules read it."""
        return Criterion(self.key, self.name, self.most, self.fact)


class IdeaQuerySet(ScopedQuerySet):
    """Ideas."""

    def on_the_road(self):
        """Those that the board shows: not refused or withdrawn, and no product yet."""
        return self.exclude(state__in=(IdeaState.REFUSED, IdeaState.WITHDRAWN)).filter(product__isnull=True)


class Idea(CaseBase, WithFiles, Searchable):
    """An idea of a product that a producer, or the commune for one, registers in a cycle year (IV.3.2.a)."""

    name = models.CharField("tên sản phẩm định làm", max_length=200, blank=True)
    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, related_name="ideas", verbose_name="chủ thể"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="ideas", verbose_name="địa bàn"
    )
    year = models.PositiveSmallIntegerField("năm chu trình", default=this_year, validators=YEARS)
    group = models.ForeignKey(
        "rulebook.ProductGroup", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="nhóm sản phẩm",
    )  # fmt: skip
    description = models.TextField(
        "mô tả sản phẩm", blank=True, max_length=3000,
        help_text="Sản phẩm trông thế nào, dùng làm gì, khác hàng nơi khác ở chỗ nào.",
    )  # fmt: skip
    origin = models.TextField(
        "ý tưởng từ đâu mà có", blank=True, max_length=2000,
        help_text="Nghề cha ông truyền lại, tự nghĩ ra, học ở nơi khác…",
    )  # fmt: skip
    material = models.TextField(
        "nguyên liệu", blank=True, max_length=2000,
        help_text="Làm bằng gì, trồng nuôi hoặc mua ở đâu.",
    )  # fmt: skip
    material_local_share = models.PositiveSmallIntegerField(
        "tỷ lệ nguyên liệu trong xã (%)", null=True, blank=True, validators=PERCENT
    )
    processing = models.CharField("mức chế biến", max_length=12, choices=processings, blank=True)
    labour_total = models.PositiveIntegerField("số người làm", null=True, blank=True)
    labour_local = models.PositiveIntegerField("trong đó người trong xã", null=True, blank=True)
    led_by_youth = models.BooleanField(
        "người đứng đầu là thanh niên", default=False, help_text="Từ 16 đến 30 tuổi (Luật Thanh niên)."
    )
    led_by_women = models.BooleanField("người đứng đầu là phụ nữ", default=False)
    market = models.TextField(
        "bán cho ai, ở đâu", blank=True, max_length=2000, help_text="Chợ, cửa hàng, siêu thị, mạng xã hội…"
    )
    expected_revenue = models.BigIntegerField("doanh thu năm đầu dự kiến", null=True, blank=True)
    wanted_help = models.TextField("cần giúp gì", blank=True, max_length=2000)
    state = models.CharField(
        "trạng thái", max_length=24, choices=idea_states, default=IdeaState.DRAFT, db_index=True
    )
    points = models.PositiveSmallIntegerField("điểm xét chọn", null=True, blank=True, editable=False)
    product = models.ForeignKey(
        "products.Product", models.PROTECT, null=True, blank=True, editable=False, related_name="ideas",
        verbose_name="sản phẩm",
    )  # fmt: skip
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = IdeaQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = "ý tưởng sản phẩm"
        verbose_name_plural = "ý tưởng sản phẩm"
        constraints = [
            models.CheckConstraint(
                condition=Q(labour_local__isnull=True) | Q(labour_total__isnull=True)
                | Q(labour_local__lte=models.F("labour_total")),
                name="cycle_idea_labour",
                violation_error_message="Số người trong xã không được nhiều hơn tổng số người làm.",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "-opened_at", "-id"], name="cycle_idea_list"),
            models.Index(fields=["unit", "state"], name="cycle_idea_unit"),
            models.Index(fields=["producer", "state"], name="cycle_idea_producer"),
        ]

    def __str__(self) -> str:
        return self.name or "Ý tưởng chưa đặt tên"

    def get_absolute_url(self) -> str:
        return reverse("cycle:ideas_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.name, self.producer.public_name, self.description]

    @property
    def facts(self) -> dict[str, bool]:
        """The facts that criteria may ask for: youth, women, deep processing."""
        return facts_of(youth=self.led_by_youth, women=self.led_by_women, processing=self.processing)

    @property
    def priority_words(self) -> str:
        """Why it comes first: "thanh niên, phụ nữ", "" when for no reason."""
        words = {"youth": "thanh niên", "women": "phụ nữ", "deep": "chế biến sâu"}
        return ", ".join(words[key] for key, holds in self.facts.items() if holds)


class IdeaMove(MoveBase):
    """One step of an idea."""

    subject = models.ForeignKey(Idea, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
