"""For which agencies a person works."""

from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.scope import scope_of
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.units.models import Agency, AgencySuccession

OFFICERS = (
    Role.DEPARTMENT_OFFICER,
    Role.ADVISORY_OFFICER,
    Role.STANDING_OFFICER,
    Role.DISTRICT_OFFICER,
    Role.DISTRICT_LEADER,
    Role.COMMUNE_OFFICER,
    Role.COMMUNE_LEADER,
)
"""Roles in which a person does the work of an agency."""
NOT_YOURS = Refusal("agency.own", "Việc này do cán bộ của cơ quan chủ trì làm.")


def kept_agency_ids(user: Any) -> frozenset[int]:
    """Ids of the agencies for which the person works, with those that they took over from.

    Kept on the user object, hence for the request.
    """
    own = scope_of(user).agency_ids(*OFFICERS)
    if not own:
        return frozenset()
    kept = getattr(user, "_kept_agencies", None)
    if kept is None or kept[0] != own:
        found, frontier = set(own), set(own)
        while frontier:
            rows = AgencySuccession.objects.filter(successor__in=frontier)
            frontier = set(rows.values_list("predecessor_id", flat=True)) - found
            found |= frontier
        kept = user._kept_agencies = (own, frozenset(found))
    return kept[1]


def acts_for(user: Any, agency: Agency | int | None) -> Verdict:
    """Whether the person works for that agency or one that took over from it."""
    agency_id = agency.pk if isinstance(agency, Agency) else agency
    return ALLOWED if agency_id in kept_agency_ids(user) else NOT_YOURS
