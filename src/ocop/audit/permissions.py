"""Who may read the log."""

from typing import Any

from ocop.audit.models import Event, EventQuerySet
from ocop.kit import registry

# What an access source of an upper app answers for `subject is Event`: the whole log, or that of one agency
# ("audit.reader:12", the id as `record(agency=...)` was given it).
READER = "audit.reader"


def reader_roles(user: Any) -> frozenset[str]:
    """The log roles of a person: `READER` for the whole log, `READER:<agency>` for the events of an agency."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset({READER})
    named = (role for source in registry.access_sources for role in source.roles(user, Event))
    return frozenset(role for role in named if role == READER or role.startswith(f"{READER}:"))


def may_read(user: Any) -> bool:
    """True when the person may open the log at all."""
    return bool(reader_roles(user))


def visible_events(user: Any) -> EventQuerySet:
    """The events that the person may read; none for everybody else."""
    roles = reader_roles(user)
    if READER in roles:
        return Event.objects.all()
    agencies = [role.removeprefix(f"{READER}:") for role in roles]
    return Event.objects.filter(agency_id_text__in=agencies)
