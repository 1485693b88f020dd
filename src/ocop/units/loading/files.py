"""Reads the data files of units and agencies; says every fault in words before anything is written."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from ocop.kit import yamltext
from ocop.kit.errors import BadData
from ocop.kit.text import nfc
from ocop.units.enums import AgencyKind, Duty
from ocop.units.rules.stages import Changed, Listed, Stage, problems_of

LIST_COLUMNS = ["code", "name", "type", "parent_code", "lat", "lng", "centre"]
CHANGE_COLUMNS = ["old_code", "new_code", "extent", "change", "confirmed", "note"]
AGENCY_FIELDS = {
    "slug", "name", "short_name", "kind", "unit", "valid_from", "valid_to", "confirmed", "note", "duties",
    "successors",
}  # fmt: skip


class DataFileError(BadData):
    """The files are wrong; `problems` names every place and what is wrong there. Nothing was written."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class ProvinceFiles:
    """What one province's folder says."""

    code: str
    fictional: bool
    stages: list[Stage]
    agencies: list[dict[str, Any]]


def default_folder() -> Path:
    """The project's own files of units."""
    return Path(settings.OCOP_REFERENCE_DIR) / "units"


def read_provinces(folder: Path, *, demo: bool) -> list[ProvinceFiles]:
    """Every province of the folder, invented ones only with `demo`; raises `DataFileError`."""
    found = [read_province(path.parent) for path in sorted(folder.glob("*/province.yaml"))]
    problems, seen = [], set()
    for province in found:
        codes = {unit.code for stage in province.stages for unit in stage.units}
        problems += [f"tỉnh {province.code}: mã {code} đã có ở tỉnh khác" for code in sorted(codes & seen)]
        seen |= codes
    if problems:
        raise DataFileError(problems)
    return [province for province in found if demo or not province.fictional]


def read_province(folder: Path) -> ProvinceFiles:
    """The stages and agencies of one province; raises `DataFileError` with every fault found."""
    head = _yaml(folder / "province.yaml")
    stages = [
        Stage(
            start=entry["from"],
            units=tuple(_listed(folder / entry["list"])),
            changes=tuple(_changed(folder / entry["changes"])) if "changes" in entry else (),
            basis=entry.get("basis", ""),
        )
        for entry in head["stages"]
    ]
    problems = [f"{folder.name}: {problem}" for problem in problems_of(stages)]
    if problems:
        raise DataFileError(problems)
    agencies = read_agencies(folder / "agencies.yaml") if (folder / "agencies.yaml").exists() else []
    return ProvinceFiles(str(head["province"]), bool(head.get("fictional")), stages, agencies)


def read_agencies(path: Path) -> list[dict[str, Any]]:
    """The records of an agency file; raises `DataFileError` with every fault found."""
    records = _yaml(path)
    problems: list[str] = []
    for place, record in enumerate(records, 1):
        name = f"{path.name}: {record.get('slug') or f'cơ quan thứ {place}'}"
        problems += [f"{name}: không có trường {field!r}" for field in sorted(set(record) - AGENCY_FIELDS)]
        problems += [
            f"{name}: thiếu {field}" for field in ("slug", "name", "valid_from") if not record.get(field)
        ]
        if record.get("kind") not in AgencyKind.values:
            problems.append(f"{name}: không có loại cơ quan {record.get('kind')!r}")
        problems += [
            f"{name}: không có nhiệm vụ {duty.get('duty')!r}"
            for duty in record.get("duties", [])
            if duty.get("duty") not in Duty.values
        ]
    if problems:
        raise DataFileError(problems)
    return records


def _yaml(path: Path) -> Any:
    try:
        return yamltext.parse(_text(path))
    except yaml.YAMLError as error:
        raise DataFileError([f"{path.name}: {error}"]) from error


def _text(path: Path) -> str:
    """The text of a file of ours, which must be there and in NFC."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataFileError([f"{path}: không đọc được tệp"]) from error
    if nfc(text) != text:
        raise DataFileError([f"{path.name}: không ở dạng NFC"])
    return text


def read_rows(path: Path, columns: list[str]) -> list[dict[str, str]]:
    """The lines of a CSV file with exactly these columns; raises `DataFileError` naming the line."""
    lines = list(csv.reader(_text(path).splitlines()))
    if not lines or lines[0] != columns:
        raise DataFileError([f"{path.name}: dòng đầu phải là {','.join(columns)}"])
    problems = [
        f"{path.name}: dòng {place} có {len(line)} ô, cần {len(columns)}"
        for place, line in enumerate(lines[1:], 2)
        if len(line) != len(columns)
    ]
    if problems:
        raise DataFileError(problems)
    return [dict(zip(columns, line, strict=True)) for line in lines[1:]]


def _listed(path: Path) -> list[Listed]:
    return [Listed(**row) for row in read_rows(path, LIST_COLUMNS)]


def _changed(path: Path) -> list[Changed]:
    rows = read_rows(path, CHANGE_COLUMNS)
    wrong = [
        f"{path.name}: dòng {place}: confirmed phải là yes hoặc no"
        for place, row in enumerate(rows, 2)
        if row["confirmed"] not in {"yes", "no"}
    ]
    if wrong:
        raise DataFileError(wrong)
    return [
        Changed(
            old_code=row["old_code"],
            new_code=row["new_code"],
            extent=row["extent"],
            change=row["change"],
            confirmed=row["confirmed"] == "yes",
            note=row["note"],
        )
        for row in rows
    ]


def day_of(value: Any) -> date:
    """A day out of a YAML record; raises `DataFileError` for anything else."""
    day = day_or_none(value)
    if day is None:
        raise DataFileError(["thiếu ngày"])
    return day


def day_or_none(value: Any) -> date | None:
    """A day out of a YAML record, or None; raises `DataFileError` for anything else."""
    if value is None or isinstance(value, date):
        return value
    raise DataFileError([f"{value!r} không phải là ngày"])
