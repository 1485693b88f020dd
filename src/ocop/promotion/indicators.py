"""What the plan counts of promotion and trade (sections II.2, IV.1, IV.5 of the plan)."""

from datetime import date

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest, Least, TruncDate

from ocop.kit.indicators import Facts, Indicator, Split
from ocop.partners.enums import ContractKind
from ocop.partners.models import PartnerContract
from ocop.promotion.enums import MODERN_CHANNELS, ChannelKind, FairState, PointState
from ocop.promotion.models import Agreement, CommunicationItem, FairEntry, SaleMonth, SalePoint
from ocop.recognition.indicators import FAR, HOLDERS, PLAN, holders
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit

LEVELS = (UnitLevel.DISTRICT, UnitLevel.COMMUNE)
COMMUNES_COUNT_FROM = date(2025, 7, 1)
SECTION_5 = "Kế hoạch OCOP giai đoạn 2023-2025, mục IV.5"


def _kinds(values: object) -> dict[str, str]:
    return {value: ChannelKind(value).label for value in values}  # type: ignore[attr-defined]


def _on_modern_channels() -> QuerySet:
    """Holders of stars together with a modern channel of theirs, while both lasted."""
    return holders(through="saleschannel_rows", kind=sorted(MODERN_CHANNELS))


def _points() -> QuerySet:
    """Recognised sale points from the day of their decision to the day on which they closed."""
    opened = SalePoint.objects.filter(
        decided_on__isnull=False, state__in=(PointState.OPEN, PointState.CLOSED, PointState.REVOKED)
    )
    return opened.annotate(closed_on=TruncDate("closed_at"))


def _sold() -> QuerySet:
    return FairEntry.objects.filter(fair__state=FairState.REPORTED, sales__isnull=False)


def _since_the_level_counts(*days: F | Value) -> Case:
    """The latest of the days; a commune is a place of its own only since there are no districts any more."""
    return Case(
        When(place_level=UnitLevel.COMMUNE, then=Greatest(*days, Value(COMMUNES_COUNT_FROM))),
        default=Greatest(*days),
    )


def _places() -> QuerySet:
    """The places that should have a sale point: districts to 30/6/2025, communes after it."""
    units = Unit.objects.filter(level__in=LEVELS).annotate(place_level=F("level"))
    units = units.annotate(counts_from=_since_the_level_counts(F("valid_from"), Value(date(2000, 1, 1))))
    return units.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=F("counts_from")))


def _places_with_points() -> QuerySet:
    """Open sale points with the place that they stand in, while both lasted."""
    place = "unit__covers__holder"
    rows = _points().annotate(
        place=F(place), place_level=F(f"{place}__level"), place_from=F(f"{place}__valid_from")
    )
    rows = rows.filter(place_level__in=LEVELS).annotate(
        held_from=_since_the_level_counts(F("decided_on"), F("place_from")),
        held_to=Least(Coalesce("closed_on", FAR), Coalesce(F(f"{place}__valid_to"), FAR)),
    )
    return rows.filter(held_from__lte=F("held_to"))


POINTS = Facts(
    rows=_points, unit="unit", begins="decided_on", ends="closed_on", splits=(Split("kind", "Loại", "kind"),)
)
MODERN = Facts(
    rows=_on_modern_channels,
    unit="unit",
    begins="held_from",
    ends="held_to",
    gone=("revoked_on", "replaced_on"),
    distinct="holder",
    splits=(Split("channel", "Kênh", "link_kind", _kinds),),
)

INDICATORS = (
    Indicator(
        "modern_channel_share",
        "Tỷ lệ chủ thể bán trên kênh hiện đại",
        "%",
        "Chủ thể có sản phẩm OCOP đang bán ở siêu thị, cửa hàng tiện lợi, sàn thương mại điện tử, website, "
        "Facebook, Zalo chia cho chủ thể có sản phẩm OCOP",
        PLAN,
        MODERN,
        of=HOLDERS,
        what="Kênh còn bán vào ngày tính; mỗi chủ thể tính một lần.",
        clause="II.2.4",
        order=40,
    ),
    Indicator(
        "sale_points",
        "Điểm giới thiệu và bán sản phẩm OCOP",
        "điểm",
        "Đếm điểm bán đã được công nhận và đang hoạt động vào ngày tính",
        PLAN,
        POINTS,
        what="Tính từ ngày quyết định công nhận đến ngày đóng hoặc bị thu hồi.",
        clause="II.2.4",
        order=41,
    ),
    Indicator(
        "places_with_sale_point",
        "Tỷ lệ địa bàn có điểm bán OCOP",
        "%",
        "Huyện (từ ngày 01/7/2025: xã, phường) có ít nhất một điểm bán đang hoạt động "
        "chia cho số huyện (xã, phường)",
        PLAN,
        Facts(rows=_places_with_points, unit="unit", begins="held_from", ends="held_to", distinct="place"),
        of=Facts(rows=_places, unit="", begins="counts_from", ends="valid_to"),
        what="Kế hoạch giao mỗi huyện, thành phố, thị xã tối thiểu 01 điểm; từ ngày 01/7/2025 tính theo xã, "
        "chưa có văn bản.",
        clause="II.2.4",
        order=42,
    ),
    Indicator(
        "fair_sales",
        "Doanh thu tại hội chợ, phiên chợ",
        "đồng",
        "Cộng doanh thu các gian hàng đã báo kết quả trong kỳ",
        SECTION_5,
        Facts(rows=_sold, unit="producer__unit", begins="fair__ends_on", value="sales"),
        what="Tính vào ngày bế mạc, cho địa bàn của chủ thể.",
        clause="IV.5.1",
        order=60,
    ),
    Indicator(
        "agreements_value",
        "Giá trị hợp đồng, thỏa thuận tiêu thụ",
        "đồng",
        "Cộng giá trị hợp đồng ký trong kỳ",
        SECTION_5,
        Facts(
            rows=lambda: Agreement.objects.filter(value__isnull=False),
            unit="producer__unit",
            begins="signed_on",
            value="value",
        ),
        what="Hợp đồng không ghi giá trị không tính. Mỗi hợp đồng chỉ ghi được ở một sổ, nên cộng với “Giá trị hợp "
        "đồng tiêu thụ với đối tác” không tính trùng.",
        clause="IV.5.2",
        order=61,
    ),
    Indicator(
        "partner_sales_value",
        "Giá trị hợp đồng tiêu thụ với đối tác",
        "đồng",
        "Cộng giá trị hợp đồng loại tiêu thụ sản phẩm ký trong kỳ, ghi ở sổ hợp đồng với đối tác",
        "Kế hoạch OCOP giai đoạn 2023-2025, mục IV.9",
        Facts(
            rows=lambda: PartnerContract.objects.filter(kind=ContractKind.SALE, value__gt=0),
            unit="unit",
            begins="signed_on",
            value="value",
        ),
        what="Hợp đồng loại khác (vật tư, dịch vụ, vay vốn) không tính.",
        clause="IV.9",
        order=61,
    ),
    Indicator(
        "sale_point_sales",
        "Doanh thu sản phẩm OCOP tại điểm bán",
        "đồng",
        "Cộng doanh thu sản phẩm OCOP các tháng mà điểm bán đã báo",
        SECTION_5,
        Facts(rows=SaleMonth.objects.all, unit="point__unit", begins="month", value="ocop_revenue"),
        what="Tháng chưa báo không tính.",
        clause="IV.5.3",
        order=62,
    ),
    Indicator(
        "communications",
        "Tin, bài, buổi tuyên truyền",
        "lượt",
        "Cộng số tin, bài, buổi trong nhật ký tuyên truyền",
        "Kế hoạch OCOP giai đoạn 2023-2025, mục IV.1",
        Facts(rows=CommunicationItem.objects.all, unit="unit", begins="on", value="pieces"),
        clause="IV.1.2",
        order=70,
    ),
)
