"""Business plans with schedule, forecast, requested support, progress and result."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.cycle.enums import PlanState, appraisals, plan_states, quarters
from ocop.cycle.models.calendar import YEARS, this_year
from ocop.cycle.models.idea import PERCENT, Idea
from ocop.cycle.rules.plans import profit
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet, WithFiles

POSITIVE = (MinValueValidator(0, "Số tiền không được âm."),)
OVER = (PlanState.REFUSED, PlanState.WITHDRAWN)


def _money(label: str) -> models.BigIntegerField:
    return models.BigIntegerField(label, null=True, blank=True, validators=POSITIVE)


def _text(label: str, help_text: str = "") -> models.TextField:
    return models.TextField(label, blank=True, max_length=6000, help_text=help_text)


class PlanQuerySet(ScopedQuerySet):
    """Business plans."""

    def running(self):
        """Those that are carried out."""
        return self.filter(state=PlanState.APPROVED)


class BusinessPlan(CaseBase, WithFiles, Searchable):
    """How an idea that was chosen becomes a product: what is there, what is to be done, with which money (IV.3.2.a).

    Money in whole đồng. What it says about product and production answers the questions of the dossier later.
    """

    title = models.CharField("tên phương án", max_length=250)
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="plans", verbose_name="ý tưởng")
    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, related_name="business_plans", verbose_name="chủ thể"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="business_plans", verbose_name="địa bàn"
    )
    year = models.PositiveSmallIntegerField("năm chu trình", default=this_year, validators=YEARS)
    present = _text("thực trạng", "Đất đai, nhà xưởng, máy móc, người làm, sản lượng, doanh thu hiện nay.")
    development = _text("kế hoạch phát triển sản phẩm", "Sẽ làm những việc gì, mở rộng đến đâu.")
    feasibility = _text("tính khả thi", "Vì sao làm được: kỹ thuật, thị trường, con người, rủi ro.")
    spec = models.CharField("quy cách sản phẩm", max_length=200, blank=True)
    technology = _text("công nghệ, quy trình sản xuất", "Làm thủ công hay bằng máy, gồm những bước nào.")
    material_area = _text("vùng nguyên liệu, nguồn nguyên liệu", "Trồng, nuôi hoặc mua ở đâu, diện tích.")
    material_local_share = models.PositiveSmallIntegerField(
        "tỷ lệ nguyên liệu trong xã (%)", null=True, blank=True, validators=PERCENT
    )
    labour_total = models.PositiveIntegerField("tổng số lao động", null=True, blank=True)
    labour_local = models.PositiveIntegerField("trong đó người trong xã", null=True, blank=True)
    market = _text("thị trường, kênh bán hàng")
    resources = _text("nguồn lực bảo đảm", "Đất, nhà xưởng, máy móc, người, vốn đã có và sẽ có.")
    own_money = _money("vốn tự có (đồng)")
    loan_money = _money("vốn vay (đồng)")
    other_money = _money("vốn khác (đồng)")
    revenue_1 = _money("doanh thu năm thứ nhất")
    cost_1 = _money("chi phí năm thứ nhất")
    revenue_2 = _money("doanh thu năm thứ hai")
    cost_2 = _money("chi phí năm thứ hai")
    revenue_3 = _money("doanh thu năm thứ ba")
    cost_3 = _money("chi phí năm thứ ba")
    has_priority = models.BooleanField("thuộc diện ưu tiên", default=False, editable=False)
    state = models.CharField(
        "trạng thái", max_length=24, choices=plan_states, default=PlanState.DRAFT, db_index=True
    )
    appraisal = models.CharField("thẩm định đề nghị", max_length=10, choices=appraisals, blank=True)
    appraisal_text = models.TextField("kết luận thẩm định", blank=True, max_length=6000)
    appraised_on = models.DateField("ngày thẩm định", null=True, blank=True)
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        verbose_name="người quyết định",
    )  # fmt: skip
    result = models.TextField("kết quả thực hiện", blank=True, max_length=6000)
    result_revenue = _money("doanh thu đạt được (đồng)")
    finished_on = models.DateField("ngày kết thúc", null=True, blank=True)
    product = models.ForeignKey(
        "products.Product", models.PROTECT, null=True, blank=True, editable=False, related_name="business_plans",
        verbose_name="sản phẩm",
    )  # fmt: skip
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = PlanQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = "phương án sản xuất kinh doanh"
        verbose_name_plural = "phương án sản xuất kinh doanh"
        constraints = [
            models.UniqueConstraint(
                fields=["idea"], condition=~Q(state__in=OVER), name="cycle_plan_once",
                violation_error_message="Ý tưởng này đã có phương án.",
            ),
            models.CheckConstraint(
                condition=Q(labour_local__isnull=True) | Q(labour_total__isnull=True)
                | Q(labour_local__lte=models.F("labour_total")),
                name="cycle_plan_labour",
                violation_error_message="Số người trong xã không được nhiều hơn tổng số lao động.",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "-opened_at", "-id"], name="cycle_businessplan_list"),
            models.Index(fields=["unit", "state"], name="cycle_plan_unit"),
            models.Index(fields=["producer", "state"], name="cycle_plan_producer"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cycle:plans_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.title, self.producer.public_name, self.decision_number]

    @property
    def profit_1(self) -> int | None:
        """Forecast profit of the first year, đồng."""
        return profit(self.revenue_1, self.cost_1)

    @property
    def profit_2(self) -> int | None:
        """Forecast profit of the second year, đồng."""
        return profit(self.revenue_2, self.cost_2)

    @property
    def profit_3(self) -> int | None:
        """Forecast profit of the third year, đồng."""
        return profit(self.revenue_3, self.cost_3)

    @property
    def invested(self) -> int:
        """The producer's own, borrowed and other money together, đồng."""
        return sum(money or 0 for money in (self.own_money, self.loan_money, self.other_money))


class OfPlanQuerySet(ScopedQuerySet):
    """What belongs to a plan is seen by whoever sees the plan."""

    unit_path = "plan__unit_id"
    producer_path = "plan__producer_id"


class PlanMilestone(Searchable):
    """A piece of work of a plan's schedule with the day by which it is done."""

    plan = models.ForeignKey(
        BusinessPlan, models.CASCADE, related_name="milestones", verbose_name="phương án"
    )
    title = models.CharField("việc", max_length=250)
    due_on = models.DateField("xong trước ngày")
    done_on = models.DateField("đã xong ngày", null=True, blank=True)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = "mốc tiến độ"

    def __str__(self) -> str:
        return self.title

    def search_words(self) -> list[str]:
        return [self.title]


class PlanSupport(Searchable):
    """Support that a plan asks for: an item of the policy, what for, how much (đồng)."""

    plan = models.ForeignKey(BusinessPlan, models.CASCADE, related_name="supports", verbose_name="phương án")
    item = models.ForeignKey(
        "rulebook.SupportItem", models.PROTECT, related_name="+", verbose_name="nội dung hỗ trợ"
    )
    purpose = models.CharField("dùng vào việc", max_length=300, blank=True)
    amount = models.BigIntegerField("số tiền đề nghị (đồng)", validators=POSITIVE)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "đề nghị hỗ trợ"
        constraints = [models.UniqueConstraint(fields=["plan", "item"], name="cycle_support_once")]

    def __str__(self) -> str:
        return f"{self.item}"

    def search_words(self) -> list[str]:
        return [self.item.name, self.purpose]


class PlanProgress(Searchable):
    """What was done in a quarter: share of the work, revenue and spending of the quarter (đồng), people at work."""

    plan = models.ForeignKey(BusinessPlan, models.CASCADE, related_name="progress", verbose_name="phương án")
    year = models.PositiveSmallIntegerField("năm", validators=YEARS)
    quarter = models.PositiveSmallIntegerField("quý", choices=quarters)
    done_percent = models.PositiveSmallIntegerField("khối lượng đã làm (%)", validators=PERCENT)
    revenue = models.BigIntegerField("doanh thu trong quý (đồng)", default=0, validators=POSITIVE)
    spent = models.BigIntegerField("đã chi trong quý (đồng)", default=0, validators=POSITIVE)
    labour = models.PositiveIntegerField("số lao động", null=True, blank=True)
    text = models.TextField("đã làm được gì, vướng gì", blank=True, max_length=3000)
    at = models.DateTimeField("báo cáo lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người báo cáo"
    )

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["year", "quarter"]
        verbose_name = "tiến độ quý"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "quarter"], name="cycle_progress_once",
                violation_error_message="Quý này đã có báo cáo.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_quarter_display()}/{self.year}"

    def search_words(self) -> list[str]:
        return [self.plan.title, self.text]


class PlanMove(MoveBase):
    """One step of a plan."""

    subject = models.ForeignKey(BusinessPlan, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
