"""Which calendar holds for whom: of the commune, else of the district, else of the province, else none."""

from collections.abc import Iterable
from datetime import date

from ocop.cycle.models import CycleCalendar, SeasonalException
from ocop.cycle.rules.calendar import Window, Windows, effective
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit, UnitCover

WIDEST_FIRST = (UnitLevel.PROVINCE, UnitLevel.DISTRICT, UnitLevel.COMMUNE)


def windows_of(unit_ids: Iterable[int], year: int) -> dict[int, Windows]:
    """The calendar of the year for each of these units, by unit id; two queries whatever their number.

    A calendar reaches the unit itself, what lies in it and what it wholly absorbed (`units.UnitCover`).
    """
    wanted = set(unit_ids)
    rows = {row.unit_id: row for row in CycleCalendar.objects.filter(year=year).select_related("unit")}
    above: dict[int, set[int]] = {unit: {unit} for unit in wanted}
    pairs = UnitCover.objects.filter(holder_id__in=list(rows), covered_id__in=wanted)
    for holder, covered in pairs.values_list("holder_id", "covered_id"):
        above[covered].add(holder)
    found = {}
    for unit, holders in above.items():
        layers = sorted(
            (rows[holder] for holder in holders if holder in rows),
            key=lambda row: (WIDEST_FIRST.index(UnitLevel(row.unit.level)), row.unit_id == unit),
        )
        found[unit] = effective(row.windows() for row in layers)
    return found


def calendar_of(unit: Unit | int, year: int) -> Windows:
    """The calendar of the year for one unit."""
    unit_id = unit if isinstance(unit, int) else unit.pk
    return windows_of([unit_id], year)[unit_id]


def seasons_of(product_ids: Iterable[int], year: int) -> dict[int, Windows]:
    """The exceptions of these products in the year, by product id; one query."""
    found: dict[int, Windows] = {}
    rows = SeasonalException.objects.filter(year=year, product_id__in=list(product_ids))
    for row in rows:
        window = Window(row.first_day, row.last_day, "mùa vụ")
        found.setdefault(row.product_id, {})[row.step] = window
    return found


def last_day_of_step(unit: Unit | int, year: int, step: int) -> date | None:
    """The last day of a step for a unit, None where no calendar says."""
    window = calendar_of(unit, year).get(step)
    return window.last if window else None
