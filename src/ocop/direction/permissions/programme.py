"""Who carries out projects, draws up and signs reviews, nominates and decides on commendation."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from ocop.accounts.agencies import acts_for, kept_agency_ids
from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.direction.enums import AwardForm
from ocop.direction.models import Nomination, Project, Review
from ocop.direction.permissions.tasks import DESK, LEADERS, PROVINCE
from ocop.direction.rules.commendation import DECIDER, EXAMINER, NOMINATOR
from ocop.direction.rules.projects import APPROVER, OWNER
from ocop.direction.rules.reviews import SIGNER, WRITER
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers.casework import roles_on
from ocop.producers.casework.roles import holding
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit

BY_HAND = Refusal("review.import", "Sơ kết, tổng kết được lập từ số liệu của hệ thống, không nhập từ Excel.")


def project_roles(user: Any, project: Project) -> frozenset[str]:
    """Carrying a project out, approving it, or neither."""
    found, scope = set(), scope_of(user)
    if acts_for(user, project.agency_id):
        found.add(OWNER)
    if any(scope.has(role, project.unit_id) for role in PROVINCE):
        found.add(APPROVER)
    return frozenset(found)


def projects_held(user: Any) -> dict[str, Q]:
    """The same for lists."""
    return {
        OWNER: Q(agency_id__in=sorted(kept_agency_ids(user))),
        APPROVER: Q(unit_id__in=scope_of(user).unit_ids(*PROVINCE)),
    }


def may_write_project(user: Any, project: Project) -> Verdict:
    """Plan, milestones, progress, risks: who carries it out or approves it, until it has ended."""
    if not project_roles(user, project):
        return Refusal("project.agency", "Dự án do cơ quan chủ trì hoặc cơ quan thường trực ghi.")
    if not project.is_open:
        return Refusal("project.closed", "Dự án đã kết thúc hoặc đã dừng, không ghi thêm được.")
    return ALLOWED


WRITERS_AT = {
    UnitLevel.PROVINCE: DESK, UnitLevel.DISTRICT: (Role.DISTRICT_OFFICER,), UnitLevel.COMMUNE: (Role.COMMUNE_OFFICER,),
}  # fmt: skip
SIGNERS_AT = {
    UnitLevel.PROVINCE: (Role.PROVINCE_LEADER,), UnitLevel.DISTRICT: (Role.DISTRICT_LEADER,),
    UnitLevel.COMMUNE: (Role.COMMUNE_LEADER,),
}  # fmt: skip


def may_review(user: Any, unit: Unit) -> Verdict:
    """Draw up the review of a unit: the officers of its own level."""
    if any(scope_of(user).has(role, unit) for role in WRITERS_AT[UnitLevel(unit.level)]):
        return ALLOWED
    return Refusal("review.writer", "Sơ kết, tổng kết do cán bộ của chính địa bàn, cấp đó lập.")


def review_roles(user: Any, review: Review) -> frozenset[str]:
    """Writing a review, signing it, or neither."""
    scope, level = scope_of(user), UnitLevel(review.unit.level)
    found = set()
    if any(scope.has(role, review.unit_id) for role in WRITERS_AT[level]):
        found.add(WRITER)
    if any(scope.has(role, review.unit_id) for role in SIGNERS_AT[level]):
        found.add(SIGNER)
    return frozenset(found)


def _at_levels(user: Any, roles: Mapping[UnitLevel, tuple[str, ...]]) -> Q:
    found = Q(pk__in=[])
    for level, names in roles.items():
        found |= Q(unit__level=level, unit_id__in=scope_of(user).unit_ids(*names))
    return found


def reviews_held(user: Any) -> dict[str, Q]:
    """The same for lists."""
    return {WRITER: _at_levels(user, WRITERS_AT), SIGNER: _at_levels(user, SIGNERS_AT)}


def may_write_review(user: Any, review: Review) -> Verdict:
    """Words are written while the review is a draft."""
    if WRITER not in review_roles(user, review):
        return may_review(user, review.unit)
    if review.state != "draft":
        return Refusal("review.sent", "Báo cáo đã trình ký hoặc đã ký, không sửa được nữa.")
    return ALLOWED


DECIDERS: dict[AwardForm, tuple[frozenset[str], frozenset[str]]] = {
    AwardForm.PROVINCE: (frozenset(DESK), frozenset({Role.PROVINCE_LEADER, Role.PROVINCE_CLERK})),
    AwardForm.LOCAL: (frozenset({"local.officer"}), frozenset({"local.leader", "local.clerk"})),
}
"""Who brings a nomination before the council, and who decides."""


def nomination_roles(user: Any, row: Nomination) -> frozenset[str]:
    """Nominating, bringing it before the council, deciding, or neither; by the form of the award."""
    found, roles = set(), roles_on(user, row)
    if acts_for(user, row.nominator_id) or row.nominator_id in scope_of(user).agency_ids(*LEADERS):
        found.add(NOMINATOR)
    examiners, deciders = DECIDERS[AwardForm(row.award)]
    if roles & examiners:
        found.add(EXAMINER)
    if roles & deciders:
        found.add(DECIDER)
    return frozenset(found)


def nominations_held(user: Any) -> dict[str, Q]:
    """The same for lists."""
    held = holding(user, unit_path="unit_id", producer_path="")
    own = Q(nominator_id__in=sorted(kept_agency_ids(user)))
    own |= Q(nominator_id__in=scope_of(user).agency_ids(*LEADERS))
    found = {NOMINATOR: own, EXAMINER: Q(pk__in=[]), DECIDER: Q(pk__in=[])}
    for award, (examiners, deciders) in DECIDERS.items():
        for key, roles in ((EXAMINER, examiners), (DECIDER, deciders)):
            for role in roles & set(held):
                found[key] |= Q(award=award) & held[role]
    return found


def may_write_nomination(user: Any, row: Nomination) -> Verdict:
    """Words and proof are written until the nomination is sent."""
    if NOMINATOR not in nomination_roles(user, row):
        return Refusal("nomination.agency", "Đề nghị do cán bộ của cơ quan đề nghị lập.")
    if row.state != "draft":
        return Refusal("nomination.sent", "Đề nghị đã gửi, không sửa được nữa.")
    return ALLOWED
