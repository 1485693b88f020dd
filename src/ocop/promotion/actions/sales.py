"""What a sale point reports each month: sales, and what lies on its shelves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.promotion.enums import PointState
from ocop.promotion.models import SaleMonth, SalePoint, StockCount
from ocop.promotion.permissions import may_report_sales


@dataclass(frozen=True)
class Counted:
    """How much of a product lies in the point; nothing when it ran out."""

    product_id: int
    quantity: Decimal
    measure: str = "hộp"
    price: int | None = None


def report_month(
    point: SalePoint, *, month: date, revenue: int, ocop_revenue: int, customers: int | None = None, note: str = "",
    stock: Iterable[Counted] = (), counted_on: date | None = None, by: Any, at: datetime | None = None,
) -> SaleMonth:  # fmt: skip
    """Write the sales of a month, and the stock as it was counted; a second report of a month takes the place of the
    first, which stays in the history.

    Raises `Forbidden` for somebody else's point; `Refused` for a point that is not open, a month to come, OCOP sales
    above all sales.
    """
    at = at or clock.now()
    today, month = clock.local_day(at), month.replace(day=1)
    require(may_report_sales(by, point))
    if month > today:
        raise Refused("sales.future", "Tháng này chưa đến.")
    if ocop_revenue > revenue:
        raise Refused("sales.part", "Doanh thu OCOP không lớn hơn doanh thu chung.")
    with transaction.atomic():
        stored = SalePoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
        if stored.state != PointState.OPEN:
            raise Refused("sales.closed", "Điểm bán này không hoạt động, không ghi doanh số.")
        row = SaleMonth.objects.filter(point=stored, month=month).first() or SaleMonth(
            point=stored, month=month
        )
        row.revenue, row.ocop_revenue, row.customers, row.note = (
            revenue,
            ocop_revenue,
            customers,
            note.strip(),
        )
        row.by, row.at = by, at
        row.save()
        for one in stock:
            StockCount.objects.update_or_create(
                point=stored, product_id=one.product_id, counted_on=counted_on or today,
                defaults={"quantity": one.quantity, "measure": one.measure, "price": one.price},
            )  # fmt: skip
    return row
