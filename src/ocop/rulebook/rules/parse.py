"""The score sheet out of the document of a set, as the loader stores it."""

from collections.abc import Iterator, Mapping
from typing import Any

from ocop.rulebook.rules.sheet import Band, Case, Criterion, Head, Level, Minimum, Note, Section, Sheet


def parse_sheet(document: Mapping[str, Any]) -> Sheet:
    """The sheet out of the document of a set as the loader stores it (checked there, not again here)."""
    return Sheet(
        decision=document["decision"],
        number=document["number"],
        name=document["name"],
        sections=tuple(_section(section) for section in document["sections"]),
        bands=tuple(parse_band(band) for band in document["bands"]),
        disqualifiers=tuple(document.get("disqualifiers", ())),
        wording=document.get("wording", "shortened"),
    )


def parse_band(data: Mapping[str, Any]) -> Band:
    """One row of `star_bands`."""
    return Band(
        star=data["star"],
        at_least=data["min"],
        certificate=bool(data.get("certificate", data["star"] >= 3)),
        level=data.get("level") or "",
        decided_by=data.get("decided_by") or "",
    )


def _section(data: Mapping[str, Any]) -> Section:
    return Section(data["code"], data["name"], data["max"], tuple(_head(head) for head in data["heads"]))


def _head(data: Mapping[str, Any]) -> Head:
    criteria = tuple(_criterion(criterion) for criterion in data["criteria"])
    return Head(data["number"], data["name"], data["max"], criteria, _notes(data))


def _notes(data: Mapping[str, Any]) -> tuple[Note, ...]:
    return tuple(Note(note["type"], note["text"]) for note in data.get("notes", ()))


def _criterion(data: Mapping[str, Any]) -> Criterion:
    own = None
    if data.get("min_star"):
        own = Minimum(data["code"], data["min_star"], data["min_points"])
    parent = data.get("parent") or {}
    return Criterion(
        code=data["code"],
        name=data["name"],
        max=data["max"],
        levels=tuple(_levels(data["levels"])),
        notes=_notes(data),
        cases=tuple(Case(int(number), label) for number, label in (data.get("cases") or {}).items()),
        parent=f"{parent['code']} {parent['name']}" if parent else "",
        own_minimum=own,
    )


def _levels(rows: list[Mapping[str, Any]]) -> Iterator[Level]:
    places: dict[int | None, int] = {}
    for row in rows:
        case = row.get("case")
        places[case] = places.get(case, 0) + 1
        yield Level(
            place=places[case],
            points=row["points"],
            text=row["text"],
            case=case,
            min_star=row.get("min_star"),
            implied=bool(row.get("implied")),
            doubtful=row.get("doubtful", ""),
        )
