"""Who does a task, who follows it, who writes and approves a work plan."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from ocop.accounts.agencies import OFFICERS, acts_for, kept_agency_ids
from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of, scope_of
from ocop.direction.models import Task, WorkPlan
from ocop.direction.rules.plans import KEEPER, LEADER
from ocop.direction.rules.tasks import AGENCY, MONITOR
from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers.models import VIEWING_ROLES
from ocop.units.enums import AgencyKind, UnitLevel
from ocop.units.models import Agency, Unit

DESK = (Role.ADVISORY_OFFICER, Role.STANDING_OFFICER)
PROVINCE = (*DESK, Role.PROVINCE_LEADER)
"""Who follows the tasks of the province."""
DISTRICT = (Role.DISTRICT_OFFICER, Role.DISTRICT_LEADER)
"""Who follows the tasks of the communes of a district."""
LEADERS = (Role.COMMUNE_LEADER, Role.DISTRICT_LEADER, Role.PROVINCE_LEADER)
WITHOUT_LEADER = (
    AgencyKind.DEPARTMENT, AgencyKind.COORDINATION_OFFICE, AgencyKind.SUB_DEPARTMENT, AgencyKind.ASSOCIATION,
)  # fmt: skip
"""Agencies whose leader signs on paper: the system has no role for them, an officer enters what was signed."""
HIDDEN = Refusal("direction.hidden", "Phần này dành cho cán bộ.")
NOT_MONITOR = Refusal("task.monitor", "Nhiệm vụ do cơ quan thường trực, lãnh đạo hoặc UBND cấp trên giao.")
NOT_YOURS = Refusal("work.agency", "Kế hoạch công tác do cán bộ của chính cơ quan lập.")


def official(user: Any) -> Verdict:
    """Whether the person reads what is given to agencies."""
    return ALLOWED if scope_of(user).has_any(*VIEWING_ROLES) else HIDDEN


def agencies_by_id(ids: Iterable[int]) -> QuerySet[Agency]:
    """Agencies with their units."""
    return Agency.objects.filter(pk__in=set(ids)).select_related("unit")


def _is_local(unit: Unit) -> bool:
    return unit.level == UnitLevel.DISTRICT and unit.in_force(clock.today())


def monitors_of(unit: Unit) -> tuple[str, ...]:
    """The roles that follow tasks of a unit: of a district that stands its own, else the province's."""
    return DISTRICT if _is_local(unit) else PROVINCE


def task_roles(user: Any, task: Task) -> frozenset[str]:
    """Doing it, following it, or neither; the desk does not confirm what its own agency has done."""
    found, scope = set(), scope_of(user)
    own = bool(acts_for(user, task.agency_id))
    if own:
        found.add(AGENCY)
    roles = [role for role in monitors_of(task.monitor) if not own or role in LEADERS]
    if any(scope.has(role, task.monitor_id) for role in roles):
        found.add(MONITOR)
    return frozenset(found)


def tasks_held(user: Any) -> dict[str, Q]:
    """The same for lists."""
    scope, own = scope_of(user), Q(agency_id__in=sorted(kept_agency_ids(user)))
    local = Q(monitor__level=UnitLevel.DISTRICT) & (
        Q(monitor__valid_to__isnull=True) | Q(monitor__valid_to__gte=clock.today())
    )
    followed = Q(pk__in=[])
    for role in (*PROVINCE, *DISTRICT):
        if role in scope.roles:
            place = local if role in DISTRICT else ~local
            rows = Q(monitor_id__in=scope.unit_ids(role)) & place
            followed |= rows if role in LEADERS else rows & ~own
    return {AGENCY: own, MONITOR: followed}


def may_give(user: Any, unit: Unit | None = None) -> Verdict:
    """Give tasks: the province's desk and leaders; a district to its communes."""
    scope = scope_of(user)
    if unit is None:
        return ALLOWED if scope.has_any(*PROVINCE, *DISTRICT) else NOT_MONITOR
    return ALLOWED if any(scope.has(role, unit) for role in (*PROVINCE, *DISTRICT)) else NOT_MONITOR


def may_give_year(user: Any, province: Unit) -> Verdict:
    """Give out the assignments of a plan for a year: the province's desk and leaders."""
    return ALLOWED if any(scope_of(user).has(role, province) for role in PROVINCE) else NOT_MONITOR


def may_change_task(user: Any, task: Task) -> Verdict:
    """Words and days of a task of one's own making change until it was accepted."""
    if task.assignment_id is not None:
        return Refusal("task.plan", "Nhiệm vụ này theo nguyên văn kế hoạch, không sửa nội dung.")
    if task.state != "given":
        return Refusal("task.accepted", "Cơ quan đã nhận nhiệm vụ; hãy gia hạn hoặc giao lại.")
    return ALLOWED if MONITOR in task_roles(user, task) else NOT_MONITOR


def people_who(role: str, task: Task) -> list[User]:
    """Who does, or who follows a task today."""
    if role == AGENCY:
        return list(holders_of(*OFFICERS, agency=task.agency_id))
    return list(holders_of(*monitors_of(task.monitor), unit=task.monitor_id))


def leaders_of(task: Task) -> list[User]:
    """Who is told when a task stays late: leaders of the agency, and the province's."""
    own = list(holders_of(*LEADERS, agency=task.agency_id))
    return own + list(holders_of(Role.PROVINCE_LEADER, unit=task.monitor_id))


def has_no_leader(agency: Agency) -> bool:
    """True for agencies whose leader has no role in the system."""
    return agency.kind in WITHOUT_LEADER


def plan_roles(user: Any, plan: WorkPlan) -> frozenset[str]:
    """Writing a work plan, approving it, or neither."""
    found = set()
    if acts_for(user, plan.agency_id):
        found.add(KEEPER)
        if has_no_leader(plan.agency):
            found.add(LEADER)
    if plan.agency_id in scope_of(user).agency_ids(*LEADERS):
        found.add(LEADER)
    return frozenset(found)


def plans_held(user: Any) -> dict[str, Q]:
    """The same for lists."""
    own = Q(agency_id__in=sorted(kept_agency_ids(user)))
    led = Q(agency_id__in=scope_of(user).agency_ids(*LEADERS))
    return {KEEPER: own, LEADER: led | (own & Q(agency__kind__in=WITHOUT_LEADER))}


def may_write_plan(user: Any, plan: WorkPlan) -> Verdict:
    """An agency writes its plan until it is sent."""
    if KEEPER not in plan_roles(user, plan):
        return NOT_YOURS
    if not plan.is_open:
        return Refusal("work.sent", "Kế hoạch đã trình hoặc đã duyệt, không sửa được nữa.")
    return ALLOWED


def plan_people(plan: WorkPlan) -> list[User]:
    """Leaders of the agency while its plan waits for them, else its officers."""
    waits = plan.state == "sent" and not has_no_leader(plan.agency)
    return list(holders_of(*(LEADERS if waits else OFFICERS), agency=plan.agency_id))
