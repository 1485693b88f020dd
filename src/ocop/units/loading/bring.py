"""Brings the rows of a table to what is wanted, touching only what differs."""

from typing import Any

from django.db.models import QuerySet


def bring(held: QuerySet, wanted: list[dict[str, Any]]) -> int:
    """Take away the rows that are not wanted and add the missing ones; rows that agree stay as they are."""
    if not wanted:
        return held.delete()[0]
    names = list(wanted[0])
    rows = {tuple(row[1:]): row[0] for row in held.values_list("pk", *names)}
    keys = {tuple(row.values()): row for row in wanted}
    stale = [pk for key, pk in rows.items() if key not in keys]
    fresh = [held.model(**row) for key, row in keys.items() if key not in rows]
    held.model._default_manager.filter(pk__in=stale).delete()
    held.model._default_manager.bulk_create(fresh)
    return len(stale) + len(fresh)
