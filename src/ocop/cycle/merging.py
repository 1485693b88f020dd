"""What the cycle has against the merge of two products."""

from collections.abc import Iterable

from ocop.cycle.models import SeasonalException
from ocop.kit.errors import Refusal
from ocop.products.models import Product


def seasons_against(double: Product, kept: Product) -> Iterable[Refusal]:
    """Both have an exception for one step of one year: somebody says first which of them holds."""
    held = set(SeasonalException.objects.filter(product=kept).values_list("year", "step"))
    for year, step in SeasonalException.objects.filter(product=double).values_list("year", "step"):
        if (year, step) in held:
            yield Refusal(
                "merge.season",
                f"Cả hai sản phẩm đều có ngoại lệ mùa vụ cho bước {step} năm {year}. Hãy bỏ một trong hai trước.",
            )
