"""Which offers answer which request: same product or group, months that meet, a price that fits (plan IV.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ocop.promotion.rules.warning import add_months, month_of

ALL_YEAR = frozenset(range(1, 13))


@dataclass(frozen=True)
class Supply:
    """What a producer offers: volume per season in `measure`, prices in đồng per measure, months 1 to 12."""

    product_id: int
    group_id: int | None
    volume: Decimal
    measure: str
    months: frozenset[int]
    price_from: int | None = None
    price_to: int | None = None
    has_star: bool = False


@dataclass(frozen=True)
class Demand:
    """What a buyer wants: a product or a group, a volume, from one day to another, at most a price."""

    product_id: int | None
    group_id: int | None
    volume: Decimal
    measure: str
    needed_from: date
    needed_to: date
    price_most: int | None = None


@dataclass(frozen=True)
class Fit:
    """How well an offer answers a request, out of 100, with the reasons for and against."""

    points: int
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def season(first: int, last: int) -> frozenset[int]:
    """The months from `first` to `last`, over the new year when `last` comes before `first`."""
    if first <= last:
        return frozenset(range(first, last + 1))
    return frozenset((*range(first, 13), *range(1, last + 1)))


def months_needed(start: date, end: date) -> frozenset[int]:
    """The calendar months touched from one day to another; every month for a year and more."""
    found, month = set(), month_of(start)
    while month <= end and len(found) < 12:
        found.add(month.month)
        month = add_months(month, 1)
    return frozenset(found)


def _price(supply: Supply, demand: Demand) -> tuple[int, str, str] | None:
    """(points, reason, doubt) of the price; None when the cheapest offered price is above what the buyer pays."""
    if demand.price_most is None or supply.price_from is None:
        return 10, "", "chưa rõ giá một bên"
    if supply.price_from > demand.price_most:
        return None
    if supply.price_to is not None and supply.price_to > demand.price_most:
        return 15, "giá gặp nhau một phần", ""
    return 20, "giá trong mức bên mua trả", ""


def _volume(supply: Supply, demand: Demand) -> tuple[int, str, str]:
    if supply.measure.strip().lower() != demand.measure.strip().lower():
        return 5, "", f"đơn vị tính khác nhau ({supply.measure}, {demand.measure})"
    if supply.volume >= demand.volume:
        return 20, "đủ sản lượng", ""
    share = int(100 * supply.volume / demand.volume) if demand.volume else 100
    return max(5, share // 5), f"đáp ứng {share} % sản lượng", ""


def fit(supply: Supply, demand: Demand) -> Fit | None:
    """How an offer answers a request; None when it does not: another product and group, no month, too dear.

    Points: 35 for the very product, 20 for its group; up to 20 each for months, volume and price; 5 for a valid star.
    """
    if demand.product_id is not None and demand.product_id == supply.product_id:
        points, reasons = 35, ["đúng sản phẩm bên mua hỏi"]
    elif demand.group_id is not None and demand.group_id == supply.group_id:
        points, reasons = 20, ["cùng nhóm sản phẩm"]
    else:
        return None
    wanted = months_needed(demand.needed_from, demand.needed_to)
    shared = wanted & supply.months
    price = _price(supply, demand)
    if not shared or price is None:
        return None
    points += 20 * len(shared) // len(wanted)
    reasons.append(
        "đủ các tháng cần hàng" if shared == wanted else f"có hàng {len(shared)}/{len(wanted)} tháng cần"
    )
    doubts = []
    for more, reason, doubt in (_volume(supply, demand), price):
        points += more
        reasons += [reason] if reason else []
        doubts += [doubt] if doubt else []
    if supply.has_star:
        points, reasons = points + 5, [*reasons, "còn sao OCOP"]
    return Fit(points, tuple(reasons), tuple(doubts))


def ranked(supplies: Iterable[tuple[int, Supply]], demand: Demand) -> list[tuple[int, Fit]]:
    """(key, fit) of the offers that answer a request, the best first; of equal ones in the order given."""
    found = [(key, answer) for key, supply in supplies if (answer := fit(supply, demand)) is not None]
    return sorted(found, key=lambda pair: -pair[1].points)
