"""Makes the invented rows once; days are relative to the clock's day, so that every persona finds work waiting."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from ocop.accounts.demo import persona_user
from ocop.kit import clock, yamltext
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.promotion.demo import matching, reach
from ocop.promotion.demo.history import Part, past_fair, past_month, past_point
from ocop.promotion.enums import FairReach, PlaceKind
from ocop.promotion.models import Fair, PointSupport, SaleMonth, SalePoint, StockCount
from ocop.promotion.queries.stars import star_facts
from ocop.promotion.rules.warning import add_months, month_of
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import home_province

Log = Callable[[str], None]
DEMO = "(trình diễn)"


def communes_of(province: Unit, day: date) -> list[Unit]:
    """Communes of the day that have a point on the map, by code."""
    rows = Unit.objects.valid_on(day).filter(level=UnitLevel.COMMUNE, lat__isnull=False).covered_by(province)
    return list(rows.order_by("code"))


def read_demo() -> dict[str, Any]:
    """The invented rows as written in data/promotion/demo.yaml."""
    path = settings.OCOP_REFERENCE_DIR / "promotion" / "demo.yaml"
    return yamltext.parse(path.read_text(encoding="utf-8"))


@transaction.atomic
def load(log: Log) -> None:
    """Sale points with their months, fairs, offers and buyers, communication, places of use, channels."""
    if SalePoint.objects.filter(is_demo=True).exists():
        log("xúc tiến trình diễn: đã có")
        return
    today = clock.today()
    province = home_province(today)
    makers = list(Producer.objects.unmerged().filter(is_demo=True).order_by("pk"))
    communes = communes_of(province, today)
    if not makers or not communes:
        log("xúc tiến trình diễn: chưa có chủ thể trình diễn, bỏ qua")
        return
    data, chance = read_demo(), random.Random(20)  # noqa: S311 - the same invented numbers every time
    points = _points(data, communes, makers, chance)
    fairs = _fairs(data, province, makers, chance)
    matching.load(data, makers, communes, province, chance)
    told = reach.load(data, makers, communes, province, chance)
    log(f"xúc tiến trình diễn: {points} điểm bán, {fairs} hội chợ, {told} hoạt động truyền thông")


def _shop(entry: dict[str, Any], communes: list[Unit]) -> SalePoint:
    unit = communes[entry["commune"] % len(communes)]
    return SalePoint(
        name=f"Điểm bán OCOP {unit.name} {DEMO}", kind=entry.get("kind", PlaceKind.SERVICE_CENTRE), unit=unit,
        operator=f"Cửa hàng đặc sản {unit.name} {DEMO}", address="Trung tâm xã", hours="7:00 - 20:00", is_demo=True,
    )  # fmt: skip


def _points(data: dict[str, Any], communes: list[Unit], makers: list[Producer], chance: random.Random) -> int:
    today, by = clock.today(), persona_user("tham-muu")
    invented = list(Product.objects.active().filter(is_demo=True).order_by("pk"))
    stars = star_facts({product.pk for product in invented}, today)
    starred = [product for product in invented if product.pk in stars and stars[product.pk].valid_today]
    products = starred + [product for product in invented if product not in starred][:24]
    count = 0
    own = SalePoint(
        name=f"Cửa hàng Lan Hương {DEMO}", kind=PlaceKind.CRAFT_VILLAGE, unit=makers[0].unit, producer=makers[0],
        address="Thôn 5", hours="7:00 - 19:00", is_demo=True,
    )  # fmt: skip
    for entry in [{"started": 15, "ended": 1}, *data["points"]]:
        row = own if not count else _shop(entry, communes)
        first = add_months(month_of(today), -entry["started"])
        checks = [
            day
            for day in (first.replace(day=12) + timedelta(days=365 * year) for year in (1, 2))
            if day < today
        ]
        past_point(row, started=first.replace(day=12), number=f"{40 + count}/QĐ-TD", by=by, checks=checks)
        last = add_months(month_of(today), -1 - entry.get("ended", 0))
        _sell(row, first, last, entry.get("fall", 0), products, by, chance)
        if count % 3 == 0:
            _support(row, first, count)
        count += 1
    for entry in data["closed"]:
        first = add_months(month_of(today), -entry["started"])
        ended = add_months(first, entry["months"])
        row = _shop(entry, communes)
        past_point(
            row, started=first.replace(day=12), number=f"{40 + count}/QĐ-TD", by=by, closed=ended.replace(day=20),
            reason=entry["reason"],
        )  # fmt: skip
        _sell(row, first, add_months(ended, -1), 40, products, by, chance)
        count += 1
    return count + reach.waiting_points(communes)


def _support(point: SalePoint, opened: date, number: int) -> None:
    """What a shop was given for its sign and shelves, two months after it opened."""
    decided = add_months(opened, 2).replace(day=10)
    if decided < clock.today():
        PointSupport.objects.create(
            point=point, content="Biển hiệu, kệ trưng bày sản phẩm OCOP", amount=(20 + number) * 1_000_000,
            decision=f"{160 + number}/QĐ-TD", decided_on=decided, paid_on=min(decided.replace(day=28), clock.today()),
        )  # fmt: skip


def _sell(
    point: SalePoint,
    first: date,
    last: date,
    fall: int,
    products: list[Product],
    by: Any,
    chance: random.Random,
) -> None:
    """Sales of every month from the opening to the last report, and a count of the shelves each quarter."""
    months, counts, month, usual = [], [], first, chance.randint(25, 70) * 1_000_000
    stars = star_facts({product.pk for product in products}, clock.today())
    good = [product for product in products if product.pk in stars and stars[product.pk].valid_today]
    others = [product for product in products if product not in good]
    # a shop that dies has little left of what holds a star
    shelves = (good if last >= add_months(month_of(clock.today()), -1) else good[:1]) + chance.sample(
        others, min(len(others), chance.randint(3, 8))
    )
    while month <= last:
        share = 1 - fall / 100 if month > add_months(last, -3) else 1
        revenue = round(
            usual * share * chance.uniform(0.85, 1.2) * (1.6 if month.month in (1, 12) else 1), -4
        )
        ocop = round(revenue * chance.uniform(0.55, 0.8), -4)
        months.append(
            past_month(
                point,
                month=month,
                revenue=int(revenue),
                ocop=int(ocop),
                customers=int(revenue // 95_000),
                by=by,
            )
        )
        if month.month % 3 == 0 or month == last:
            counts += [_count(point, product, month, chance) for product in shelves]
        month = add_months(month, 1)
    SaleMonth.objects.bulk_create(months)
    StockCount.objects.bulk_create(counts)


def _count(point: SalePoint, product: Product, month: date, chance: random.Random) -> StockCount:
    row = StockCount(
        point=point, product=product, counted_on=month.replace(day=25), quantity=Decimal(chance.randint(2, 60)),
        measure="hộp", price=chance.randint(4, 30) * 10_000,
    )  # fmt: skip
    row.set_search()
    return row


def _fairs(data: dict[str, Any], province: Unit, makers: list[Producer], chance: random.Random) -> int:
    today, by = clock.today(), persona_user("uy-vien-cong-thuong")
    goods = {maker.pk: list(Product.objects.filter(producer=maker, is_demo=True)[:4]) for maker in makers}
    for entry in data["fairs"]:
        starts = today + timedelta(days=entry["days"])
        fair = Fair(
            name=f"{entry['name']} {starts.year} {DEMO}", kind=entry["kind"], priority=entry["priority"], unit=province,
            reach=entry.get("reach", FairReach.PROVINCE), organiser="Sở Công Thương", place=entry["place"],
            starts_on=starts, ends_on=starts + timedelta(days=entry["length"] - 1),
            deadline=starts - timedelta(days=14), stands=entry["stands"],
            budget=entry["stands"] * 2_500_000, is_demo=True,
        )  # fmt: skip
        parts = [
            Part(maker, goods[maker.pk], f"A{place}", chance.randint(8, 45) * 1_000_000, number,
                 number * chance.randint(20, 90) * 1_000_000, chance.randint(200, 1500))
            for place, maker in enumerate(makers, 1)
            for number in [chance.randint(0, 3)]
        ]  # fmt: skip
        past_fair(
            fair, parts=parts, cost=entry["stands"] * 2_300_000, visitors=chance.randint(3, 30) * 1000, by=by
        )
    return len(data["fairs"]) + reach.waiting_fairs(province)
