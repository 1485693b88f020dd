"""Loads `data/partners/*.yaml`: what partners offer, and the criteria of the yearly assessment; idempotent."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from ocop.kit import yamltext
from ocop.kit.errors import BadData
from ocop.partners.models import Criterion, Service

SERVICE = {"key", "name", "name_en"}
CRITERION = {"key", "name", "hint", "points", "valid_from", "valid_to", "confirmed", "source"}


def read(name: str, known: set[str], folder: Path | None = None) -> list[dict[str, Any]]:
    """The rows of a file under its own name; raises `BadData` for a field that is not known and a missing key."""
    path = (folder or Path(settings.OCOP_REFERENCE_DIR) / "partners") / f"{name}.yaml"
    try:
        rows = yamltext.parse(path.read_text(encoding="utf-8"))[name]
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise BadData(f"{path.name}: không đọc được danh sách {name!r}") from error
    for place, row in enumerate(rows, 1):
        wrong = set(row) - known
        if wrong or not row.get("key") or not row.get("name"):
            raise BadData(f"{path.name}, dòng {place}: thiếu mã, tên hoặc có trường lạ {sorted(wrong)}")
    return rows


@transaction.atomic
def load_reference(log: Callable[[str], None], folder: Path | None = None) -> None:
    """Write what is missing and bring names up to date; a criterion that was marked with keeps its points."""
    services = read("services", SERVICE, folder)
    for place, row in enumerate(services):
        values = {"name": row["name"], "name_en": row.get("name_en", row["name"]), "position": place}
        Service.objects.update_or_create(key=row["key"], defaults=values)
    criteria = read("criteria", CRITERION, folder)
    for place, row in enumerate(criteria):
        if not isinstance(row.get("points"), int) or not isinstance(row.get("valid_from"), date):
            raise BadData(f"criteria.yaml: {row['key']}: điểm phải là số nguyên, valid_from phải là ngày")
        values = {name: row[name] for name in CRITERION - {"key", "valid_from"} if name in row}
        Criterion.objects.get_or_create(
            key=row["key"], valid_from=row["valid_from"], defaults={**values, "position": place}
        )
    log(f"đối tác: {len(services)} lĩnh vực, {len(criteria)} tiêu chí đánh giá")
