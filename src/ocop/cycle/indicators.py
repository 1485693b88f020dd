"""What the plan counts of the yearly cycle (section IV.3.2 of the plan)."""

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from ocop.cycle.enums import IdeaState
from ocop.cycle.models import BusinessPlan, Idea
from ocop.kit.indicators import Facts, Indicator

SECTION = "Kế hoạch OCOP giai đoạn 2023-2025, mục IV.3.2"


def _registered() -> QuerySet:
    """Ideas that were sent in, whatever became of them, by the day on which they were begun."""
    rows = Idea.objects.exclude(state__in=(IdeaState.DRAFT, IdeaState.WITHDRAWN))
    return rows.annotate(begun_on=TruncDate("opened_at"))


INDICATORS = (
    Indicator(
        "ideas_registered", "Ý tưởng sản phẩm đăng ký", "ý tưởng", "Đếm ý tưởng đã gửi trong kỳ", SECTION,
        Facts(rows=_registered, unit="unit", begins="begun_on"), what="Ý tưởng đang soạn hoặc đã rút không tính.",
        clause="IV.3.2.a", order=55,
    ),
    Indicator(
        "plans_approved", "Phương án sản xuất kinh doanh được chấp thuận", "phương án",
        "Đếm phương án có quyết định chấp thuận trong kỳ", SECTION,
        Facts(
            rows=lambda: BusinessPlan.objects.filter(decided_on__isnull=False).exclude(decision_number=""), unit="unit",
            begins="decided_on",
        ),
        clause="IV.3.2.a", order=56,
    ),
)  # fmt: skip
