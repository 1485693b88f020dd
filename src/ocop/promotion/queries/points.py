"""Sale points as they stand: criteria of a day, stock of the last count, sales by month, signs of dying."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet

from ocop.kit import clock
from ocop.promotion.models import SaleCheck, SaleCriterion, SaleMonth, SalePoint, StockCount
from ocop.promotion.queries.stars import star_facts
from ocop.promotion.rules import warning
from ocop.promotion.rules.workflow import PointFacts
from ocop.rulebook.queries import settings_on
from ocop.units.queries import province_of


def criteria_on(day: date) -> QuerySet[SaleCriterion]:
    """The criteria for sale points in force on that day, in order."""
    return SaleCriterion.objects.valid_on(day).select_related("instrument")


def facts_of(point: SalePoint) -> PointFacts:
    """What the guards of the flow look at."""
    last = point.salecheck_rows.first() if point.pk else None
    return PointFacts(
        outcome=last.outcome if last else "", failed=last.failed if last else 0, number=point.number,
        decided_on=point.decided_on,
    )  # fmt: skip


def limits_on(province: str, day: date) -> warning.Limits:
    """The thresholds of the signs on that day, in one query."""
    values = {one.known.key: one.value for one in settings_on(province, day)}
    return warning.Limits(
        int(values["sale_point_silent_months"]), int(values["sale_point_fall_percent"]),
        int(values["sale_point_least_products"]), int(values["sale_point_check_months"]),
    )  # fmt: skip


@dataclass(frozen=True)
class BoardLine:
    """An open sale point with what is known of it and the signs that it dies."""

    point: SalePoint
    signs: tuple[warning.Warned, ...]
    last_month: date | None
    last_sales: int | None
    starred: int | None
    products: int
    check_due: date

    @property
    def weight(self) -> int:
        """How grave its signs are together."""
        return sum(one.weight for one in self.signs)

    @property
    def trend(self) -> str:
        """The badge's tone."""
        return "seal" if any(one.weight > 1 for one in self.signs) else "clay" if self.signs else "leaf"


def _stock(points: Collection[int], today: date) -> dict[int, tuple[int, int]]:
    """Of each point (products in stock at its last count, those of them whose star is valid); two queries."""
    last: dict[int, date] = dict(
        StockCount.objects.filter(point__in=points, counted_on__lte=today).order_by().values_list("point")
        .annotate(last=Max("counted_on"))
    )  # fmt: skip
    rows = StockCount.objects.filter(point__in=points, counted_on__in=set(last.values()), quantity__gt=0)
    held: dict[int, set[int]] = {point: set() for point in last}
    for point, product, day in rows.order_by().values_list("point_id", "product_id", "counted_on"):
        if last[point] == day:
            held[point].add(product)
    stars = star_facts({product for products in held.values() for product in products}, today)
    return {
        point: (len(products), sum(1 for one in products if one in stars and stars[one].valid_today))
        for point, products in held.items()
    }


def _sales(points: Collection[int], today: date) -> dict[int, dict[date, int]]:
    rows = SaleMonth.objects.filter(
        point__in=points, month__gte=warning.add_months(warning.month_of(today), -24)
    )
    found: dict[int, dict[date, int]] = {}
    for point, month, sales in rows.order_by().values_list("point_id", "month", "ocop_revenue"):
        found.setdefault(point, {})[month] = sales
    return found


def board(points: QuerySet[SalePoint], today: date, limits: warning.Limits) -> list[BoardLine]:
    """Open points with their signs, those that die soonest first; five queries whatever their number."""
    rows = list(points.running().select_related("unit"))  # type: ignore[attr-defined]
    ids = [row.pk for row in rows]
    stock, sales = _stock(ids, today), _sales(ids, today)
    lines = []
    for row in rows:
        opened = row.opened_for_sale or clock.local_day(row.opened_at)
        count, starred = stock.get(row.pk, (0, None))
        facts = warning.PointFacts(
            opened, sales.get(row.pk, {}), starred, row.last_check_on, row.last_outcome
        )
        month = max(facts.sales, default=None)
        lines.append(
            BoardLine(
                row, tuple(warning.signs(facts, limits, today)), month, facts.sales[month] if month else None, starred,
                count, warning.check_due_on(facts, limits.check_months),
            )
        )  # fmt: skip
    return sorted(lines, key=lambda line: (-line.weight, line.point.name))


def stock_of(point: SalePoint, today: date) -> list[StockCount]:
    """The last count of a point, with `star`: whether the product's star is valid today; three queries."""
    last = StockCount.objects.filter(point=point, counted_on__lte=today).aggregate(last=Max("counted_on"))[
        "last"
    ]
    if last is None:
        return []
    rows = list(StockCount.objects.filter(point=point, counted_on=last).select_related("product__producer"))
    stars = star_facts({row.product_id for row in rows}, today)
    for row in rows:
        row.star = stars.get(row.product_id)  # type: ignore[attr-defined]
    return rows


def months_missing(point: SalePoint, today: date, most: int = 12) -> list[date]:
    """Ended months since the opening without a report, the newest first, at most `most`."""
    opened = point.opened_for_sale or clock.local_day(point.opened_at)
    known = set(point.salemonth_rows.order_by().values_list("month", flat=True))
    month, found = warning.add_months(warning.month_of(today), -1), []
    while month >= warning.month_of(opened) and len(found) < most:
        if month not in known:
            found.append(month)
        month = warning.add_months(month, -1)
    return found


def last_check(point: SalePoint) -> SaleCheck | None:
    """The newest visit with its answers, None before the first; two queries."""
    return point.salecheck_rows.prefetch_related("answers__criterion__instrument").first()


def province_code(point: SalePoint) -> str:
    """The province whose settings hold for a point."""
    province = province_of(point.unit)
    return province.code if province else ""


def totals_of(rows: Iterable[Any]) -> dict[str, int]:
    """Sums of months of sales: all revenue and that of OCOP products."""
    rows = list(rows)
    return {"revenue": sum(row.revenue for row in rows), "ocop": sum(row.ocop_revenue for row in rows)}
