"""What a list opens on: named cuts of a register, the first of them by default; and the rows of one other object."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict

from ocop.kit import clock

if TYPE_CHECKING:
    from ocop.kit.registers.register import Register

VIEW, EVERYTHING, OF = "xem", "tat-ca", "cua"


@dataclass(frozen=True)
class Preset:
    """A named cut of a list: "Chờ tôi", "Đang mở". `empty` says what it means that there is nothing."""

    key: str
    label: str
    narrow: Callable[["Register", QuerySet, Any], QuerySet]
    empty: str = ""


def where(**wanted: Any) -> Callable[["Register", QuerySet, Any], QuerySet]:
    """The cut of a preset that is the same for everybody: `where(ended_on__isnull=True)`."""

    def narrow(register: "Register", rows: QuerySet, user: Any) -> QuerySet:
        return rows.filter(**wanted)

    return narrow


def this_year(lookup: str = "year") -> Callable[["Register", QuerySet, Any], QuerySet]:
    """The cut to the year that runs, by a lookup that takes a year: "year", "year__gte", "on__year"."""

    def narrow(register: "Register", rows: QuerySet, user: Any) -> QuerySet:
        return rows.filter(**{lookup: clock.today().year})

    return narrow


def _kept(rows: QuerySet, name: str, value: str) -> QuerySet:
    return rows


def hidden_filter() -> django_filters.CharFilter:
    """A hidden field, so that searching and filtering stay inside the cut that was chosen."""
    return django_filters.CharFilter(method=_kept, widget=forms.HiddenInput)


def chosen(register: "Register", query: QueryDict) -> Preset | None:
    """The preset that the address asks for, the first when it asks for nothing at all; None for everything."""
    wanted = query.get(VIEW, "")
    if wanted:
        return next((preset for preset in register.presets if preset.key == wanted), None)
    return register.presets[0] if register.presets and not query.get(OF) else None


def tabs(register: "Register", query: QueryDict, active: Preset | None) -> list[dict[str, Any]]:
    """The presets as tabs, "Tất cả" last; nothing for a register without."""
    if not register.presets:
        return []

    def address(key: str) -> str:
        turned = query.copy()
        turned[VIEW] = key
        return f"?{turned.urlencode()}"

    lines = [
        {"label": preset.label, "url": address(preset.key), "active": preset is active}
        for preset in register.presets
    ]
    return [*lines, {"label": "Tất cả", "url": address(EVERYTHING), "active": active is None}]


def subject_of(register: "Register", query: QueryDict, user: Any) -> tuple[str, Model] | None:
    """The object that the rows are asked of ("cua=producer:12"), when the register lists it among its stories."""
    name, _, key = query.get(OF, "").partition(":")
    if not key.isdigit() or name not in (*register.story, register.under):
        return None
    rows: Any = register.target_of(name)._default_manager.all()
    found = (rows.visible_to(user) if hasattr(rows, "visible_to") else rows).filter(pk=int(key)).first()
    return (name, found) if found is not None else None
