"""The units that figures are shown of."""

from datetime import date
from typing import Any

from ocop.accounts.queries import scope_of
from ocop.producers.models import VIEWING_ROLES
from ocop.units.models import Unit, UnitParent
from ocop.units.queries import tree_on


def units_under(unit: Unit, day: date) -> list[Unit]:
    """The unit and every unit under it on that day, each parent before its children."""
    return [found for _, found in tree_on(day).walk(unit)]


def children_of(unit: Unit, day: date) -> list[Unit]:
    """The units right under a unit on that day: districts of a province to 30/6/2025, its communes after."""
    standing = UnitParent.objects.valid_on(day).filter(parent=unit)
    return list(Unit.objects.valid_on(day).filter(pk__in=standing.values("unit")))


def home_unit(user: Any, day: date) -> Unit | None:
    """The unit that the person's own work is about: of the first role held that reads figures."""
    holding = next((one for one in scope_of(user, day).of(*VIEWING_ROLES) if one.unit_id is not None), None)
    return Unit.objects.get(pk=holding.unit_id) if holding is not None else None
