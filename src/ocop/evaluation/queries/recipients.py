"""The people behind a role of the road, for notices."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.evaluation.models import Dossier, Seat
from ocop.producers.models import ProducerAccess

MEMBERSHIPS = frozenset(role.value for role in Role)


def recipients(dossier: Dossier, roles: Iterable[str], day: date) -> QuerySet[User]:
    """Everybody who holds one of the roles towards the dossier on that day, each once."""
    roles = frozenset(roles)
    wanted: set[int] = set()
    if memberships := roles & MEMBERSHIPS:
        wanted.update(holders_of(*memberships, unit=dossier.unit_id, day=day).values_list("pk", flat=True))
    kinds = [role.removeprefix("producer.") for role in roles if role.startswith("producer.")]
    if kinds:
        rows = ProducerAccess.objects.valid_on(day).filter(producer_id=dossier.producer_id, kind__in=kinds)
        wanted.update(rows.values_list("user_id", flat=True))
    seats = [role.removeprefix("council.") for role in roles if role.startswith("council.")]
    if seats:
        held = Seat.objects.valid_on(day).filter(council__province_id=dossier.province_id, role__in=seats)
        wanted.update(held.values_list("user_id", flat=True))
    if "experts" in roles:
        wanted.update(dossier.expert_assignments.values_list("expert_id", flat=True))
    return User.objects.filter(pk__in=wanted, is_active=True).order_by("pk")
