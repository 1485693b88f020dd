"""Field history as a timeline, and the version by which two editors notice each other."""

import hashlib
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils.text import capfirst

from ocop.kit import clock, formats

HIDDEN = {"search_text", "search_exact", "updated_at", "created_at"}
VERBS = {"+": "Thêm mới", "~": "Sửa", "-": "Xoá"}


def date_by_clock(instance: models.Model, history_instance: Any, **kwargs: Any) -> None:
    """A change is dated by the one clock, which demo mode may have moved; a date of its own stays."""
    if not hasattr(instance, "_history_date"):
        history_instance.history_date = clock.now()


def version_of(row: models.Model) -> str:
    """A digest of the stored values of a row: equal as long as nobody changed anything."""
    values = [(field.attname, getattr(row, field.attname)) for field in row._meta.concrete_fields]
    return hashlib.sha256(repr(values).encode()).hexdigest()[:32]


def words_for(field: models.Field, value: Any, linked: dict[str, dict[Any, Any]]) -> str:
    """A stored value as a reader sees it; `linked` holds the related rows by field name."""
    if value is None or value == "":
        return "(trống)"
    if field.is_relation:
        return str(linked.get(field.name, {}).get(value, value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return formats.moment(value)
    return formats.day(value) if isinstance(value, date) else str(value)


def _tracked(model: type[models.Model]) -> list[models.Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in HIDDEN and not field.primary_key and (field.editable or field.is_relation)
    ]


def _linked(fields: list[models.Field], records: list[Any]) -> dict[str, dict[Any, Any]]:
    """The related rows that the records name: one query per link, whatever the number of records."""
    found = {}
    for field in fields:
        if field.is_relation:
            keys = {getattr(record, field.attname) for record in records} - {None}
            target: type[models.Model] = field.related_model  # type: ignore[assignment]
            found[field.name] = target._base_manager.in_bulk(keys) if keys else {}
    return found


def timeline(row: models.Model, limit: int = 30) -> list[dict[str, Any]]:
    """The last changes of a row, newest first, for the `timeline` component: what, who, at, reason, icon, tone."""
    if not hasattr(row, "history"):
        return []
    records = list(
        row.history.select_related("history_user").order_by("-history_date", "-history_id")[: limit + 1]
    )
    fields = [field for field in _tracked(type(row)) if not records or hasattr(records[0], field.attname)]
    linked = _linked(fields, records)
    entries = [_entry(newer, older, fields, linked) for newer, older in pairwise(records)]
    if records and len(records) <= limit:
        entries.append(_entry(records[-1], None, fields, linked))
    return entries


def _entry(
    record: Any, before: Any, fields: list[models.Field], linked: dict[str, dict[Any, Any]]
) -> dict[str, Any]:
    changes = []
    if before is not None and record.history_type == "~":
        for field in fields:
            old, new = getattr(before, field.attname), getattr(record, field.attname)
            if old != new:
                words = f"{words_for(field, old, linked)} → {words_for(field, new, linked)}"
                changes.append(f"{capfirst(str(field.verbose_name))}: {words}")
        changes = changes or ["Không đổi nội dung."]
    who = record.history_user
    return {
        "what": VERBS.get(record.history_type, "Sửa"),
        "who": (who.get_full_name() or who.get_username()) if who else "Hệ thống",
        "at": record.history_date,
        "reason": "\n".join(
            [*changes, *([record.history_change_reason] if record.history_change_reason else [])]
        ),
        "icon": {"+": "plus", "-": "trash"}.get(record.history_type, "pencil"),
        "tone": "leaf" if record.history_type == "+" else "water",
    }


def differences(stored: models.Model, form: Any) -> list[tuple[str, str, str]]:
    """(label, stored now, typed) for each field of a form whose typed value differs from what is stored."""
    found = []
    for name, typed in form.cleaned_data.items():
        field = next((field for field in stored._meta.concrete_fields if field.name == name), None)
        if field is None:
            continue
        now = getattr(stored, name)
        if now != typed:
            pair = [
                words_for(field, value.pk, {name: {value.pk: value}})
                if isinstance(value, models.Model)
                else words_for(field, value, {})
                for value in (now, typed)
            ]
            found.append((form.fields[name].label or name, *pair))
    return found
