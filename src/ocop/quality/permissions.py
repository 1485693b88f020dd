"""Who plans, visits, receives: the desks of departments and local offices, told apart by their agency."""

from typing import Any

from django.db.models import Q

from ocop.accounts.agencies import NOT_YOURS, OFFICERS, acts_for, kept_agency_ids
from ocop.accounts.queries import scope_of
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers.casework import roles_on
from ocop.quality.enums import VisitState
from ocop.quality.models import Overlap, Plan, Programme, Proposal, Reception, Remedy, TeamMember, Visit

NOT_TEAM = Refusal("quality.team", "Việc này do đoàn kiểm tra làm.")


def is_officer(user: Any) -> Verdict:
    """Whether the person works for an agency that inspects or receives."""
    return ALLOWED if scope_of(user).has_any(*OFFICERS) else NOT_YOURS


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
