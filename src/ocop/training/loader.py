"""Loads the topics of the plan's text from the project's data; a topic keeps its key for good."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from ocop.kit import yamltext
from ocop.kit.errors import BadData
from ocop.training.enums import Audience
from ocop.training.models import Topic

FILE = "training/topics.yaml"


@transaction.atomic
def load_topics(log: Callable[[str], None]) -> None:
    """Write the topics of the file; what is known is brought up to date. Raises `BadData` for a line that is wrong."""
    path = Path(settings.OCOP_REFERENCE_DIR) / FILE
    rows = yamltext.parse(path.read_text(encoding="utf-8"))["topics"]
    known = {row.key: row for row in Topic.objects.all()}
    changed = 0
    for place, entry in enumerate(rows, 1):
        if (
            entry.get("audience", "") not in ("", *Audience.values)
            or not entry.get("name")
            or not entry.get("key")
        ):
            raise BadData(f"{FILE}: chủ đề thứ {place} thiếu tên, mã hoặc sai đối tượng.")
        values = {
            "name": entry["name"],
            "clause": entry["clause"],
            "audience": entry.get("audience", ""),
            "order": place,
        }
        row = known.get(entry["key"]) or Topic(key=entry["key"])
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
            changed += 1
    log(f"Chủ đề đào tạo: {len(rows)} chủ đề, {changed} mới hoặc sửa")
