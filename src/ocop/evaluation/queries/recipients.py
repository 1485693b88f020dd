"""The people behind a role of the road, for notices."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.evaluation.models import Council, Dossier, Seat
from ocop.evaluation.rules.offices import office_of
from ocop.producers.models import ProducerAccess

MEMBERSHIPS = frozenset(role.value for role in Role)


def recipients(dossier: Dossier, roles: Iterable[str], day: date) -> QuerySet[User]:
    """Everybody who holds one of the roles towards the dossier on that day, each once."""
    roles = frozenset(roles)
    if "desk" in roles:
        roles |= {office_of(at_district=dossier.at_district).desk}
    wanted: set[int] = set()
    if memberships := roles & MEMBERSHIPS:
        wanted.update(holders_of(*memberships, unit=dossier.unit_id, day=day).values_list("pk", flat=True))
    kinds = [role.removeprefix("producer.") for role in roles if role.startswith("producer.")]
    if kinds:
        rows = ProducerAccess.objects.valid_on(day).filter(producer_id=dossier.producer_id, kind__in=kinds)
        wanted.update(rows.values_list("user_id", flat=True))
    seats = [role.removeprefix("council.") for role in roles if role.startswith("council.")]
    if seats:
        running = Council.objects.ranking(dossier).values("pk")
        held = Seat.objects.valid_on(day).filter(council__in=running, role__in=seats)
        wanted.update(held.values_list("user_id", flat=True))
    if "experts" in roles:
        wanted.update(
            dossier.expert_assignments.filter(at_district=dossier.at_district).values_list(
                "expert_id", flat=True
            )
        )
    return User.objects.filter(pk__in=wanted, is_active=True).order_by("pk")
