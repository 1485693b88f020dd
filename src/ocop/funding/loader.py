"""Loads `data/funding/activities.yaml`: the activities of the plan that get money. A row that stands is left alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from ocop.funding.models import Activity
from ocop.kit import yamltext
from ocop.kit.errors import BadData

FIELDS = {"code", "name", "clause", "is_management"}


def read(path: Path) -> list[dict[str, Any]]:
    """The activities of the file; raises `BadData` naming every faulty entry."""
    try:
        rows = yamltext.parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadData(f"{path.name}: {error}") from error
    if not isinstance(rows, list):
        raise BadData(f"{path.name}: phải là danh sách các hoạt động.")
    problems = [
        f"mục {place}: cần đúng các trường {', '.join(sorted(FIELDS))}"
        for place, row in enumerate(rows, 1)
        if not isinstance(row, dict) or set(row) != FIELDS
    ]
    if problems:
        raise BadData("\n".join(f"{path.name}: {problem}" for problem in problems))
    return rows


@transaction.atomic
def load_reference(log: Callable[[str], None]) -> None:
    """Activities that are not there yet; what an office renamed stays."""
    rows = read(Path(settings.OCOP_REFERENCE_DIR) / "funding" / "activities.yaml")
    known = set(Activity.objects.values_list("code", flat=True))
    fresh = [(place, row) for place, row in enumerate(rows, 1) if row["code"] not in known]
    for place, row in fresh:
        Activity.objects.create(**row, order=place * 10)
    log(f"hoạt động được cấp vốn: thêm {len(fresh)}, đã có {len(rows) - len(fresh)}")
