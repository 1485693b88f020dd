"""Which roles a person holds towards a dossier: memberships, access to the producer, council seats - one answer."""

from datetime import date

from django.db.models import QuerySet

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.models import Council, Dossier, Seat
from ocop.kit import clock
from ocop.kit.registry import access_sources

TEAM = frozenset({Role.EXPERT_MEMBER.value, Role.EXPERT_LEAD.value})


def roles_for(user: User, dossier: Dossier, *, day: date | None = None) -> frozenset[str]:
    """Role keys towards this dossier: accounts roles over its unit, "producer.*" and "council.*".

    A seat counts while it runs and only in a council of the level that has the dossier, province or district; so does
    the expert team. A superuser holds nothing by being one.
    """
    day = day or clock.today()
    scope = scope_of(user)
    roles = {role.value for role in Role if scope.has(role, unit=dossier.unit)}
    teams = {holding.role for holding in scope.of(*TEAM) if holding.unit_id == dossier.ranked_by_id}
    roles -= TEAM - teams
    for source in access_sources:
        roles.update(source.roles(user, dossier.producer))
    seats = Seat.objects.valid_on(day).of(user)
    roles.update(
        f"council.{role}"
        for role in seats.filter(council__in=_running_councils(dossier, day)).values_list("role", flat=True)
    )
    return frozenset(roles)


def _running_councils(dossier: Dossier, day: date) -> QuerySet:
    """Councils of the dossier's level whose term runs."""
    return Council.objects.valid_on(day).ranking(dossier).values("pk")
