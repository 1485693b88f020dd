"""The next stage of a province out of one file of changes: who goes into whom, and what the new units are called.

The list of the new stage is the list before, without the units that ended, with the units that begin; so an office
writes down what a resolution says and nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from ocop.units.rules.stages import GOES_ON, WITHOUT_SUCCESSOR, Changed, Listed

FINE = Decimal("0.00001")


@dataclass(frozen=True)
class Line:
    """One line of the file. Name, type and parent of the new unit are said once, in any line that names its code."""

    old_code: str
    new_code: str
    extent: str
    change: str
    new_name: str
    new_type: str
    new_parent: str
    confirmed: bool
    note: str = ""


@dataclass(frozen=True)
class Next:
    """The new list and the changes of its first day, or what is wrong with the file."""

    units: tuple[Listed, ...] = ()
    changes: tuple[Changed, ...] = ()
    problems: tuple[str, ...] = ()


def next_stage(before: Iterable[Listed], lines: Iterable[Line]) -> Next:
    """The stage after `before`. Problems are what keeps a list from being drawn up; `problems_of` finds the rest."""
    old = {unit.code: unit for unit in before}
    lines = list(lines)
    problems = [
        f"mã cũ {line.old_code!r} không có trong danh mục hiện nay"
        for line in lines
        if line.old_code not in old
    ]
    problems += [
        f"{old[code].type} {old[code].name}: không nói về đơn vị nào" for code in _unsaid(lines, old)
    ]
    if problems:
        return Next(problems=tuple(dict.fromkeys(problems)))
    gone = {line.old_code for line in lines if line.change != GOES_ON}
    units = {code: unit for code, unit in old.items() if code not in gone}
    for line in lines:
        if line.change == GOES_ON:
            units[line.old_code] = _moved(old[line.old_code], line.new_parent)
    begun: dict[str, list[Line]] = {}
    for line in lines:
        if line.change not in (GOES_ON, WITHOUT_SUCCESSOR):
            begun.setdefault(line.new_code, []).append(line)
    for code, group in begun.items():
        if code in units:
            problems.append(f"mã mới {code}: đơn vị cũ mang mã này vẫn còn, hãy thêm dòng cho nó")
            continue
        unit = _begun(code, group, old)
        problems += [f"mã mới {code}: thiếu tên hoặc loại"] if unit is None else []
        if unit is not None:
            units[code] = unit
    changes = tuple(
        Changed(line.old_code, line.new_code, line.extent, line.change, line.confirmed, line.note)
        for line in lines
    )
    ordered = sorted(units.values(), key=lambda unit: (len(unit.code), unit.code))
    return Next(tuple(ordered), changes, tuple(problems))


def _unsaid(lines: list[Line], old: dict[str, Listed]) -> list[str]:
    """Old codes whose line leaves the new code out although it is no end without a successor."""
    return [
        line.old_code
        for line in lines
        if not line.new_code and line.change != WITHOUT_SUCCESSOR and line.old_code in old
    ]


def _moved(unit: Listed, parent: str) -> Listed:
    return Listed(
        unit.code, unit.name, unit.type, parent or unit.parent_code, unit.lat, unit.lng, unit.centre
    )


def _begun(code: str, group: list[Line], old: dict[str, Listed]) -> Listed | None:
    """A unit that begins, in the middle of those it was made of; None while its name or type is not said."""
    name = next((line.new_name for line in group if line.new_name), "")
    kind = next((line.new_type for line in group if line.new_type), "")
    if not name or not kind:
        return None
    members = [old[line.old_code] for line in group]
    parent = next((line.new_parent for line in group if line.new_parent), members[0].parent_code)
    points = [(Decimal(unit.lat), Decimal(unit.lng)) for unit in members if unit.lat]
    if not points:
        return Listed(code, name, kind, parent)
    lat, lng = (
        str((sum(axis, Decimal(0)) / len(points)).quantize(FINE, ROUND_HALF_EVEN))
        for axis in zip(*points, strict=True)
    )
    invented = all(unit.centre == "invented" for unit in members)
    return Listed(code, name, kind, parent, lat, lng, "invented" if invented else "members")
