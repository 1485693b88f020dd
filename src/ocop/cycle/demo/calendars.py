"""Calendars of the demo: the province's of three years, and what some places set otherwise."""

from datetime import date

from ocop.cycle.enums import CycleStep
from ocop.cycle.models import CycleCalendar, SeasonalException
from ocop.kit import clock
from ocop.products.models import Product
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import first_day_held, home_province

Steps = dict[str, tuple[tuple[int, int], tuple[int, int]]]
STEPS: Steps = {
    "guidance": ((1, 5), (12, 31)), "ideas": ((2, 1), (4, 15)), "plans": ((4, 1), (6, 30)),
    "carrying": ((5, 1), (10, 31)), "ranking": ((7, 1), (12, 15)), "promotion": ((1, 5), (12, 31)),
}  # fmt: skip
SEASONS = ((8, 10), (9, 11), (3, 5))
"""First and last month in which the raw material of some products is there."""
LOCAL = 8
"""How many places of a year set their own days."""


def _calendar(unit: Unit, year: int, steps: Steps, basis: str) -> CycleCalendar:
    days = {}
    for name, (first, last) in steps.items():
        days[f"{name}_from"], days[f"{name}_to"] = date(year, *first), date(year, *last)
    return CycleCalendar(unit=unit, year=year, basis=basis, **days)


def load_calendars() -> int:
    """Calendars of this year and the two before; answers how many."""
    made = 0
    since = first_day_held()
    first = max(clock.today().year - 2, since.year if since else 0)
    for year in range(first, clock.today().year + 1):
        day = max(min(clock.today(), date(year, 3, 1)), since or date(year, 1, 1))
        province = home_province(day)
        rows = [_calendar(province, year, STEPS, "Kế hoạch OCOP năm (trình diễn)")]
        places = Unit.objects.valid_on(day).filter(level=UnitLevel.DISTRICT) or Unit.objects.valid_on(
            day
        ).filter(level=UnitLevel.COMMUNE)
        for number, unit in enumerate(places.filter(covers__holder=province).order_by("code")[:LOCAL]):
            own: Steps = {"ideas": ((2, 15), (4, 30)), "plans": ((4, 15), (7, 15))}
            if number % 2:
                own["ranking"] = ((8, 1), (12, 15))
            rows.append(_calendar(unit, year, own, "Thông báo của địa phương (trình diễn)"))
        for row in rows:
            row.save()
        made += len(rows)
    return made


def load_seasons() -> int:
    """Invented products whose raw material has a season of its own, this year and the last; answers how many."""
    made = 0
    products = Product.objects.filter(is_demo=True).select_related("unit").order_by("pk")[: 2 * len(SEASONS)]
    for year in (clock.today().year - 1, clock.today().year):
        for number, product in enumerate(products):
            first, last = SEASONS[number % len(SEASONS)]
            SeasonalException(
                product=product, unit=product.unit, year=year, step=CycleStep.CARRYING_OUT,
                first_day=date(year, first, 1), last_day=date(year, last, 28),
                reason=f"Nguyên liệu chỉ có từ tháng {first} đến tháng {last} (dữ liệu trình diễn).",
            ).save()  # fmt: skip
            made += 1
    return made
