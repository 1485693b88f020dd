from ocop.products.models.mark import Mark, MarkEntitlement, MarkSupport, MarkUse
from ocop.products.models.paper import Paper, PaperVersion
from ocop.products.models.product import (
    CodeCounter,
    Media,
    Product,
    ProductClassification,
    ProductHolding,
    ProductQuerySet,
    ProductStanding,
)

__all__ = [
    "CodeCounter",
    "Mark",
    "MarkEntitlement",
    "MarkSupport",
    "MarkUse",
    "Media",
    "Paper",
    "PaperVersion",
    "Product",
    "ProductClassification",
    "ProductHolding",
    "ProductQuerySet",
    "ProductStanding",
]
