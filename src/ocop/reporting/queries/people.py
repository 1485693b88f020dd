"""How a person stands to a report: of the agency that reports, or of the office that receives."""

from typing import Any

from django.db.models import Q

from ocop.accounts.agencies import OFFICERS
from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of, scope_of
from ocop.reporting.models import Report
from ocop.reporting.permissions import DESK
from ocop.reporting.rules.workflow import RECEIVER, REPORTER
from ocop.units.enums import UnitLevel

DISTRICT = (Role.DISTRICT_OFFICER, Role.DISTRICT_LEADER)


def receivers_at(level: str) -> tuple[str, ...]:
    """The roles that receive reports at a level."""
    return DISTRICT if level == UnitLevel.DISTRICT else DESK


def roles_on_report(user: Any, report: Report) -> frozenset[str]:
    """Reporter, receiver, or neither."""
    scope, found = scope_of(user), set()
    if report.agency_id in scope.agency_ids(*OFFICERS):
        found.add(REPORTER)
    if any(scope.has(role, report.receiver_id) for role in receivers_at(report.receiver.level)):
        found.add(RECEIVER)
    return frozenset(found)


def holding(user: Any) -> dict[str, Q]:
    """The same for lists."""
    scope = scope_of(user)
    received = Q(receiver_id__in=scope.unit_ids(*DESK)) | Q(
        receiver_id__in=scope.unit_ids(*DISTRICT), receiver__level=UnitLevel.DISTRICT
    )
    return {REPORTER: Q(agency_id__in=scope.agency_ids(*OFFICERS)), RECEIVER: received}


def people_who(role: str, report: Report) -> list[User]:
    """Who writes, or who receives a report today."""
    if role == REPORTER:
        return list(holders_of(*OFFICERS, agency=report.agency_id))
    return list(holders_of(*receivers_at(report.receiver.level), unit=report.receiver_id))
