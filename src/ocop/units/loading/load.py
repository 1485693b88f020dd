"""Writes provinces into the database: units, parents, successions, reach; then agencies."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q

from ocop.kit.text import nfc
from ocop.law.loader import load as load_law
from ocop.law.models import Instrument
from ocop.units.enums import UnitType
from ocop.units.loading.agencies import committee_slug, write_agencies
from ocop.units.loading.bring import bring
from ocop.units.loading.files import (
    DataFileError,
    ProvinceFiles,
    default_folder,
    read_agencies,
    read_provinces,
)
from ocop.units.models import Agency, Succession, Unit, UnitCover, UnitParent
from ocop.units.rules.reach import Graph, Span
from ocop.units.rules.stages import History, Key, Life, history_of

TYPE_OF_LABEL = {label: value for value, label in UnitType.choices}
UNIT_FIELDS = [
    "name",
    "type",
    "level",
    "valid_to",
    "lat",
    "lng",
    "centre",
    "is_fictional",
    "search_text",
    "search_exact",
]


@dataclass
class Loaded:
    """What a run wrote; all zero on a second run over the same files."""

    units: int = 0
    links: int = 0
    agencies: int = 0

    def __str__(self) -> str:
        return f"{self.units} đơn vị, {self.links} quan hệ, {self.agencies} cơ quan thay đổi"


def load_reference(log: Callable[[str], None]) -> None:
    """The real provinces; step of the reference data."""
    load(log)


def load_demo(log: Callable[[str], None]) -> None:
    """The real provinces and the invented one; step of the demo data."""
    load(log, demo=True)


def load(
    log: Callable[[str], None],
    *,
    demo: bool = False,
    dry_run: bool = False,
    folder: Path | None = None,
    after: Callable[[], None] = lambda: None,
) -> Loaded:
    """Bring the database to what the files say; a dry run checks and counts, and leaves everything as it was.

    `after` looks at what was written, before a dry run takes it back. Loads the legal instruments first, since changes
    name them as their basis. Raises `DataFileError` with every fault, writing nothing; also when a unit that is gone
    from the files is still pointed at.
    """
    folder = folder or default_folder()
    provinces = read_provinces(folder, demo=demo)
    central = read_agencies(folder / "agencies.yaml") if (folder / "agencies.yaml").exists() else []
    done = Loaded()
    with transaction.atomic():
        load_law(lambda line: None)
        bases = dict(Instrument.objects.values_list("slug", "pk"))
        done.agencies += write_agencies(central, {}, [], bases)
        for province in provinces:
            history = history_of(province.stages)
            units, written = _write_units(province, history)
            done.units += written
            done.links += _write_links(history, units, bases)
            done.agencies += write_agencies(province.agencies, units, history.steps, bases)
        after()
        if dry_run:
            transaction.set_rollback(True)
    log(f"Đơn vị hành chính: {done}")
    return done


def _write_units(province: ProvinceFiles, history: History) -> tuple[dict[Key, Unit], int]:
    """Create, correct and take away units; returns them by key, and how many were touched."""
    codes = {code for code, _ in history.lives}
    held = Unit.objects.filter(Q(code__in=codes) | Q(covers__holder__code=province.code)).distinct()
    rows = {(unit.code, unit.valid_from): unit for unit in held}
    gone = [unit for key, unit in rows.items() if key not in history.lives]
    for unit in gone:
        try:
            Agency.objects.filter(slug=committee_slug(unit)).delete()
            unit.delete()
        except ProtectedError as error:
            raise DataFileError(
                [f"{unit.title} ({unit.code}, {unit.valid_from}) không còn trong tệp mà vẫn đang được dùng"]
            ) from error
    changed, new = [], []
    for key, life in history.lives.items():
        values = _values(life, fictional=province.fictional)
        row = rows.get(key)
        if row is None:
            new.append(Unit(code=life.listed.code, valid_from=life.start, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    for unit in (*changed, *new):
        unit.set_search()
    Unit.objects.bulk_update(changed, UNIT_FIELDS)
    Unit.objects.bulk_create(new)
    units = {(unit.code, unit.valid_from): unit for unit in Unit.objects.filter(code__in=codes)}
    return units, len(changed) + len(new) + len(gone)


def _values(life: Life, *, fictional: bool) -> dict[str, Any]:
    """The columns of a unit as the files give them."""
    listed = life.listed
    return {
        "name": nfc(listed.name),
        "type": TYPE_OF_LABEL[listed.type],
        "level": listed.level,
        "valid_to": life.end,
        "lat": Decimal(listed.lat) if listed.lat else None,
        "lng": Decimal(listed.lng) if listed.lng else None,
        "centre": listed.centre,
        "is_fictional": fictional,
    }


def _write_links(history: History, units: dict[Key, Unit], bases: dict[str, int]) -> int:
    """Parents, successions and reach, each brought to what the files say; returns how many were touched."""
    ids = {key: unit.pk for key, unit in units.items()}
    unknown = {step.basis for step in history.steps} - {""} - set(bases)
    if unknown:
        raise DataFileError([f"không có văn bản {slug!r}" for slug in sorted(unknown)])
    parents: list[dict[str, Any]] = [
        {
            "unit_id": ids[life.key],
            "parent_id": ids[under.parent],
            "valid_from": under.start,
            "valid_to": under.end,
        }
        for life in history.lives.values()
        for under in life.parents
    ]
    successions: list[dict[str, Any]] = [
        {
            "predecessor_id": ids[step.old],
            "successor_id": ids[step.new],
            "on": step.on,
            "extent": step.extent,
            "change": step.change,
            "confirmed": step.confirmed,
            "basis_id": bases.get(step.basis),
            "note": step.note,
        }
        for step in history.steps
    ]
    graph = Graph(
        spans={ids[life.key]: Span(life.start, life.end) for life in history.lives.values()},
        under=[
            (row["unit_id"], row["parent_id"], Span(row["valid_from"], row["valid_to"])) for row in parents
        ],
        steps=[(row["predecessor_id"], row["successor_id"], row["on"]) for row in successions],
    )
    covers = [
        {"holder_id": holder, "covered_id": covered}
        for holder, reach in graph.covers().items()
        for covered in sorted(reach)
    ]
    mine = ids.values()
    return (
        bring(UnitParent.objects.filter(unit__in=mine), parents)
        + bring(Succession.objects.filter(predecessor__in=mine), successions)
        + bring(UnitCover.objects.filter(holder__in=mine), covers)
    )
