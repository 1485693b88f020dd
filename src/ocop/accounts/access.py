"""What memberships mean for lower apps: who reads the log."""

from collections.abc import Iterator
from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.scope import scope_of
from ocop.audit.models import Event
from ocop.audit.permissions import READER


def roles_towards(user: Any, subject: Any) -> Iterator[str]:
    """Administrators read the whole log, commune and province leaders that of their own agency."""
    if subject is not Event:
        return
    scope = scope_of(user)
    if scope.has(Role.ADMINISTRATOR):
        yield READER
    for agency in sorted(scope.agency_ids(Role.COMMUNE_LEADER, Role.PROVINCE_LEADER)):
        yield f"{READER}:{agency}"
