"""Rows of whatever app that point at a merged double are made to point at the row that stays."""

from typing import Any

from django.db.models import Model, QuerySet, UniqueConstraint

from ocop.kit.models import Searchable
from ocop.producers.signing import signed


def point_at(rows: QuerySet, name: str, kept: Model, *, by: Any) -> int:
    """Set the reference `name` of the rows; field history and search words follow. Answers how many rows.

    Inside the caller's transaction. Only the reference is written, so that nothing typed meanwhile is lost. What the
    row that stays has already (figures of the same year, an open membership of the same association) stays with the
    double as its history.
    """
    model: Any = rows.model
    had = _had_already(rows, name, kept)
    ids = [pk for pk in rows.order_by("pk").values_list("pk", flat=True) if pk not in had]
    for start in range(0, len(ids), 900):
        part = model._base_manager.filter(pk__in=ids[start : start + 900])
        if not (hasattr(model, "history") or issubclass(model, Searchable)):
            part.update(**{name: kept})
            continue
        for row in part.select_for_update(of=("self",)).order_by("pk"):
            setattr(row, name, kept)
            signed(row, by).save(update_fields=[name])
    return len(ids)


def _had_already(rows: QuerySet, name: str, kept: Model) -> set[Any]:
    """Keys of the rows that a uniqueness of their model would refuse at the row that stays."""
    model: Any = rows.model
    found: set[Any] = set()
    for constraint in model._meta.total_unique_constraints + [
        one for one in model._meta.constraints if isinstance(one, UniqueConstraint) and one.condition
    ]:
        if name not in constraint.fields:
            continue
        others = [field for field in constraint.fields if field != name]
        here, there = rows, model._base_manager.filter(**{name: kept})
        if constraint.condition is not None:
            here, there = here.filter(constraint.condition), there.filter(constraint.condition)
        taken = set(there.order_by().values_list(*others)) if others else {()} if there.exists() else set()
        if taken:
            found.update(
                pk for pk, *values in here.order_by().values_list("pk", *others) if tuple(values) in taken
            )
    return found
