"""What the registers of this app, and of the apps above, share: a filter by unit, units for imports, inputs."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import Refusal
from ocop.producers import permissions
from ocop.producers.casework.lookups import ReachLookup, row_lookup
from ocop.producers.models import Association, CraftVillage, MaterialArea
from ocop.units.enums import UnitLevel
from ocop.units.fields import UnitField
from ocop.units.lookups import UnitLookup
from ocop.units.models import Unit
from ocop.units.queries import match_ids

HIDDEN = Refusal("register.hidden", "Sổ này dành cho cán bộ.")


def units_in_reach(user: Any, roles: tuple[str, ...], *levels: str) -> UnitLookup:
    """The units over which the person holds one of the roles, by their old or new names; for imports."""
    reach = scope_of(user).unit_ids(*roles).values_list("covered_id", flat=True)
    return UnitLookup(reach, clock.today(), levels=levels)


def communes_registered_by(user: Any) -> UnitLookup:
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


def areas_by_name(user: Any) -> ReachLookup:
    """Material areas that the person sees, by code and by name."""
    return row_lookup(MaterialArea.objects.visible_to(user), what="sổ vùng nguyên liệu")


def associations_by_name(user: Any) -> ReachLookup:
    """OCOP associations that the person sees, by code and by name."""
    return row_lookup(Association.objects.visible_to(user), what="sổ Hội OCOP")


def villages_by_name(user: Any) -> ReachLookup:
    """Craft villages that the person sees, by code and by name."""
    return row_lookup(CraftVillage.objects.visible_to(user), what="sổ làng nghề")
