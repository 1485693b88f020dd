"""What the plan counts of inspection (section IV.4 of the plan)."""

from ocop.kit.indicators import Facts, Indicator, Split
from ocop.quality.enums import Outcome
from ocop.quality.models import Violation, Visit

SECTION = "Kế hoạch OCOP giai đoạn 2023-2025, mục IV.4"


def _outcomes(values: object) -> dict[str, str]:
    return {value: Outcome(value).label if value else "chưa ghi" for value in values}  # type: ignore[attr-defined]


INDICATORS = (
    Indicator(
        "visits_concluded", "Lượt kiểm tra đã kết luận", "lượt", "Đếm lượt kiểm tra có ngày kết luận trong kỳ", SECTION,
        Facts(
            rows=lambda: Visit.objects.filter(concluded_on__isnull=False), unit="unit", begins="concluded_on",
            splits=(Split("outcome", "Kết quả", "outcome", _outcomes),),
        ),
        clause="IV.4.1", order=65,
    ),
    Indicator(
        "violations", "Vi phạm đã xử lý", "vụ", "Đếm quyết định xử lý vi phạm ra trong kỳ", SECTION,
        Facts(rows=Violation.objects.all, unit="unit", begins="decided_on"), clause="IV.4.1", order=66,
    ),
)  # fmt: skip
