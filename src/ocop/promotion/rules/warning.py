"""Signs by which a dying sale point is known before it closes; the thresholds are dated settings of the province."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ocop.promotion.enums import CheckOutcome, Sign


@dataclass(frozen=True)
class Limits:
    """Months without a sales report, fall of sales in percent, least products with a star, months between checks."""

    silent_months: int
    fall_percent: int
    least_products: int
    check_months: int


@dataclass(frozen=True)
class PointFacts:
    """What is known of an open sale point.

    `sales`: đồng of OCOP products by first day of the month; `starred`: products in stock at the last count whose star
    is valid, None while nothing was ever counted.
    """

    opened_on: date
    sales: Mapping[date, int]
    starred: int | None
    last_check_on: date | None
    last_outcome: str = ""


@dataclass(frozen=True)
class Warned:
    """A sign with the sentence that explains it, and how grave it is (2: act now, 1: look)."""

    sign: str
    words: str
    weight: int = 1


def month_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def add_months(first: date, months: int) -> date:
    """The first day of the month that many months later (earlier when negative)."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def months_between(earlier: date, later: date) -> int:
    """Whole calendar months from the month of one day to the month of the other."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def silent_for(facts: PointFacts, today: date) -> int:
    """How many ended months in a row have no sales report, counted back from last month to the month of opening."""
    last = add_months(month_of(today), -1)
    count = 0
    while last >= month_of(facts.opened_on) and last not in facts.sales:
        count, last = count + 1, add_months(last, -1)
    return count


def fall_of(sales: Mapping[date, int], today: date) -> int | None:
    """By how many percent the last three reported months lie under the three before; None without six of them.

    Only ended months of the last year count, so that one month of Tết is not held against the rest.
    """
    months = sorted(
        (month for month in sales if add_months(month_of(today), -12) <= month < month_of(today)),
        reverse=True,
    )
    if len(months) < 6:
        return None
    now, before = (sum(sales[month] for month in part) for part in (months[:3], months[3:6]))
    return None if before <= 0 else round(100 * (before - now) / before)


def check_due_on(facts: PointFacts, months: int) -> date:
    """The last day for the next check: `months` months after the last one, or after the opening."""
    base = facts.last_check_on or facts.opened_on
    first = add_months(month_of(base), months)
    last_of_month = (add_months(first, 1) - first).days
    return first.replace(day=min(base.day, last_of_month))


def signs(facts: PointFacts, limits: Limits, today: date) -> list[Warned]:
    """Every sign of a point that dies, the gravest first; an empty list for one that lives."""
    found: list[Warned] = []
    silent = silent_for(facts, today)
    if silent >= limits.silent_months:
        grave = 2 if silent >= 2 * limits.silent_months else 1
        found.append(Warned(Sign.SILENT.value, f"{silent} tháng liền không báo doanh số", grave))
    fall = fall_of(facts.sales, today)
    if fall is not None and fall >= limits.fall_percent:
        words = f"Doanh số 3 tháng gần nhất giảm {fall} % so với 3 tháng trước đó"
        found.append(Warned(Sign.FALLING.value, words, 2 if fall >= 2 * limits.fall_percent else 1))
    if facts.starred is not None and facts.starred < limits.least_products:
        words = f"Chỉ còn {facts.starred} sản phẩm có sao còn hiệu lực trên quầy (mức nhắc: {limits.least_products})"
        found.append(Warned(Sign.FEW_PRODUCTS.value, words, 2 if facts.starred == 0 else 1))
    due = check_due_on(facts, limits.check_months)
    if due < today:
        found.append(Warned(Sign.CHECK_OVERDUE.value, f"Hạn kiểm tra hằng năm đã qua ngày {due:%d/%m/%Y}"))
    if facts.last_outcome == CheckOutcome.FAILED:
        found.append(Warned(Sign.CHECK_FAILED.value, "Lần kiểm tra gần nhất chưa đạt tiêu chí", 2))
    return sorted(found, key=lambda one: -one.weight)
