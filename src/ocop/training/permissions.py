"""Who keeps plans, activities and the apparatus."""

from datetime import date
from typing import Any

from django.db.models import Q

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers.casework import roles_on
from ocop.training.enums import CourseState, PlanState
from ocop.training.models import Course, Participant, YearPlan
from ocop.training.rules.flows import (
    APPROVERS,
    LOCAL_DESK,
    LOCAL_HEAD,
    ORGANISERS,
    PROVINCE_DESK,
    PROVINCE_HEAD,
)
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit

KEEPERS: tuple[str, ...] = (
    Role.COMMUNE_OFFICER,
    Role.DISTRICT_OFFICER,
    Role.ADVISORY_OFFICER,
    Role.STANDING_OFFICER,
    Role.DEPARTMENT_OFFICER,
)
OF_PROVINCE = PROVINCE_DESK | PROVINCE_HEAD
OF_LOCALITY = LOCAL_DESK | LOCAL_HEAD


def is_provincial(unit: Unit, day: date) -> bool:
    """Rows of the province, and those that a district left behind when it ceased."""
    return unit.level == UnitLevel.PROVINCE or (unit.level == UnitLevel.DISTRICT and not unit.in_force(day))


def roles(user: Any, row: Any) -> frozenset[str]:
    """Role keys towards a plan or an activity: the province's desk over the province's, the local one over the rest."""
    held = roles_on(user, row)
    foreign = OF_LOCALITY if is_provincial(row.unit, clock.today()) else OF_PROVINCE
    return held - foreign


def narrowed(found: dict[str, Q]) -> dict[str, Q]:
    """The same for lists: role key to rows."""
    gone = Q(unit__level=UnitLevel.DISTRICT, unit__valid_to__lt=clock.today())
    provincial = Q(unit__level=UnitLevel.PROVINCE) | gone
    cut = {key: rows & provincial for key, rows in found.items() if key in OF_PROVINCE}
    cut |= {key: rows & ~provincial for key, rows in found.items() if key in OF_LOCALITY}
    return {key: cut.get(key, rows) for key, rows in found.items()}


def may_organise(user: Any, course: Course) -> Verdict:
    """Invite, take attendance, write down results: the desk whose activity it is."""
    if roles(user, course) & ORGANISERS:
        return ALLOWED
    return Refusal("course.organiser", "Chỉ cơ quan tổ chức hoạt động này làm được việc này.")


def may_change(user: Any, course: Course) -> Verdict:
    """The same, as long as the activity is not summed up."""
    if course.state in (CourseState.CLOSED, CourseState.CANCELLED):
        return Refusal("course.closed", "Hoạt động đã chốt kết quả hoặc đã hủy, không sửa được nữa.")
    return may_organise(user, course)


def is_draft(plan: YearPlan) -> Verdict:
    """Lines and head of a plan change in draft only."""
    if plan.state == PlanState.DRAFT:
        return ALLOWED
    return Refusal(
        "plan.state", "Kế hoạch đã trình hoặc đã duyệt: hãy bấm “Điều chỉnh kế hoạch” trước khi sửa."
    )


def may_approve(user: Any, row: Any) -> bool:
    """Whether the person approves plans of that unit."""
    return bool(roles(user, row) & APPROVERS)


def may_take(user: Any, participant: Participant) -> Verdict:
    """Take a certificate away: the person, or the desk that organised."""
    if participant.user_id == user.pk or may_organise(user, participant.course):
        return ALLOWED
    return Refusal("certificate.person", "Giấy này của người khác.")


def may_hand_over(user: Any, unit_id: int) -> Verdict:
    """Change the apparatus of a unit: the officers of the unit and of those above it."""
    if any(scope_of(user).has(role, unit_id) for role in KEEPERS):
        return ALLOWED
    return Refusal("apparatus.keeper", "Bạn chỉ ghi được bộ máy của địa bàn mình phụ trách.")
