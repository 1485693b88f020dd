"""Loads the criteria of the choice of ideas. Writes what is missing, changes nothing that is there."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from ocop.cycle.models import IdeaCriterion
from ocop.kit import yamltext


@transaction.atomic
def load_criteria(log: Callable[[str], None]) -> None:
    """Criteria of the project's data file that are not there yet, by key and first day."""
    path = Path(settings.OCOP_REFERENCE_DIR) / "cycle" / "idea-criteria.yaml"
    document = yamltext.parse(path.read_text(encoding="utf-8"))
    known = set(IdeaCriterion.objects.values_list("key", "valid_from"))
    made = []
    for order, entry in enumerate(document["criteria"], start=1):
        since = date.fromisoformat(entry["valid_from"])
        if (entry["key"], since) in known:
            continue
        until = date.fromisoformat(entry["valid_to"]) if entry.get("valid_to") else None
        made.append(
            IdeaCriterion(
                key=entry["key"], name=entry["name"], help=entry.get("help", ""), most=entry["most"],
                fact=entry.get("fact", ""), order=order, valid_from=since, valid_to=until,
                source=document["source"], confirmed=bool(entry["confirmed"]),
            )
        )  # fmt: skip
    IdeaCriterion.objects.bulk_create(made)
    log(f"tiêu chí xét chọn ý tưởng: thêm {len(made)}, đã có {len(known)}")
