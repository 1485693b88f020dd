"""Loads data/reporting: programme periods with their targets, when reports are due, who reports, forms; idempotent.

What stands in the database already is left as it is: the province may have changed it.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from ocop.kit import clock, yamltext
from ocop.kit.errors import BadData
from ocop.kit.indicators import indicators
from ocop.law.models import Instrument
from ocop.reporting.models import FormVersion, Programme, ReporterRule, ReportRule, Target
from ocop.reporting.rules import layout
from ocop.units.models import Unit


def default_file() -> Path:
    """The project's own periods."""
    return Path(settings.OCOP_REFERENCE_DIR) / "reporting" / "programmes.yaml"


def _unknown(records: list[dict[str, Any]]) -> list[str]:
    """Indicators that no app declares."""
    named = {target["indicator"] for record in records for target in record["targets"]}
    return sorted(key for key in named if key not in indicators)


def load_programmes(log: Callable[[str], None], path: Path | None = None) -> None:
    """Write the periods and the targets that are not there yet. Raises `BadData`; then nothing was written."""
    path = path or default_file()
    records = yamltext.parse(path.read_text(encoding="utf-8"))["programmes"]
    if unknown := _unknown(records):
        raise BadData(f"{path.name}: không có chỉ tiêu {', '.join(unknown)}")
    with transaction.atomic():
        made = sum(_load(record) for record in records)
    log(f"programmes: {len(records)} periods, {made} targets added")


def _load(record: dict[str, Any]) -> int:
    last = date.fromisoformat(record["valid_to"])
    unit = Unit.objects.filter(code=record["province"], level="province").order_by("-valid_from").first()
    if unit is None:
        raise BadData(f"programmes.yaml: không có tỉnh {record['province']}")
    slug = record.get("instrument")
    programme, _ = Programme.objects.update_or_create(
        slug=record["slug"],
        province=record["province"],
        defaults={
            "name": record["name"],
            "valid_from": date.fromisoformat(record["valid_from"]),
            "valid_to": last,
            "instrument": Instrument.objects.get(slug=slug) if slug else None,
            "confirmed": record["confirmed"],
            "note": record.get("note", ""),
        },
    )
    made = 0
    for target in record["targets"]:
        _, is_new = Target.objects.get_or_create(
            programme=programme,
            indicator=target["indicator"],
            unit=unit,
            year=target.get("year"),
            defaults={
                "value": Decimal(str(target["value"])),
                "clause": target.get("clause", ""),
                "note": target.get("note", ""),
            },
        )
        made += is_new
    return made


def load_reports(log: Callable[[str], None], path: Path | None = None) -> None:
    """Write the rules, the reporters and the forms that are not there yet. Raises `BadData` for a bad form."""
    path = path or Path(settings.OCOP_REFERENCE_DIR) / "reporting" / "reports.yaml"
    data = yamltext.parse(path.read_text(encoding="utf-8"))
    with transaction.atomic():
        made = sum(_add(ReportRule, ("kind", "valid_from"), row) for row in data["rules"])
        made += sum(_add(ReporterRule, ("agency_kind", "valid_from"), row) for row in data["reporters"])
        for row in data["forms"]:
            if problems := layout.problems(layout.read(row["layout"]), [one.key for one in indicators]):
                raise BadData(f"{path.name}: {row['title']}: {'; '.join(problems)}")
            made += _add(FormVersion, ("kind", "number"), row | {"published_at": clock.now()})
    log(f"reports: {made} rules and forms added")


def _add(model: Any, key: tuple[str, ...], row: dict[str, Any]) -> bool:
    values = dict(row)
    for name in ("valid_from", "valid_to"):
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    found = {name: values.pop(name) for name in key}
    return model.objects.get_or_create(province="", **found, defaults=values)[1]


def load_reference(log: Callable[[str], None]) -> None:
    """Both files."""
    load_programmes(log)
    load_reports(log)
