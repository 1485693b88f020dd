"""Reads across people and memberships; `scope_of` is what every other app asks."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from ocop.accounts.enums import Role
from ocop.accounts.models import Delegation, Invitation, Membership, User
from ocop.accounts.scope import Holding, Scope, Worn, forget_scope, in_force, scope_of
from ocop.kit import clock
from ocop.units.models import Agency, Unit, UnitCover

__all__ = [
    "Holding",
    "Scope",
    "Worn",
    "agencies_managed_by",
    "forget_scope",
    "holders_of",
    "invitations_for",
    "manages_people",
    "people_for",
    "scope_of",
]


def holders_of(
    *roles: str,
    unit: "Unit | int | None" = None,
    agency: "Agency | int | None" = None,
    day: date | None = None,
) -> QuerySet[User]:
    """People who may act in one of the roles on `day`, over a unit or in an agency, delegates included.

    For notices: "the officers of this commune", "the clerks of the province".
    """
    day = day or clock.today()
    rows = in_force(day).filter(role__in=roles)
    if unit is not None:
        unit_id = unit if isinstance(unit, int) else unit.pk
        holders = UnitCover.objects.filter(covered_id=unit_id).values("holder_id")
        rows = rows.filter(Q(agency__unit_id=unit_id) | Q(agency__unit_id__in=holders))
    if agency is not None:
        rows = rows.filter(agency=agency)
    lent = Delegation.objects.valid_on(day).filter(membership__in=rows)
    people = Q(pk__in=rows.values("user_id")) | Q(pk__in=lent.values("to_id"))
    return User.objects.filter(people, is_active=True).order_by("full_name", "pk")


def agencies_managed_by(user: Any, day: date | None = None) -> QuerySet[Agency]:
    """Agencies in force whose people the user looks after.

    An administrator's reach is the cover of the administrator's unit and the central agencies; leaders look after
    their own agency.
    """
    day = day or clock.today()
    scope = scope_of(user, day)
    own = Q(pk__in=scope.agency_ids(Role.COMMUNE_LEADER, Role.PROVINCE_LEADER))
    if scope.has(Role.ADMINISTRATOR):
        own |= Q(unit_id__in=scope.unit_ids(Role.ADMINISTRATOR)) | Q(unit__isnull=True)
    return Agency.objects.valid_on(day).filter(own)


def manages_people(user: Any) -> bool:
    """True when the pages about people are for this user: who gives roles, or helps producers at the commune."""
    helpers = (Role.ADMINISTRATOR, Role.COMMUNE_LEADER, Role.PROVINCE_LEADER, Role.COMMUNE_OFFICER)
    return scope_of(user).has_any(*helpers)


def people_for(user: Any, day: date | None = None) -> QuerySet[User]:
    """People that the user may see on the pages about people, each with `current`, the memberships of that day.

    Those who act in the agencies looked after, and the producers who registered at a commune in reach.
    """
    day = day or clock.today()
    scope = scope_of(user, day)
    agencies = agencies_managed_by(user, day).values("pk")
    commune_roles = (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER, Role.ADMINISTRATOR)
    mine = Membership.objects.filter(agency_id__in=scope.agency_ids(Role.COMMUNE_OFFICER))
    officials = Membership.objects.filter(agency__in=agencies) | mine
    registered = Q(unit_id__in=scope.unit_ids(*commune_roles))
    rows = User.objects.filter(Q(pk__in=officials.values("user_id")) | registered)
    now = Membership.objects.valid_on(day).select_related("agency").order_by("valid_from", "pk")
    return rows.select_related("unit").prefetch_related(Prefetch("memberships", now, to_attr="current"))


def invitations_for(user: Any, day: date | None = None) -> QuerySet[Invitation]:
    """Open invitations into the agencies that the user looks after."""
    day = day or clock.today()
    return Invitation.objects.filter(
        agency__in=agencies_managed_by(user, day).values("pk"),
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        last_day__gte=day,
    ).select_related("agency", "invited_by")


def own_memberships(user: Any, day: date | None = None) -> list[Membership]:
    """The person's own roles in force, with their agencies; those lent by others are left out."""
    ids = [holding.membership_id for holding in scope_of(user, day).holdings if holding.lent_by is None]
    return list(Membership.objects.filter(pk__in=ids).select_related("agency"))


def lent_to(user: Any, day: date | None = None) -> list[Delegation]:
    """What others have lent to the person, running or to come."""
    rows = Delegation.objects.filter(to=user, valid_to__gte=day or clock.today())
    return list(rows.select_related("membership__agency", "membership__user"))


def lent_by(user: Any, day: date | None = None) -> list[Delegation]:
    """What the person has lent to others, running or to come."""
    rows = Delegation.objects.filter(membership__user=user, valid_to__gte=day or clock.today())
    return list(rows.select_related("membership__agency", "to"))
