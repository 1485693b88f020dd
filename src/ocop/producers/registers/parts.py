"""What the registers of this app, and of the apps above, share: a filter by unit, units for imports, inputs."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import Refusal
from ocop.producers import permissions
from ocop.producers.models import Association, CraftVillage, MaterialArea
from ocop.units.enums import UnitLevel
from ocop.units.fields import UnitField
from ocop.units.models import Unit
from ocop.units.queries import match_ids

HIDDEN = Refusal("register.hidden", "Sổ này dành cho cán bộ.")


def units_in_reach(user: Any, roles: tuple[str, ...], *levels: str) -> list[tuple[str, int]]:
    """(title, id) of the units in force today over which the person holds one of the roles; for imports."""
    rows = Unit.objects.valid_on(clock.today()).filter(pk__in=scope_of(user).unit_ids(*roles))
    return [(row.title, row.pk) for row in (rows.filter(level__in=levels) if levels else rows)]


def communes_registered_by(user: Any) -> list[tuple[str, int]]:
    """Communes whose register the person keeps."""
    return units_in_reach(user, permissions.REGISTRARS, UnitLevel.COMMUNE)


def day_input() -> forms.DateInput:
    """A native date input."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class UnitFilter(django_filters.Filter):
    """A unit by its old or new name; the rows of its subtree and of what it wholly absorbed."""

    field_class = UnitField

    def filter(self, rows: QuerySet, value: Unit | None) -> QuerySet:
        if value is None:
            return rows
        return rows.filter(**{f"{self.field_name}__in": match_ids(value, clock.today())})


def named(rows: QuerySet) -> list[tuple[str, int]]:
    """(code, id) and (name, id) of rows that have both; for imports that name a parent."""
    found = list(rows.values_list("code", "name", "pk"))
    return [(code, pk) for code, _, pk in found] + [(name, pk) for _, name, pk in found]


def areas_by_name(user: Any) -> list[tuple[str, int]]:
    """Material areas that the person sees, by code and by name."""
    return named(MaterialArea.objects.visible_to(user))


def associations_by_name(user: Any) -> list[tuple[str, int]]:
    """OCOP associations that the person sees, by code and by name."""
    return named(Association.objects.visible_to(user))


def villages_by_name(user: Any) -> list[tuple[str, int]]:
    """Craft villages that the person sees, by code and by name."""
    return named(CraftVillage.objects.visible_to(user))
