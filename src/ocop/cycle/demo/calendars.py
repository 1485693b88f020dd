"""Calendars of the demo: the province's of three years, and what some places set otherwise."""

from datetime import date

from ocop.cycle.models import CycleCalendar
from ocop.kit import clock
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import first_day_held, home_province

Steps = dict[str, tuple[tuple[int, int], tuple[int, int]]]
STEPS: Steps = {
    "guidance": ((1, 5), (12, 31)), "ideas": ((2, 1), (4, 15)), "plans": ((4, 1), (6, 30)),
    "carrying": ((5, 1), (10, 31)), "ranking": ((7, 1), (12, 15)), "promotion": ((1, 5), (12, 31)),
}  # fmt: skip
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
