"""Who plans, visits, receives: the desks of departments and local offices, told apart by their agency."""

from typing import Any

from django.db.models import Q

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers.casework import roles_on
from ocop.quality.enums import VisitState
from ocop.quality.models import Overlap, Plan, Programme, Proposal, Reception, Remedy, TeamMember, Visit
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
"""Roles in which a person plans, inspects and receives for an agency."""
NOT_YOURS = Refusal("quality.agency", "Việc này do cán bộ của cơ quan chủ trì làm.")
NOT_TEAM = Refusal("quality.team", "Việc này do đoàn kiểm tra làm.")


def kept_agency_ids(user: Any) -> frozenset[int]:
    """Ids of the agencies for which the person plans, inspects, receives, with those that they took over from.

    Kept on the user object, hence for the request.
    """
    own = scope_of(user).agency_ids(*OFFICERS)
    if not own:
        return frozenset()
    kept = getattr(user, "_quality_agencies", None)
    if kept is None or kept[0] != own:
        found, frontier = set(own), set(own)
        while frontier:
            rows = AgencySuccession.objects.filter(successor__in=frontier)
            frontier = set(rows.values_list("predecessor_id", flat=True)) - found
            found |= frontier
        kept = user._quality_agencies = (own, frozenset(found))
    return kept[1]


def is_officer(user: Any) -> Verdict:
    """Whether the person works for an agency that inspects or receives."""
    return ALLOWED if scope_of(user).has_any(*OFFICERS) else NOT_YOURS


def acts_for(user: Any, agency: Agency | int | None) -> Verdict:
    """Whether the person works for that agency or one that took over from it."""
    agency_id = agency.pk if isinstance(agency, Agency) else agency
    return ALLOWED if agency_id in kept_agency_ids(user) else NOT_YOURS


def may_write_plan(user: Any, plan: Plan) -> Verdict:
    """An agency writes its own plan until it is sent."""
    if not acts_for(user, plan.agency_id):
        return NOT_YOURS
    if not plan.is_open:
        return Refusal("plan.sent", "Kế hoạch đã gửi đi; muốn sửa thì đề nghị cơ quan thường trực trả lại.")
    return ALLOWED


def plan_roles(user: Any, plan: Plan) -> frozenset[str]:
    """Roles over a plan; "quality.keeper": its agency's."""
    own = {"quality.keeper"} if acts_for(user, plan.agency_id) else set()
    return roles_on(user, plan) | own


def programme_roles(user: Any, programme: Programme | Overlap) -> frozenset[str]:
    """Roles over a programme and its overlaps: those held over the province."""
    return roles_on(user, programme)


def visit_roles(user: Any, visit: Visit) -> frozenset[str]:
    """Roles over a visit: "quality.agency" its agency's people, "quality.team" and "quality.lead" those who go."""
    own = {"quality.agency"} if acts_for(user, visit.agency_id) else set()
    if visit.lead_id == user.pk:
        own |= {"quality.lead", "quality.team"}
    elif TeamMember.objects.filter(visit=visit.pk, user=user.pk).exists():
        own.add("quality.team")
    return roles_on(user, visit) | own


def visits_held(user: Any, path: str = "") -> dict[str, Q]:
    """Over which visits the person holds those roles; `path` leads to the visit ("visit__")."""
    team = TeamMember.objects.filter(user=user.pk).values("visit_id")
    lead = Q(**{f"{path}lead": user.pk})
    return {
        "quality.agency": Q(**{f"{path}agency_id__in": sorted(kept_agency_ids(user))}),
        "quality.lead": lead,
        "quality.team": lead | Q(**{f"{path}pk__in": team}),
    }


def remedy_roles(user: Any, remedy: Remedy) -> frozenset[str]:
    """Roles over a remedy: those of its visit's people, and the producer's own."""
    return roles_on(user, remedy) | visit_roles(user, remedy.visit)


def proposal_roles(user: Any, proposal: Proposal) -> frozenset[str]:
    """Roles over a proposal: those over the unit of its star."""
    return roles_on(user, proposal)


def reception_roles(user: Any, reception: Reception) -> frozenset[str]:
    """Roles over a reception; "quality.receiver": the agency it lies with, or the local office."""
    roles = roles_on(user, reception)
    mine = acts_for(user, reception.agency_id) if reception.agency_id else "local.officer" in roles
    return roles | ({"quality.receiver"} if mine else set())


def may_fill(user: Any, visit: Visit) -> Verdict:
    """Answer the checklist: the team, while the visit is under way."""
    if "quality.team" not in visit_roles(user, visit):
        return NOT_TEAM
    if visit.state != VisitState.UNDER_WAY:
        return Refusal("visit.state", "Phiếu kiểm tra chỉ ghi được khi đang kiểm tra.")
    return ALLOWED


def may_find(user: Any, visit: Visit) -> Verdict:
    """Write remedies and violations: the team, from the visit until its end."""
    if "quality.team" not in visit_roles(user, visit) and not acts_for(user, visit.agency_id):
        return NOT_TEAM
    if visit.state not in (VisitState.UNDER_WAY, VisitState.SIGNED, VisitState.CONCLUDED):
        return Refusal("visit.state", "Chỉ ghi được từ khi kiểm tra đến khi kết thúc.")
    return ALLOWED
