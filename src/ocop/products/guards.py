"""What apps above have against the merge of two products: each is asked before anything is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ocop.kit.errors import Refusal
from ocop.kit.registry import Registry
from ocop.products.models import Product


@dataclass(frozen=True)
class MergeGuard:
    """Answers why a double may not be merged into the row that stays; nothing when it may."""

    key: str
    refusals: Callable[[Product, Product], Iterable[Refusal]]
    order: int = 100


merge_guards: Registry[MergeGuard] = Registry("guards of the merge of products")
