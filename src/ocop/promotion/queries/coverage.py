"""Which places have a sale point and which still need one (plan II: at least one in every district)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from ocop.promotion.models import SalePoint
from ocop.rulebook.queries import setting
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import heirs_on, tree_on


@dataclass(frozen=True)
class Coverage:
    """A unit with the sale points that are open in it, and how many it should have at least."""

    unit: Unit
    points: tuple[SalePoint, ...]
    least: int

    @property
    def lacking(self) -> int:
        """How many are missing."""
        return max(0, self.least - len(self.points))


def _reference_day(province: Unit, day: date) -> date:
    """The day whose districts count: that day, or the last one on which there were districts."""
    districts = Unit.objects.filter(level=UnitLevel.DISTRICT).covered_by(province)
    if districts.valid_on(day).exists():
        return day
    return districts.aggregate(last=Max("valid_to"))["last"] or day


def _district_of_all(units: Iterable[Unit], province: Unit, day: date) -> dict[int, int]:
    """Of each unit of any time the district on `day` in which it lies, lay, or that most of it came from."""
    tree = tree_on(day, province)
    above = {}
    for unit in tree.units.values():
        if unit.level == UnitLevel.DISTRICT:
            above[unit.pk] = unit.pk
        elif (parent := tree.parent(unit)) is not None and parent.level == UnitLevel.DISTRICT:
            above[unit.pk] = parent.pk
    units = list(units)
    older = heirs_on([unit for unit in units if unit.valid_to is not None and unit.valid_to < day], day)
    newer = _origins([unit for unit in units if unit.valid_from > day], tree.units.values(), above)
    found = {}
    for unit in units:
        heirs = [above[heir.pk] for heir in older.get(unit.pk, []) if heir.pk in above]
        district = above.get(unit.pk) or (heirs[0] if heirs else None) or newer.get(unit.pk)
        if district is not None:
            found[unit.pk] = district
    return found


def _origins(units: list[Unit], earlier: Iterable[Unit], above: dict[int, int]) -> dict[int, int]:
    """Of each later unit the district that most of the earlier communes merged into it came from."""
    if not units:
        return {}
    communes = [unit for unit in earlier if unit.level == UnitLevel.COMMUNE and unit.pk in above]
    votes: dict[int, Counter[int]] = {unit.pk: Counter() for unit in units}
    for day in {unit.valid_from for unit in units}:
        for commune, heirs in heirs_on(communes, day).items():
            for heir in heirs:
                if heir.pk in votes:
                    votes[heir.pk][above[commune]] += 1
    return {pk: counts.most_common(1)[0][0] for pk, counts in votes.items() if counts}


def coverage_on(province: Unit, day: date, points: QuerySet[SalePoint]) -> list[Coverage]:
    """Every unit that should have a sale point, those that lack one first; a constant number of queries.

    The dated settings say which units (districts, after 30/6/2025 the area of the former districts, or communes) and
    how many points each.
    """
    area = setting("sale_point_area", province.code, day)
    least = int(setting("sale_points_least", province.code, day))
    rows = list(points.running().select_related("unit"))  # type: ignore[attr-defined]
    units = {row.unit for row in rows}
    if area == "commune":
        wanted = list(Unit.objects.valid_on(day).filter(level=UnitLevel.COMMUNE).covered_by(province))
        place = {pk: heirs[0].pk for pk, heirs in heirs_on(units, day).items() if heirs}
    else:
        when = _reference_day(province, day)
        wanted = list(Unit.objects.valid_on(when).filter(level=UnitLevel.DISTRICT).covered_by(province))
        place = _district_of_all(units, province, when)
    held: dict[int, list[SalePoint]] = {}
    for row in rows:
        held.setdefault(place.get(row.unit_id, 0), []).append(row)
    lines = [Coverage(unit, tuple(held.get(unit.pk, ())), least) for unit in wanted]
    return sorted(lines, key=lambda line: (-line.lacking, line.unit.name))
