"""Products of a split unit wait for the province's choice of the new commune."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from ocop.kit.registry import HandoverPart, Undecided
from ocop.products.models import Product
from ocop.units.actions import change_unit
from ocop.units.models import Unit
from ocop.units.queries.handover import Reorganisation


def undecided(change: Reorganisation) -> list[Undecided]:
    """Products in units without a single heir."""
    rows = Product.objects.filter(unit__in=change.unclear_ids)
    return [Undecided(code, unit) for code, unit in rows.values_list("public_code", "unit_id")]


def describe(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Name, producer and page of products."""
    rows = Product.objects.filter(public_code__in=list(codes)).select_related("producer")
    return {
        row.public_code: (f"{row.name} – {row.producer.public_name}", row.get_absolute_url()) for row in rows
    }


def confirm(codes: Iterable[str], *, unit: Unit, since: date, by: Any, at: datetime) -> int:
    """Products in the chosen commune, with history; the commune that allotted the official code stays as it is."""
    rows = Product.objects.select_for_update().filter(public_code__in=list(codes)).order_by("pk")
    return change_unit(Product, rows, unit=unit, since=since, by=by, at=at)


PART = HandoverPart(
    key="products", label="Sản phẩm", undecided=undecided, describe=describe, confirm=confirm, order=50
)
