"""Rows of whatever app that point at a merged double are made to point at the row that stays."""

from typing import Any

from django.db.models import Model, QuerySet

from ocop.kit.models import Searchable
from ocop.producers.signing import signed


def point_at(rows: QuerySet, name: str, kept: Model, *, by: Any) -> int:
    """Set the reference `name` of the rows; field history and search words follow. Answers how many rows.

    Inside the caller's transaction. Only the reference is written, so that nothing typed meanwhile is lost.
    """
    model: Any = rows.model
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), 900):
        part = model._base_manager.filter(pk__in=ids[start : start + 900])
        if not (hasattr(model, "history") or issubclass(model, Searchable)):
            part.update(**{name: kept})
            continue
        for row in part.select_for_update(of=("self",)).order_by("pk"):
            setattr(row, name, kept)
            signed(row, by).save(update_fields=[name])
    return len(ids)
