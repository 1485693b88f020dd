"""What memberships mean for lower apps: who reads the log, who hands over the open work of a province."""

from collections.abc import Iterator
from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.scope import scope_of
from ocop.audit.models import Event
from ocop.audit.permissions import READER
from ocop.units.enums import UnitLevel
from ocop.units.models import Handover
from ocop.units.permissions import HANDS_OVER

PROVINCE_DESK = (Role.ADMINISTRATOR, Role.ADVISORY_OFFICER, Role.STANDING_OFFICER)


def roles_towards(user: Any, subject: Any) -> Iterator[str]:
    """Administrators read the whole log, commune and province leaders that of their own agency.

    The province's desk hands over what is open when units and agencies cease.
    """
    if subject is Event:
        scope = scope_of(user)
        if scope.has(Role.ADMINISTRATOR):
            yield READER
        for agency in sorted(scope.agency_ids(Role.COMMUNE_LEADER, Role.PROVINCE_LEADER)):
            yield f"{READER}:{agency}"
    elif subject is Handover:
        desks = (holding.agency.unit for holding in scope_of(user).of(*PROVINCE_DESK))
        for unit in {unit for unit in desks if unit is not None and unit.level == UnitLevel.PROVINCE}:
            yield f"{HANDS_OVER}:{unit.pk}"
