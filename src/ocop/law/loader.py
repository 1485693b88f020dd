"""Loads `data/law/instruments.yaml`: checked as a whole, then written; idempotent."""

import hashlib
import json
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from ocop.kit import yamltext
from ocop.kit.errors import BadData
from ocop.kit.text import nfc
from ocop.law.enums import InstrumentKind
from ocop.law.models import Instrument

DATES = ("issued_on", "valid_from", "valid_to")
TEXTS = ("slug", "number", "kind", "title", "issuer", "source", "note")
REQUIRED = ("slug", "number", "kind", "title", "issuer")
FIELDS = {*DATES, *TEXTS, "confirmed", "replaced_by", "amends"}


class LawFileError(BadData):
    """The file is wrong; `problems` names every record and what is wrong with it. Nothing was written."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def default_file() -> Path:
    """The project's own list of instruments."""
    return Path(settings.OCOP_REFERENCE_DIR) / "law" / "instruments.yaml"


def read(path: Path, known: Collection[str] = ()) -> list[dict[str, Any]]:
    """The records of the file; raises `LawFileError` with every problem found.

    A record may name instruments of the file and those that are `known`.
    """
    try:
        records = yamltext.parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LawFileError([f"{path}: không đọc được tệp"]) from error
    except UnicodeDecodeError as error:
        raise LawFileError([f"{path.name}: tệp phải là văn bản UTF-8"]) from error
    except (yaml.YAMLError, ValueError) as error:  # YAML itself reads days: 30/2 is a ValueError
        raise LawFileError([f"{path.name}: {error}"]) from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise LawFileError([f"{path.name}: phải là danh sách các văn bản"])
    problems = _problems(records, known)
    if problems:
        raise LawFileError([f"{path.name}: {problem}" for problem in problems])
    return records


def _problems(records: list[dict[str, Any]], known: Collection[str]) -> list[str]:
    """Every problem of the records: unknown fields, missing texts, bad dates, dangling references."""
    problems: list[str] = []
    slugs = [record.get("slug") for record in records]
    for place, record in enumerate(records, 1):
        name = record.get("slug") or f"văn bản thứ {place}"
        problems += [f"{name}: không có trường {field!r}" for field in sorted(set(record) - FIELDS)]
        problems += [f"{name}: thiếu {field}" for field in REQUIRED if not record.get(field)]
        for field in TEXTS:
            if not isinstance(record.get(field, ""), str):
                problems.append(f"{name}: {field} phải là chữ (đặt trong dấu nháy)")
            elif nfc(record.get(field, "")) != record.get(field, ""):
                problems.append(f"{name}: {field} không ở dạng NFC")
        for field in DATES:
            if record.get(field) is not None and not isinstance(record[field], date):
                problems.append(f"{name}: {field} phải là ngày dạng 2026-05-22")
        if record.get("kind") and record["kind"] not in InstrumentKind.values:
            problems.append(f"{name}: không có loại văn bản {record['kind']!r}")
        if slugs.count(record.get("slug")) > 1:
            problems.append(f"{name}: mã bị lặp")
        others = [record.get("replaced_by"), *record.get("amends", [])]
        problems += [
            f"{name}: không có văn bản {other!r}"
            for other in others
            if other and other not in (*slugs, *known)
        ]
        if record.get("slug") in others:
            problems.append(f"{name}: tự dẫn chiếu chính nó")
        start, end = record.get("valid_from"), record.get("valid_to")
        if isinstance(start, date) and isinstance(end, date) and end < start:
            problems.append(f"{name}: hết hiệu lực trước khi có hiệu lực")
    return problems


def digest(record: dict[str, Any]) -> str:
    """Fingerprint of one record, so that only a changed record is written again."""
    return hashlib.sha256(json.dumps(record, sort_keys=True, default=str).encode()).hexdigest()


def load_reference(log: Callable[[str], None]) -> None:
    """The project's own instruments; step of the reference data."""
    load(log)


@transaction.atomic
def load(log: Callable[[str], None], path: Path | None = None) -> int:
    """Write the instruments of the file; returns how many changed. Raises `LawFileError`, writing nothing.

    A row is written only when its record in the file changed since it was last loaded: corrections made
    in the workspace stay.
    """
    rows = {row.slug: row for row in Instrument.objects.all()}
    records = read(path or default_file(), rows)
    fresh = [
        record
        for record in records
        if record["slug"] not in rows or rows[record["slug"]].loaded_digest != digest(record)
    ]
    for record in fresh:
        row = rows.setdefault(record["slug"], Instrument(slug=record["slug"]))
        for field in (*TEXTS, *DATES):
            setattr(row, field, record.get(field) if field in DATES else record.get(field, ""))
        row.confirmed = bool(record.get("confirmed", False))
        row.loaded_digest = digest(record)
        row.save()
    for record in fresh:
        row = rows[record["slug"]]
        replaced_by = rows.get(record.get("replaced_by", ""))
        if row.replaced_by != replaced_by:
            row.replaced_by = replaced_by
            row.save()
        row.amends.set([rows[slug] for slug in record.get("amends", [])])
    log(f"Văn bản: {len(records)} văn bản, {len(fresh)} thay đổi")
    return len(fresh)
