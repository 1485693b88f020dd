"""The tree of a day: which units there were, under whom each stood, and what it was called."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Min

from ocop.units.enums import UnitLevel
from ocop.units.models import Unit, UnitParent


class NotInForce(LookupError):  # noqa: N818 - says what is the matter, as the domain does
    """No unit of that code on that day; `units` are those of the code in order, to say when it counted."""

    def __init__(self, code: str, day: date, units: list[Unit]) -> None:
        self.code, self.day, self.units = code, day, units
        super().__init__(self.reason)

    @property
    def reason(self) -> str:
        """The sentence for the user, with the days on which the code was in force."""
        if not self.units:
            return f"Không có đơn vị hành chính mã {self.code}."
        spans = "; ".join(f"{unit.title} {span_text(unit)}" for unit in self.units)
        return f"Mã {self.code} không có hiệu lực ngày {self.day:%d/%m/%Y}; mã này là: {spans}."


def span_text(unit: Unit) -> str:
    """The validity of a unit in words: "từ 01/01/2025 đến hết 30/06/2025"."""
    start = f"từ {unit.valid_from:%d/%m/%Y}"
    return start if unit.valid_to is None else f"{start} đến hết {unit.valid_to:%d/%m/%Y}"


@dataclass
class Tree:
    """Units of one day with their parents of that day; walks without further queries."""

    day: date
    units: dict[int, Unit]
    parents: dict[int, int]
    _children: dict[int, list[Unit]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for pk, unit in self.units.items():
            if pk in self.parents:
                self._children.setdefault(self.parents[pk], []).append(unit)

    @property
    def roots(self) -> list[Unit]:
        """Units that stand under no other: the provinces."""
        return [unit for pk, unit in self.units.items() if pk not in self.parents]

    def parent(self, unit: Unit) -> Unit | None:
        """The unit above, on that day."""
        return self.units.get(self.parents.get(unit.pk, 0))

    def children(self, unit: Unit) -> list[Unit]:
        """The units right below, on that day, by code."""
        return self._children.get(unit.pk, [])

    def walk(self, top: Unit | None = None) -> Iterator[tuple[int, Unit]]:
        """Depth and unit, each parent before its children."""
        for unit in [top] if top else self.roots:
            yield from self._walk(unit, 0)

    def _walk(self, unit: Unit, depth: int) -> Iterator[tuple[int, Unit]]:
        yield depth, unit
        for child in self.children(unit):
            yield from self._walk(child, depth + 1)


def tree_on(day: date, province: Unit | None = None) -> Tree:
    """Every unit of that day with its parent (of one province, or all that are held); two queries."""
    units = Unit.objects.valid_on(day)
    parents = UnitParent.objects.valid_on(day)
    if province is not None:
        units = units.covered_by(province)
        parents = parents.filter(unit__covers__holder=province)
    return Tree(day, {unit.pk: unit for unit in units}, dict(parents.values_list("unit_id", "parent_id")))


def unit_on(code: str, day: date) -> Unit:
    """The unit with that code on that day; raises `NotInForce`, which knows when the code counted."""
    rows = list(Unit.objects.filter(code=code).order_by("valid_from"))
    for unit in rows:
        if unit.in_force(day):
            return unit
    raise NotInForce(code, day, rows)


def home_province(day: date) -> Unit:
    """The province that this installation serves (`OCOP_PROVINCE`), on that day; raises `NotInForce`."""
    return unit_on(settings.OCOP_PROVINCE, day)


def province_of(unit: Unit) -> Unit | None:
    """The province that a unit belongs or belonged to (the province itself for a province)."""
    if unit.level == UnitLevel.PROVINCE:
        return unit
    return Unit.objects.filter(level=UnitLevel.PROVINCE, held__covered=unit).order_by("-valid_from").first()


def district_of(unit: Unit, day: date) -> Unit | None:
    """The district that the unit lies in on that day, or None where there is no such level."""
    return next((one for one in ancestry_on(unit, day) if one.level == UnitLevel.DISTRICT), None)


def first_day_held(province_code: str = "") -> date | None:
    """The first day of the first stage held of a province; nothing is known of earlier days."""
    code = province_code or settings.OCOP_PROVINCE
    return Unit.objects.filter(code=code).aggregate(first=Min("valid_from"))["first"]


def ancestry_on(unit: Unit, day: date) -> list[Unit]:
    """The units above, nearest first, on that day; for a day outside its life, on its nearest day."""
    return _ancestries([unit], day)[unit.pk]


def full_name(unit: Unit, day: date) -> str:
    """The name with the names above it, as in an address: "xã Đỉnh Bàn, huyện Thạch Hà, tỉnh Hà Tĩnh"."""
    return full_names([unit], day)[unit.pk]


def full_names(units: Iterable[Unit], day: date) -> dict[int, str]:
    """`full_name` of many units, by id, in a constant number of queries."""
    units = list(units)
    above = _ancestries(units, day)
    return {unit.pk: ", ".join(part.full_name for part in (unit, *above[unit.pk])) for unit in units}


def nearest_day(unit: Unit, day: date) -> date:
    """The day itself, or the nearest day on which the unit was in force."""
    if day < unit.valid_from:
        return unit.valid_from
    return day if unit.valid_to is None else min(day, unit.valid_to)


def _ancestries(units: list[Unit], day: date) -> dict[int, list[Unit]]:
    """Units above each unit, nearest first; one query per level of the tree."""
    days = {unit.pk: nearest_day(unit, day) for unit in units}
    above: dict[int, list[Unit]] = {unit.pk: [] for unit in units}
    ahead = {unit.pk: unit.pk for unit in units}  # whose ancestry -> unit reached so far
    while ahead:
        links: dict[int, list[UnitParent]] = {}
        for link in UnitParent.objects.filter(unit__in=set(ahead.values())).select_related("parent"):
            links.setdefault(link.unit_id, []).append(link)
        following = {}
        for start, reached in ahead.items():
            for link in links.get(reached, []):
                if link.in_force(days[start]):
                    above[start].append(link.parent)
                    following[start] = link.parent_id
        ahead = following
    return above
