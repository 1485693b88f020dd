"""Units and agencies of the day of a decision, from whatever name an old list bears."""

from collections import defaultdict
from datetime import date

from ocop.kit import clock
from ocop.kit.text import fold
from ocop.producers.rules.likeness import name_key
from ocop.units.enums import UnitLevel
from ocop.units.models import Agency, Succession, Unit, UnitParent
from ocop.units.queries import agency_with, find_units, first_day_held, full_name, home_province
from ocop.units.rules.names import take_apart


class Places:
    """Units by name and day, with the lines of succession in memory; each name is looked up once."""

    def __init__(self) -> None:
        self.today = clock.today()
        self.first = first_day_held() or self.today
        self.province = home_province(self.today)
        self.units = {
            unit.pk: unit
            for unit in Unit.objects.covered_by(self.province).filter(level=UnitLevel.COMMUNE).order_by("pk")
        }
        self._after: dict[int, list[int]] = defaultdict(list)
        self._before: dict[int, list[int]] = defaultdict(list)
        steps = Succession.objects.filter(predecessor__in=self.units).order_by("on", "pk")
        for old, new in steps.values_list("predecessor_id", "successor_id"):
            self._after[old].append(new)
            self._before[new].append(old)
        self._parents: dict[int, set[str]] = defaultdict(set)
        links = UnitParent.objects.filter(unit__in=self.units).select_related("parent").order_by("pk")
        for link in links:
            self._parents[link.unit_id].add(fold(link.parent.full_name))
        self._named: dict[str, list[Unit]] = {}
        self._found: dict[tuple[str, date], Unit | str] = {}
        self._heirs: dict[int, frozenset[int]] = {}

    def unit_of(self, typed: str, day: date) -> Unit | str:
        """The commune that bore, then or later, what is typed, as it stood on that day; or the sentence why not."""
        key = (typed.strip().lower(), day)
        if key not in self._found:
            self._found[key] = self._resolve(typed, max(day, self.first))
        return self._found[key]

    def _resolve(self, typed: str, day: date) -> Unit | str:
        named = self._by_name(typed)
        if not named:
            found = find_units(typed, self.today, levels=[UnitLevel.COMMUNE], limit=3)
            hint = f" Ý bạn là: {'; '.join(one.name for one in found)}?" if found else ""
            return f"Địa bàn: không có “{typed}”.{hint}"
        then = [unit for unit in named if unit.in_force(day)]
        if not then:
            reached = {pk for unit in named for pk in self._walk(unit, day)}
            then = [self.units[pk] for pk in sorted(reached)]
        if len(then) == 1:
            return then[0]
        names = "; ".join(full_name(unit, day).rsplit(", tỉnh", 1)[0] for unit in then[:4])
        if not then:
            return f"Địa bàn: không rõ “{typed}” là xã nào vào ngày {day:%d/%m/%Y}."
        return f"Địa bàn: ngày {day:%d/%m/%Y}, “{typed}” có thể là: {names}. Hãy ghi rõ tên xã, huyện khi đó."

    def _by_name(self, typed: str) -> list[Unit]:
        if typed not in self._named:
            parts = take_apart(typed)
            bare = parts.code or parts.exact
            found = find_units(bare, self.today, levels=[UnitLevel.COMMUNE], limit=200) if bare else []
            units = [one.unit for one in found if self._stood_under(one.unit, parts.above)]
            if not parts.code and not parts.name.isdigit():
                units = [unit for unit in units if take_apart(unit.name).name == parts.name]
                exact = [unit for unit in units if take_apart(unit.name).exact == parts.exact]
                units = exact or units
            same = [unit for unit in units if unit.type == parts.type]
            self._named[typed] = same or units
        return self._named[typed]

    def _stood_under(self, unit: Unit, above: tuple[str, ...]) -> bool:
        """True when the unit stood, on whatever day, under the district named; communes changed districts."""
        named = [part for part in above if not part.startswith("tinh")]
        return all(any(part in parent for parent in self._parents[unit.pk]) for part in named)

    def _walk(self, unit: Unit, day: date) -> set[int]:
        """The units of that day in the line of this one: after it, or before it when it had not begun."""
        links = self._before if unit.valid_from > day else self._after
        reached: set[int] = set()
        ahead = seen = {unit.pk}
        while ahead:
            ahead = {other for pk in ahead for other in links[pk] if other in self.units} - seen
            seen = seen | ahead
            reached |= {pk for pk in ahead if self.units[pk].in_force(day)}
        return reached

    def heirs(self, unit_id: int) -> frozenset[int]:
        """The units of today in the place of a unit; the unit itself where nobody is known to have followed."""
        if unit_id not in self._heirs:
            unit = self.units.get(unit_id)
            now = {unit_id} if unit is None or unit.in_force(self.today) else self._walk(unit, self.today)
            self._heirs[unit_id] = frozenset(now or {unit_id})
        return self._heirs[unit_id]

    def present(self, unit_id: int) -> int:
        """The one unit of today in the place of a unit; the unit itself where there are several or none."""
        heirs = self.heirs(unit_id)
        return next(iter(heirs)) if len(heirs) == 1 else unit_id


class Agencies:
    """Who signed: agencies by their names as written in lists."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._named: dict[str, list[Agency]] = defaultdict(list)
        for agency in Agency.objects.order_by("valid_from", "pk"):
            for name in {name_key(agency.name), name_key(agency.short_name)} - {""}:
                self._named[name].append(agency)
        self._found: dict[tuple[str, date], Agency | str] = {}

    def agency_of(self, typed: str, day: date) -> Agency | str:
        """The agency of that name in office on the day; the province's committee when none is named; or why not."""
        key = (typed, day)
        if key not in self._found:
            self._found[key] = self._resolve(typed, day)
        return self._found[key]

    def _resolve(self, typed: str, day: date) -> Agency | str:
        then = max(day, self.places.first)
        if not typed:
            found = agency_with("decides", then, self.places.province)
            return found or "Cơ quan ban hành: đang để trống."
        key = name_key(typed)
        rows = self._named.get(key) or self._named.get(key.removesuffix(" tinh ha tinh"))
        if not rows:
            return f"Cơ quan ban hành: không có “{typed}” trong danh mục cơ quan."
        for agency in rows:
            if agency.in_force(then):
                return agency
        ended = [agency.valid_to for agency in rows if agency.valid_to and agency.valid_to < then]
        if ended:
            return (
                f"Cơ quan ban hành: {rows[-1].name} chỉ hoạt động đến hết {max(ended):%d/%m/%Y}, "
                f"quyết định lại ghi ngày {day:%d/%m/%Y}."
            )
        return f"Cơ quan ban hành: {rows[0].name} chưa hoạt động vào ngày {day:%d/%m/%Y}."
