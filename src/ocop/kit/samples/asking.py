"""What a list can be asked for: how it opens, each preset, each filter alone with a value that fits a row."""

from typing import TYPE_CHECKING, Any

from django.db import models

from ocop.kit.registers.listing import filterset_of
from ocop.kit.registers.presets import EVERYTHING, VIEW
from ocop.kit.samples import typed

if TYPE_CHECKING:
    from ocop.kit.registers import Register

ALL = {VIEW: EVERYTHING}
"""The list without the preset that it opens on."""


def asked_of(register: "Register", row: Any) -> dict[str, dict[str, Any]]:
    """Queries by what they ask; "" is the list as it opens."""
    found = filterset_of(register)(None, queryset=register.model._default_manager.none())
    fields = {name: field for name, field in found.form.fields.items() if name != VIEW}
    for name, field in fields.items():
        field.required = True
        found.form.initial[name] = _of_row(row, found.filters[name].field_name or name)
    if "q" in fields and hasattr(row, "search_words"):
        text = next((word for word in row.search_words() if word), "")
        found.form.initial["q"] = " ".join(text.split()[-2:])  # as much as a person types
    sent = typed.posted(found.form)
    alone = {
        name: {key: value for key, value in sent.items() if key == name or key.startswith(f"{name}_")}
        for name in fields
    }
    keys = [preset.key for preset in register.presets]
    return {
        "": {},
        **({key: {VIEW: key} for key in (*keys, EVERYTHING)} if keys else {}),
        **{name: {**ALL, **query} for name, query in alone.items() if query},
    }


def _of_row(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part, None)
        row = row.first() if isinstance(row, models.Manager) else row
    return row.pk if hasattr(row, "pk") else row
