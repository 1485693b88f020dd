"""What the plan counts of development (sections II.2 and IV.3 of the plan)."""

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Greatest, Least

from ocop.development.enums import ChainKind
from ocop.development.models import ChainMember, Obstacle
from ocop.kit.indicators import Facts, Indicator, Split
from ocop.recognition.indicators import FAR, HOLDERS, PLAN


def _in_chains() -> QuerySet:
    """Members of chains tied to a material area, while member, chain and area lasted."""
    rows = ChainMember.objects.filter(chain__area__isnull=False).annotate(
        held_from=Greatest("joined_on", "chain__valid_from", "chain__area__valid_from"),
        held_to=Least(
            Coalesce("left_on", FAR), Coalesce("chain__valid_to", FAR), Coalesce("chain__area__valid_to", FAR)
        ),
    )
    return rows.filter(held_from__lte=F("held_to"))


def _kinds(values: object) -> dict[str, str]:
    return {value: ChainKind(value).label for value in values}  # type: ignore[attr-defined]


INDICATORS = (
    Indicator(
        "green_chain_share", "Tỷ lệ chủ thể có chuỗi giá trị tuần hoàn, OCOP xanh", "%",
        "Chủ thể tham gia chuỗi giá trị tuần hoàn hoặc xanh gắn với vùng nguyên liệu chia cho chủ thể có sản phẩm OCOP",
        PLAN,
        Facts(
            rows=_in_chains, unit="producer__unit", begins="held_from", ends="held_to", distinct="producer",
            splits=(Split("kind", "Loại chuỗi", "chain__kind", _kinds),),
        ),
        of=HOLDERS, what="Chuỗi, vùng nguyên liệu và thành viên còn hiệu lực vào ngày tính; mỗi chủ thể tính một lần.",
        clause="II.2.3", order=31,
    ),
    Indicator(
        "obstacles_settled", "Vướng mắc đã gỡ", "việc", "Đếm vướng mắc của chủ thể có kết quả trong kỳ",
        "Kế hoạch OCOP giai đoạn 2023-2025, mục IV.3.2.b",
        Facts(
            rows=lambda: Obstacle.objects.filter(settled_on__isnull=False), unit="unit", begins="settled_on",
            splits=(Split("kind", "Loại", "kind"),),
        ),
        clause="IV.3.2.b", order=80,
    ),
)  # fmt: skip
