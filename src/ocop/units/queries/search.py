"""Type an old or a new name, with or without marks and type words, and find the unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ocop.kit.text import fold
from ocop.units.enums import UnitLevel
from ocop.units.models import Succession, Unit
from ocop.units.queries.lineage import heirs_on
from ocop.units.queries.tree import full_names, home_province
from ocop.units.rules.names import Typed, rank_of, take_apart

SHOWN = 4  # predecessors named in a hint before "và n đơn vị khác"


@dataclass(frozen=True)
class Found:
    """A unit that answers what was typed, with a hint on what it was or what it has become.

    `now` holds the units of the day in its place: itself when in force, none when nobody is known to have
    followed.
    """

    unit: Unit
    name: str
    hint: str
    now: tuple[Unit, ...]

    @property
    def is_current(self) -> bool:
        """True when the unit itself is in force on the day of the search."""
        return self.now == (self.unit,)


def find_units(
    typed: str,
    day: date,
    *,
    within: Unit | None = None,
    levels: Iterable[str] = (),
    current_only: bool = False,
    limit: int = 20,
) -> list[Found]:
    """Units that answer a typed name or code, best first: exact marks, then unmarked, then beginnings.

    Looks inside one province (default: the one served on that day). With `current_only`, an old name is
    answered by the units of the day in its place ("trước là xã Đỉnh Bàn, huyện Thạch Hà"); otherwise old
    units are answered themselves ("nay là xã Thạch Khê"). A constant number of queries.
    """
    parts = take_apart(typed)
    if not parts.name and not parts.code:
        return []
    rows = Unit.objects.covered_by(within or home_province(day))
    rows = (
        rows.filter(code=parts.code or parts.name)
        if parts.code or parts.name.isdigit()
        else rows.found_by(parts.name)
    )
    units = list(rows.filter(level__in=levels) if levels else rows)
    names = full_names(units, day)
    units = _ranked(units, names, parts, day)
    if current_only:
        return _as_current(units, names, day, set(levels))[:limit]
    units = units[:limit]
    now = heirs_on(units, day)
    before = _before(units, day)
    return [
        Found(
            unit,
            names[unit.pk],
            before.get(unit.pk, "") if unit.in_force(day) else _became(unit, now[unit.pk], day),
            tuple(now[unit.pk]),
        )
        for unit in units
    ]


def _ranked(units: list[Unit], names: dict[int, str], parts: Typed, day: date) -> list[Unit]:
    """Best first; units above typed too ("..., huyện Thạch Hà") keep only those that stood there."""
    keyed = []
    for place, unit in enumerate(units):
        rank = 0 if parts.code or parts.name.isdigit() else rank_of(unit.name, parts)
        above = fold(names[unit.pk]).split(", ")[1:]
        if rank is None or not all(any(part in name for name in above) for part in parts.above):
            continue
        wrong_type = bool(parts.type) and unit.type != parts.type
        keyed.append((rank, wrong_type, not unit.in_force(day), -unit.valid_from.toordinal(), place, unit))
    return [entry[-1] for entry in sorted(keyed, key=lambda entry: entry[:-1])]


def _as_current(units: list[Unit], names: dict[int, str], day: date, levels: set[str]) -> list[Found]:
    """The units of the day in the place of those found, each once, with the old name that led there."""
    now = heirs_on(units, day)
    hints: dict[int, str] = {}
    places: dict[int, Unit] = {}
    for unit in units:
        for heir in now[unit.pk]:
            if heir.pk in places or (levels and heir.level not in levels):
                continue
            places[heir.pk] = heir
            hints[heir.pk] = "" if heir == unit else f"trước là {_short(names[unit.pk])}"
    heirs = list(places.values())
    current = full_names(heirs, day)
    return [Found(heir, current[heir.pk], hints[heir.pk], (heir,)) for heir in heirs]


def _before(units: list[Unit], day: date) -> dict[int, str]:
    """For units in force: which units they were before ("trước là xã X, huyện Y"); two queries."""
    steps = list(
        Succession.objects.filter(successor__in=[unit for unit in units if unit.in_force(day)], on__lte=day)
        .select_related("predecessor")
        .order_by("on", "predecessor__code")
    )
    names = full_names([step.predecessor for step in steps], day)
    texts: dict[int, list[str]] = {}
    for step in steps:
        whole = "" if step.extent == "whole" else "một phần "
        texts.setdefault(step.successor_id, []).append(whole + _short(names[step.predecessor_id]))
    return {
        pk: "trước là "
        + "; ".join(group[:SHOWN])
        + (f" và {len(group) - SHOWN} đơn vị khác" if len(group) > SHOWN else "")
        for pk, group in texts.items()
    }


def _short(name: str) -> str:
    """A full name without its province."""
    return ", ".join(part for part in name.split(", ") if not part.startswith("tỉnh ")) or name


def _became(unit: Unit, now: list[Unit], day: date) -> str:
    """For a unit that is not in force: what it has become, or that nobody knows."""
    if unit.valid_from > day:
        return f"từ {unit.valid_from:%d/%m/%Y}"
    if now:
        return "nay là " + "; ".join(heir.full_name for heir in now)
    ended = f"đến hết {unit.valid_to:%d/%m/%Y}"
    if unit.level == UnitLevel.DISTRICT:
        return f"{ended}, không còn cấp huyện"
    return f"{ended}, chưa xác minh đơn vị kế tục"
