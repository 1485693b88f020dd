"""What the plan counts of stars: products recognised, their shares, who holds them (section II.2 of the plan)."""

from collections.abc import Collection
from datetime import date

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Greatest, Least

from ocop.kit.indicators import Facts, Indicator, Split
from ocop.producers.enums import LegalForm, SizeClass
from ocop.producers.models import CraftVillage
from ocop.recognition.models import Certificate

PLAN = "Kế hoạch thực hiện Chương trình OCOP tỉnh giai đoạn 2023-2025, mục II.2"
FAR = date(9999, 12, 31)
LONG_AGO = date(1900, 1, 1)
PLAIN_DAYS = ("valid_from", "valid_to")
COUNTS = (
    "Sản phẩm có giấy chứng nhận đã công bố, còn hiệu lực (kể cả kéo dài) vào ngày tính; giấy hết hạn, bị thu hồi, "
    "đã được thay thế hoặc chưa rõ ngày cấp không tính. Tính cho địa bàn ghi trên giấy."
)


def _stars() -> QuerySet:
    """Certificates whose term is known, with the last day on which they count."""
    rows = Certificate.objects.public().filter(issued_on__isnull=False, valid_to__isnull=False)
    return rows.annotate(counts_to=Greatest("valid_to", Coalesce("extended_to", "valid_to")))


def holders(
    through: str = "", days: tuple[str, str] = ("valid_from", "valid_to"), **among: Collection[str]
) -> QuerySet:
    """Stars together with who held the product, and of which legal form that producer was, while all of it lasted.

    `through` names rows of the producer that must have held as well (craft village, sales channel...) from the first to
    the second of their `days`, `among`
    the fields that are wanted of them and the values that these may have (none: any). The rows carry `holder`, `form`,
    `size`, `link` and `link_<field>`, and the days `held_from` and `held_to`.
    """
    holding = "product__holdings"
    dated = [
        holding,
        f"{holding}__producer__forms",
        *([f"{holding}__producer__{through}"] if through else []),
    ]
    spans = [(path, days if through and place == 2 else PLAIN_DAYS) for place, path in enumerate(dated)]
    # Named, because a filter over a path to many rows would join them once more.
    named = {
        "holder": F(f"{holding}__producer"),
        "form": F(f"{dated[1]}__form"),
        "size": F(f"{dated[1]}__size"),
    }
    if through:
        named |= {"link": F(dated[2]), **{f"link_{field}": F(f"{dated[2]}__{field}") for field in among}}
    rows = _stars().annotate(
        **named,
        held_from=Greatest("issued_on", *(F(f"{path}__{first}") for path, (first, _) in spans)),
        held_to=Least("counts_to", *(Coalesce(F(f"{path}__{last}"), FAR) for path, (_, last) in spans)),
    )
    found = rows.filter(held_from__lte=F("held_to"))
    wanted = {f"link_{field}__in": values for field, values in among.items() if values}
    return found.filter(link__isnull=False, **wanted) if through else found


def star_words(values: object) -> dict[int, str]:
    """ "3 sao"."""
    return {value: f"{value} sao" for value in values}  # type: ignore[attr-defined]


COOPERATIVES = (LegalForm.COOPERATIVE, LegalForm.COOPERATIVE_UNION)
SMALL = (SizeClass.NONE, SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM)
GONE = ("revoked_on", "replaced_on")
BY_STARS = Split("stars", "Hạng sao", "stars", star_words)
BY_GROUP = Split("group", "Nhóm sản phẩm", "product__group__name")
BY_YEAR = Split("year", "Năm công nhận", "issued_year")
BY_FORM = Split(
    "form", "Loại hình", "form",
    lambda values: {value: LegalForm(value).label for value in values},
)  # fmt: skip


def star_facts(**only: object) -> Facts:
    """Products with a star in force, perhaps only those of some kind."""
    return Facts(
        rows=lambda: _stars().filter(**only), unit="unit", begins="issued_on", ends="counts_to", gone=GONE,
        distinct="product", splits=(BY_STARS, BY_GROUP, BY_YEAR),
    )  # fmt: skip


def holder_facts(**only: object) -> Facts:
    """Producers that hold a product with a star in force, perhaps only those of some legal form."""
    return Facts(
        rows=lambda: holders().filter(**only), unit="unit", begins="held_from", ends="held_to", gone=GONE,
        distinct="holder", splits=(BY_FORM, BY_GROUP),
    )  # fmt: skip


def _villages() -> QuerySet:
    """Craft villages, known since their recognition; one whose day nobody knows counts all along."""
    return CraftVillage.objects.annotate(counts_from=Coalesce("valid_from", "decided_on", LONG_AGO))


STARS, HOLDERS = star_facts(), holder_facts()
VILLAGES = Facts(
    rows=_villages,
    unit="unit",
    begins="counts_from",
    ends="valid_to",
    splits=(Split("kind", "Loại", "kind"),),
)
WITH_STARS = Facts(
    rows=lambda: holders(through="village_links", village_id=()), unit="unit",
    begins="held_from", ends="held_to", gone=GONE, distinct="link_village_id",
)  # fmt: skip

INDICATORS = (
    Indicator(
        "products_recognised", "Sản phẩm OCOP từ 3 sao trở lên", "sản phẩm",
        "Đếm sản phẩm có giấy chứng nhận từ 3 sao còn hiệu lực vào ngày tính", PLAN, STARS, what=COUNTS,
        clause="II.2.1", order=10,
    ),
    Indicator(
        "four_star_share", "Tỷ lệ sản phẩm 4 sao", "%", "Sản phẩm 4 sao chia cho sản phẩm từ 3 sao trở lên", PLAN,
        star_facts(stars=4), of=STARS, what=COUNTS, clause="II.2.1", order=11,
    ),
    Indicator(
        "five_star_share", "Tỷ lệ sản phẩm 5 sao", "%", "Sản phẩm 5 sao chia cho sản phẩm từ 3 sao trở lên", PLAN,
        star_facts(stars=5), of=STARS, what=COUNTS, clause="II.2.1", order=12,
    ),
    Indicator(
        "producers_recognised", "Chủ thể có sản phẩm OCOP", "chủ thể",
        "Đếm chủ thể giữ ít nhất một sản phẩm còn sao vào ngày tính", PLAN, HOLDERS,
        what="Mỗi chủ thể tính một lần trên một địa bàn, theo loại hình vào ngày tính.", clause="II.2.2", order=20,
    ),
    Indicator(
        "cooperative_share", "Tỷ lệ chủ thể là hợp tác xã", "%",
        "Chủ thể là hợp tác xã, liên hiệp hợp tác xã chia cho chủ thể có sản phẩm OCOP", PLAN,
        holder_facts(form__in=COOPERATIVES), of=HOLDERS, what="Theo loại hình vào ngày tính; tổ hợp tác không tính.",
        clause="II.2.2", order=21,
    ),
    Indicator(
        "small_enterprise_share", "Tỷ lệ chủ thể là doanh nghiệp nhỏ và vừa", "%",
        "Chủ thể là doanh nghiệp siêu nhỏ, nhỏ, vừa chia cho chủ thể có sản phẩm OCOP", PLAN,
        holder_facts(form=LegalForm.ENTERPRISE, size__in=SMALL), of=HOLDERS,
        what="Doanh nghiệp chưa ghi quy mô được tính là nhỏ và vừa; doanh nghiệp lớn không tính.", clause="II.2.2",
        order=22,
    ),
    Indicator(
        "village_share", "Tỷ lệ làng nghề có sản phẩm OCOP", "%",
        "Làng nghề, làng nghề truyền thống có ít nhất một chủ thể giữ sản phẩm còn sao chia cho số làng nghề", PLAN,
        WITH_STARS, of=VILLAGES,
        what="Theo chủ thể được ghi ở làng nghề vào ngày tính; làng nghề chưa rõ ngày công nhận vẫn tính.",
        clause="II.2.3", order=30,
    ),
)  # fmt: skip
