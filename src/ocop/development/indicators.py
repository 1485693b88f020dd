"""What the plan counts of development (sections II.2 and IV.3 of the plan)."""

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Greatest, Least

from ocop.development.enums import ChainKind
from ocop.development.models import Obstacle
from ocop.kit.indicators import Facts, Indicator, Split
from ocop.recognition.indicators import FAR, GONE, HOLDERS, PLAN, holders

MEMBERS = "product__holdings__producer__chain_memberships"


def _in_chains() -> QuerySet:
    """Holders of stars in chains tied to a material area, while star, member, chain and area lasted."""
    chain, area = f"{MEMBERS}__chain", f"{MEMBERS}__chain__area"
    rows = holders(through="chain_memberships", days=("joined_on", "left_on")).annotate(
        chain_area=F(area),
        chain_kind=F(f"{chain}__kind"),
        chained_from=Greatest("held_from", F(f"{chain}__valid_from"), F(f"{area}__valid_from")),
        chained_to=Least(
            "held_to", Coalesce(F(f"{chain}__valid_to"), FAR), Coalesce(F(f"{area}__valid_to"), FAR)
        ),
    )
    return rows.filter(chain_area__isnull=False, chained_from__lte=F("chained_to"))


def _kinds(values: object) -> dict[str, str]:
    return {value: ChainKind(value).label for value in values}  # type: ignore[attr-defined]


INDICATORS = (
    Indicator(
        "green_chain_share", "Tỷ lệ chủ thể có chuỗi giá trị tuần hoàn, OCOP xanh", "%",
        "Chủ thể có sản phẩm OCOP tham gia chuỗi giá trị tuần hoàn hoặc xanh gắn với vùng nguyên liệu "
        "chia cho chủ thể có sản phẩm OCOP",
        PLAN,
        Facts(
            rows=_in_chains, unit="unit", begins="chained_from", ends="chained_to", gone=GONE, distinct="holder",
            splits=(Split("kind", "Loại chuỗi", "chain_kind", _kinds),),
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
