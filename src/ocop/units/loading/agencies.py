"""Writes agencies: those of the files, and one people's committee per district and commune."""

import hashlib
import json
from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from ocop.units.enums import AgencyKind, UnitLevel
from ocop.units.loading.bring import bring
from ocop.units.loading.files import DataFileError, day_of, day_or_none
from ocop.units.models import Agency, AgencyDuty, AgencySuccession, Unit
from ocop.units.rules.stages import Key, Step

COMMITTEES = {
    UnitLevel.DISTRICT.value: AgencyKind.DISTRICT_COMMITTEE.value,
    UnitLevel.COMMUNE.value: AgencyKind.COMMUNE_COMMITTEE.value,
}
AGENCY_COLUMNS = ["name", "short_name", "kind", "unit", "valid_from", "valid_to", "confirmed", "note"]


def committee_slug(unit: Unit) -> str:
    """The lasting slug of a unit's people's committee: code and first day, since codes are used again."""
    return f"ubnd-{unit.code}-{unit.valid_from:%Y%m%d}"


def write_agencies(
    records: list[dict[str, Any]], units: dict[Key, Unit], steps: list[Step], bases: dict[str, int]
) -> int:
    """Bring agencies, duties and successions to what the files say; returns how many agencies were touched.

    An agency is written only when its record changed since it was last loaded: corrections made by hand stay.
    Raises `DataFileError` for a unit, agency or instrument that is not there.
    """
    wanted = [_from_record(record, units) for record in records]
    wanted += [_committee(unit) for unit in units.values() if unit.level in COMMITTEES]
    rows = {row.slug: row for row in Agency.objects.filter(slug__in=[agency.slug for agency in wanted])}
    new, changed = [], []
    for agency in wanted:
        row = rows.get(agency.slug)
        if row is None:
            new.append(agency)
        elif row.loaded_digest != agency.loaded_digest:
            for name in (*AGENCY_COLUMNS, "loaded_digest"):
                setattr(row, name, getattr(agency, name))
            changed.append(row)
    for row in (*new, *changed):
        row.set_search()
    if new:
        bulk_create_with_history(new, Agency)
    if changed:
        bulk_update_with_history(
            changed, Agency, [*AGENCY_COLUMNS, "loaded_digest", "search_text", "search_exact"]
        )
    touched = {agency.slug for agency in (*new, *changed)}
    _write_duties([record for record in records if record["slug"] in touched], bases)
    _write_successions(records, [agency.slug for agency in wanted], units, steps, bases)
    return len(touched)


def _from_record(record: dict[str, Any], units: dict[Key, Unit]) -> Agency:
    """An agency as its record says; its unit is the one with that code on the agency's first day."""
    day = day_of(record["valid_from"])
    code = record.get("unit")
    unit = next((unit for unit in units.values() if unit.code == code and unit.in_force(day)), None)
    if code and unit is None:
        raise DataFileError([f"{record['slug']}: không có đơn vị {code} ngày {day}"])
    return Agency(
        slug=record["slug"],
        name=record["name"],
        short_name=record.get("short_name", record["name"]),
        kind=record["kind"],
        unit=unit,
        valid_from=day,
        valid_to=day_or_none(record.get("valid_to")),
        confirmed=record.get("confirmed", True),
        note=record.get("note", ""),
        loaded_digest=_digest(record, unit),
    )


def _committee(unit: Unit) -> Agency:
    """The people's committee of a district or commune, for as long as the unit stands."""
    values = {
        "slug": committee_slug(unit),
        "name": f"Ủy ban nhân dân {unit.full_name}",
        "short_name": f"UBND {unit.full_name}",
        "kind": COMMITTEES[unit.level],
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "note": "đơn vị trình diễn" if unit.is_fictional else "",
    }
    return Agency(unit=unit, loaded_digest=_digest(values, unit), **values)


def _digest(values: dict[str, Any], unit: Unit | None) -> str:
    text = json.dumps([values, unit.pk if unit else None], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _write_duties(records: list[dict[str, Any]], bases: dict[str, int]) -> None:
    """Write the duties of agencies whose record changed anew."""
    owners = _agencies([record["slug"] for record in records])
    AgencyDuty.objects.filter(agency__in=owners.values()).delete()
    AgencyDuty.objects.bulk_create(
        AgencyDuty(
            agency=owners[record["slug"]],
            duty=duty["duty"],
            valid_from=day_of(duty["valid_from"]),
            valid_to=day_or_none(duty.get("valid_to")),
            basis_id=_basis(duty.get("basis"), bases),
            confirmed=duty.get("confirmed", True),
            note=duty.get("note", ""),
        )
        for record in records
        for duty in record.get("duties", [])
    )


def _write_successions(
    records: list[dict[str, Any]],
    slugs: list[str],
    units: dict[Key, Unit],
    steps: list[Step],
    bases: dict[str, int],
) -> None:
    """Who took over from whom: as the records say, and between committees of units that went into others."""
    lines = [{"from": record["slug"], **line} for record in records for line in record.get("successors", [])]
    lines += [
        {
            "from": committee_slug(units[step.old]),
            "to": committee_slug(units[step.new]),
            "since": step.on,
            "confirmed": step.confirmed,
            "basis": step.basis,
        }
        for step in steps
        if units[step.old].level in COMMITTEES
    ]
    owners = _agencies([*slugs, *(line["to"] for line in lines)])
    missing = {line["to"] for line in lines} - set(owners)
    if missing:
        raise DataFileError([f"không có cơ quan {slug!r}" for slug in sorted(missing)])
    wanted = [
        {
            "predecessor_id": owners[line["from"]].pk,
            "successor_id": owners[line["to"]].pk,
            "on": day_of(line["since"]),
            "confirmed": line.get("confirmed", True),
            "basis_id": _basis(line.get("basis"), bases),
            "note": line.get("note", ""),
        }
        for line in lines
    ]
    bring(AgencySuccession.objects.filter(predecessor__slug__in=slugs), wanted)


def _agencies(slugs: list[str]) -> dict[str, Agency]:
    return {agency.slug: agency for agency in Agency.objects.filter(slug__in=set(slugs))}


def _basis(slug: str | None, bases: dict[str, int]) -> int | None:
    if slug and slug not in bases:
        raise DataFileError([f"không có văn bản {slug!r}"])
    return bases[slug] if slug else None
