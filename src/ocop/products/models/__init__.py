from ocop.products.models.mark import Mark, MarkUse
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
