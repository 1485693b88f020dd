"""How a person stands to a row of a unit and of a producer: the roles that flow tables name."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of, scope_of
from ocop.kit import clock
from ocop.producers.enums import AccessKind
from ocop.producers.models import ProducerAccess
from ocop.producers.permissions import roles_of
from ocop.rulebook.offices import BY_LEVEL, acting_role, local_level, local_roles
from ocop.units.models import Unit
from ocop.units.queries import province_of

PRODUCER_ROLES = frozenset(f"producer.{kind}" for kind in AccessKind.values)


def province_code(unit: Unit) -> str:
    """The code of the unit's province, under which dated settings of its own are kept."""
    province = province_of(unit)
    return province.code if province is not None else ""


def roles_on(user: Any, row: Any, *, day: date | None = None) -> frozenset[str]:
    """Role keys towards a row with a `unit` and perhaps a `producer`.

    Roles of accounts held over the unit, "local.*" for whoever does the district's part that day, "producer.owner",
    "producer.staff", "producer.helper" for the producer's own people.
    """
    scope = scope_of(user)
    held = {role.value for role in Role if scope.has(role, row.unit_id)}
    if held:
        held |= local_roles(held, province_code(row.unit), day or clock.today())
    return frozenset(held) | roles_of(user, row)


def holding(user: Any, *, unit_path: str, producer_path: str) -> dict[str, Q]:
    """The same for lists: role key to the rows over which it is held; no query per row. A person works in one
    province, whose setting says what is local."""
    found: dict[str, Q] = {}
    scope = scope_of(user)
    if unit_path:
        for role in sorted(scope.roles):
            found[role] = Q(**{f"{unit_path}__in": scope.unit_ids(role)})
        unit = next((one.agency.unit for one in scope.of() if one.agency.unit is not None), None)
        if unit is not None:
            level = BY_LEVEL[_local_level(user, unit, clock.today())]
            found |= {local: found[role] for local, role in level.items() if role in found}
    if producer_path and getattr(user, "is_authenticated", False):
        access = ProducerAccess.objects.valid_on(clock.today()).filter(user=user.pk)
        for kind in sorted(set(access.order_by().values_list("kind", flat=True))):
            rows = access.filter(kind=kind).values("producer_id")
            found[f"producer.{kind}"] = Q(**{f"{producer_path}__in": rows})
    return found


def _local_level(user: Any, unit: Unit, day: date) -> str:
    """Who is local that day, kept on the user object and hence for the request: every procedure asks."""
    kept = user.__dict__.setdefault("_local_levels", {})
    if (unit.pk, day) not in kept:
        kept[unit.pk, day] = local_level(province_code(unit), day)
    return kept[unit.pk, day]


def people_of(producer: Any, day: date) -> QuerySet[User]:
    """The people who act for a producer on that day."""
    access = ProducerAccess.objects.valid_on(day).filter(producer=producer)
    return User.objects.filter(pk__in=access.values("user_id"), is_active=True)


def officers_of(roles: Iterable[str], unit: Unit, day: date) -> list[User]:
    """Who holds one of the roles of a flow table over a unit, the local ones included, producers' people left out."""
    province = province_code(unit)
    acting = {acting_role(role, province, day) for role in set(roles) - PRODUCER_ROLES}
    return list(holders_of(*sorted(acting), unit=unit, day=day)) if acting else []


def words_of(wanted: Iterable[str], row: Any) -> str:
    """Who presses, in words, where a flow table names these roles: the producer alone where the producer may, of
    many the nearest."""
    if PRODUCER_ROLES & set(wanted):
        return "chủ thể"
    province, day = province_code(row.unit), clock.today()
    acting = {acting_role(role, province, day) for role in wanted}
    labels = [str(role.label) for role in Role if role.value in acting]
    shown = [label[0].lower() + label[1:] for label in labels]
    return " hoặc ".join(shown if len(shown) < 3 else [shown[0], "cấp trên"])
