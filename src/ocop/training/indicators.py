"""What the plan counts of training (section IV.2 of the plan)."""

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from ocop.kit.indicators import Facts, Indicator, Split
from ocop.training.enums import ActivityKind, CourseState
from ocop.training.models import Course

SECTION = "Kế hoạch OCOP giai đoạn 2023-2025, mục IV.2.2"


def _held() -> QuerySet:
    """Activities whose result is written, with how many took part."""
    people = Coalesce("officials", 0) + Coalesce("producers", 0) + Coalesce("others", 0)
    return Course.objects.filter(state=CourseState.CLOSED).annotate(people=people + F("unlisted"))


def _kinds(values: object) -> dict[str, str]:
    return {value: ActivityKind(value).label for value in values}  # type: ignore[attr-defined]


KIND = Split("kind", "Hình thức", "kind", _kinds)
INDICATORS = (
    Indicator(
        "courses_held", "Lớp tập huấn, tham quan, diễn đàn đã tổ chức", "hoạt động",
        "Đếm hoạt động đã chốt kết quả, kết thúc trong kỳ", SECTION,
        Facts(rows=_held, unit="unit", begins="ends_on", splits=(KIND,)), clause="IV.2.2.a", order=50,
    ),
    Indicator(
        "people_trained", "Lượt người được tập huấn, tham quan", "lượt người",
        "Cộng số người dự của các hoạt động đã chốt kết quả, kết thúc trong kỳ", SECTION,
        Facts(rows=_held, unit="unit", begins="ends_on", value="people", splits=(KIND,)),
        what="Cán bộ, chủ thể, người khác và người dự không ghi tên.", clause="IV.2.2.a", order=51,
    ),
)  # fmt: skip
