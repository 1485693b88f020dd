"""What dossiers say against the merge of two products."""

from collections.abc import Iterator

from ocop.evaluation.models import Dossier
from ocop.kit.errors import Refusal
from ocop.products.models import Product


def dossiers_against(double: Product, kept: Product) -> Iterator[Refusal]:
    """A refusal when both products have a dossier on the road: one product has one dossier at a time."""
    rows = Dossier.objects.open().filter(product__in=(double.pk, kept.pk)).order_by("pk")
    codes: dict[int, list[str]] = {double.pk: [], kept.pk: []}
    for product, code in rows.values_list("product_id", "code"):
        codes[product].append(code)
    if codes[double.pk] and codes[kept.pk]:
        yield Refusal(
            "products.merge_dossiers",
            f"Cả hai sản phẩm cùng có hồ sơ đang làm: {', '.join(codes[kept.pk])} và {', '.join(codes[double.pk])}. "
            "Hãy để chủ thể rút một hồ sơ, hoặc đợi một hồ sơ có kết quả, rồi gộp.",
        )
