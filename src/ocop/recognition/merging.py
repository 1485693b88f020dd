"""What stars say against the merge of two products."""

from collections.abc import Iterator

from ocop.kit import clock
from ocop.kit.errors import Refusal
from ocop.products.models import Product
from ocop.recognition.models import Certificate
from ocop.recognition.rules.validity import shared_days


def _named(star: Certificate) -> str:
    number = f"giấy số {star.number}" if star.number else f"giấy mã {star.code}"
    return f"{number} ({star.stars} sao, hiệu lực đến hết {star.valid_to:%d/%m/%Y})"


def stars_against(double: Product, kept: Product) -> Iterator[Refusal]:
    """One refusal for each pair of certificates that are both in validity on a day from today on."""
    rows = Certificate.objects.filter(product__in=(double.pk, kept.pk), valid_to__isnull=False).order_by("pk")
    stars: dict[int, list[Certificate]] = {double.pk: [], kept.pk: []}
    for row in rows:
        stars[row.product_id].append(row)
    today = clock.today()
    for one in stars[kept.pk]:
        for other in stars[double.pk]:
            if days := shared_days(one.facts, other.facts, today):
                yield Refusal(
                    "products.merge_stars",
                    f"Cả hai sản phẩm cùng có sao còn hiệu lực từ {days[0]:%d/%m/%Y} đến {days[1]:%d/%m/%Y}: "
                    f"{_named(one)} và {_named(other)}. Nếu là hai sản phẩm khác nhau, hãy đổi tên cho rõ, không gộp; "
                    "nếu một giấy ghi nhầm hoặc đã được thay thế, hãy mở “Xác minh, thu hồi sao” cho giấy ấy trước.",
                    "Điều 4 Quyết định 26/2026/QĐ-TTg",
                )
