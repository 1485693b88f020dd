"""From the lists of each stage to units with validity: what goes on, what ends, what begins.

The files hold the official list of the first day of each stage and the changes of that day. A unit that keeps
code, name and type, and is not said to have been merged, goes on as one row and may change its parent; every
other unit of a new list begins on the day of the list.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

TYPES_OF_LEVEL = {
    "province": {"Tỉnh"},
    "district": {"Thành phố", "Thị xã", "Huyện"},
    "commune": {"Xã", "Phường", "Thị trấn"},
}
LEVEL_OF_LENGTH = {2: "province", 3: "district", 5: "commune"}
GOES_ON = "parent"  # only the unit above changed
WITHOUT_SUCCESSOR = "abolished"
SUCCESSION_CHANGES = {"merged", "renamed", "type", "split"}

Key = tuple[str, date]  # code and first day: what names a unit for good


@dataclass(frozen=True)
class Listed:
    """One line of the list of a stage."""

    code: str
    name: str
    type: str
    parent_code: str
    lat: str = ""
    lng: str = ""
    centre: str = ""

    @property
    def level(self) -> str:
        """The level, read off the length of the code (2, 3 or 5 digits in the official list)."""
        return LEVEL_OF_LENGTH[len(self.code)]

    @property
    def identity(self) -> tuple[str, str, str]:
        """What must stay the same for a unit to go on as one row."""
        return self.code, self.name, self.type


@dataclass(frozen=True)
class Changed:
    """One line of the changes of the first day of a stage."""

    old_code: str
    new_code: str
    extent: str
    change: str
    confirmed: bool
    note: str = ""


@dataclass(frozen=True)
class Stage:
    """The list in force from `start` to the eve of the next stage, and how it came about."""

    start: date
    units: tuple[Listed, ...]
    changes: tuple[Changed, ...] = ()
    basis: str = ""


@dataclass
class Life:
    """A unit from its first to its last day (None = open), with its parents in order."""

    listed: Listed
    start: date
    end: date | None = None
    parents: list["Under"] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.listed.code, self.start


@dataclass
class Under:
    """A unit stood under another from one day to another."""

    parent: Key
    start: date
    end: date | None = None


@dataclass(frozen=True)
class Step:
    """A unit went into another on a day."""

    old: Key
    new: Key
    on: date
    extent: str
    change: str
    confirmed: bool
    note: str
    basis: str


@dataclass
class History:
    """Everything that the stages say: the lives of units and the steps between them."""

    lives: dict[Key, Life]
    steps: list[Step]


def problems_of(stages: list[Stage]) -> list[str]:
    """Every fault of the stages, in words; an empty list when they hold together."""
    found = [
        f"giai đoạn {late.start}: không sau giai đoạn {early.start}"
        for early, late in _pairs(stages)
        if late.start <= early.start
    ]
    for stage in stages:
        found += _faults_of_list(stage)
    for before, after in _pairs(stages):
        found += _faults_of_changes(before, after)
    return found


def _pairs(stages: list[Stage]) -> list[tuple[Stage, Stage]]:
    return list(pairwise(stages))


def _faults_of_list(stage: Stage) -> list[str]:
    """Faults inside one list: codes twice, parents that are not there, types that do not fit the level."""
    found: list[str] = []
    seen: set[str] = set()
    names: set[tuple[str, str, str]] = set()
    codes = {unit.code: unit for unit in stage.units}
    for unit in stage.units:
        where = f"danh mục {stage.start}, mã {unit.code}"
        if unit.code in seen:
            found.append(f"{where}: mã bị lặp")
        seen.add(unit.code)
        if not unit.code.isdigit() or len(unit.code) not in LEVEL_OF_LENGTH:
            found.append(f"{where}: mã phải có 2, 3 hoặc 5 chữ số")
            continue
        if unit.type not in TYPES_OF_LEVEL[unit.level]:
            found.append(f"{where}: loại {unit.type!r} không hợp với cấp")
        if not unit.name:
            found.append(f"{where}: thiếu tên")
        if (unit.name, unit.type, unit.parent_code) in names:
            found.append(f"{where}: {unit.type} {unit.name} có hai lần dưới cùng đơn vị {unit.parent_code}")
        names.add((unit.name, unit.type, unit.parent_code))
        parent = codes.get(unit.parent_code)
        if unit.level == "province":
            if unit.parent_code:
                found.append(f"{where}: tỉnh không có đơn vị cấp trên")
        elif parent is None or len(parent.code) >= len(unit.code):
            found.append(f"{where}: không có đơn vị cấp trên {unit.parent_code!r}")
        if bool(unit.lat) != bool(unit.lng):
            found.append(f"{where}: tọa độ thiếu một nửa")
    return found


def _faults_of_changes(before: Stage, after: Stage) -> list[str]:
    """Faults of the changes between two lists: unknown codes, units that vanish or change without a line."""
    found: list[str] = []
    old = {unit.code: unit for unit in before.units}
    new = {unit.code: unit for unit in after.units}
    lines: dict[str, list[Changed]] = {}
    for line in after.changes:
        where = f"thay đổi {after.start}, {line.old_code} → {line.new_code or '?'}"
        lines.setdefault(line.old_code, []).append(line)
        if line.old_code not in old:
            found.append(f"{where}: mã cũ không có trong danh mục trước")
        if line.change in SUCCESSION_CHANGES:
            if line.new_code not in new:
                found.append(f"{where}: mã mới không có trong danh mục sau")
            if line.extent not in {"whole", "part"}:
                found.append(f"{where}: phạm vi phải là whole hoặc part")
        elif line.change == GOES_ON:
            if line.old_code != line.new_code or _identity(old, line.old_code) != _identity(
                new, line.new_code
            ):
                found.append(f"{where}: đơn vị không giữ nguyên mã, tên và loại")
        elif line.change == WITHOUT_SUCCESSOR:
            if line.new_code or line.extent:
                found.append(f"{where}: không có đơn vị kế tục thì để trống mã mới và phạm vi")
        else:
            found.append(f"{where}: không có loại thay đổi {line.change!r}")
    for code, group in lines.items():
        found += [f"thay đổi {after.start}, {code}: {fault}" for fault in _faults_of_group(group)]
    for code, unit in old.items():
        same = _identity(new, code) == unit.identity
        if code not in lines and not same:
            found.append(f"thay đổi {after.start}: {code} {unit.name} mất hoặc đổi mà không có dòng thay đổi")
        moved = same and new[code].parent_code != unit.parent_code
        if code not in lines and moved:
            found.append(f"thay đổi {after.start}: {code} {unit.name} đổi cấp trên mà không có dòng thay đổi")
    arrived = {line.new_code for line in after.changes}
    found += [
        f"thay đổi {after.start}: {code} {unit.name} mới có mà không có dòng thay đổi"
        for code, unit in new.items()
        if code not in arrived and _identity(old, code) != unit.identity
    ]
    return found


def _identity(units: dict[str, Listed], code: str) -> tuple[str, str, str] | None:
    return units[code].identity if code in units else None


def _faults_of_group(group: list[Changed]) -> list[str]:
    """Faults among the lines of one old unit: whole goes to one place, parts to several."""
    wholes = [line for line in group if line.extent == "whole"]
    parts = [line for line in group if line.extent == "part"]
    if wholes and len(group) > 1:
        return ["toàn bộ chỉ có thể về một đơn vị"]
    if len(parts) == 1:
        return ["chia tách phải về từ hai đơn vị"]
    if not wholes and not parts and len(group) > 1:
        return ["một đơn vị chỉ kết thúc hoặc giữ nguyên một lần"]
    return []


def history_of(stages: list[Stage]) -> History:
    """The lives and steps that sound stages say; call `problems_of` first."""
    lives: dict[Key, Life] = {}
    steps: list[Step] = []
    current: dict[str, Life] = {}
    for stage in stages:
        eve = stage.start - timedelta(days=1)
        listed = {unit.code: unit for unit in stage.units}
        ends = {line.old_code for line in stage.changes if line.change != GOES_ON}
        following: dict[str, Life] = {}
        for code, life in current.items():
            if code in ends:
                life.end = eve
            else:
                life.listed = listed[code]
                following[code] = life
        for unit in stage.units:
            if unit.code not in following:
                following[unit.code] = life = Life(unit, stage.start)
                lives[life.key] = life
        steps += [
            Step(
                old=current[line.old_code].key,
                new=following[line.new_code].key,
                on=stage.start,
                extent=line.extent,
                change=line.change,
                confirmed=line.confirmed,
                note=line.note,
                basis=stage.basis,
            )
            for line in stage.changes
            if line.change in SUCCESSION_CHANGES
        ]
        _stand_under(following, stage.start, eve)
        for life in current.values():
            if life.end == eve and life.parents:
                life.parents[-1].end = life.parents[-1].end or eve
        current = following
    return History(lives, steps)


def _stand_under(units: dict[str, Life], start: date, eve: date) -> None:
    """Give each unit its parent of that day: the same row goes on, another parent begins a new one."""
    for life in units.values():
        if not life.listed.parent_code:
            continue
        parent = units[life.listed.parent_code].key
        if life.parents and life.parents[-1].parent == parent:
            continue
        if life.parents:
            life.parents[-1].end = eve
        life.parents.append(Under(parent, start))
