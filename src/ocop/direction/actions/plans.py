"""Work plans: begun from the tasks of the agency, sent, approved."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ocop.accounts.agencies import acts_for
from ocop.accounts.models import User
from ocop.direction.enums import TaskState
from ocop.direction.models import Task, WorkLine, WorkPlan, WorkPlanMove
from ocop.direction.permissions.tasks import may_write_plan, plan_people, plan_roles
from ocop.direction.rules.plans import ARTICLE, WORK_PLAN, PlanFacts
from ocop.inbox.actions import notify_each
from ocop.kit import clock
from ocop.kit.cases import OPENED, Desk, open_case, press
from ocop.kit.errors import Refused, require
from ocop.kit.flow import MoveBase
from ocop.producers.signing import signed
from ocop.units.models import Agency

LONGEST = 300


def facts_of(plan: WorkPlan) -> PlanFacts:
    """What the guards look at."""
    return PlanFacts(
        lines=plan.lines.count(), number=plan.number, signer=plan.signer, has_day=plan.approved_on is not None
    )


def _due(plan: WorkPlan, day: date) -> date | None:
    """A plan is to stand when its year begins."""
    return max(day, date(plan.year, 1, 1)) if plan.is_open else None


def _tell(plan: WorkPlan, move: MoveBase) -> None:
    """The leader hears of a plan that was sent, who wrote it of what became of it."""
    if move.name == OPENED:
        return
    people = [one for one in plan_people(plan) if one.pk != move.by_id]  # type: ignore[attr-defined]
    notify_each(
        people, kind="case.work_plans", title=f"{plan.get_state_display()}: {plan}", text=move.reason,
        url=plan.get_absolute_url(), subject_key=f"work-plan:{plan.pk}", at=move.at,
    )  # fmt: skip


WORK_PLAN_DESK = Desk(
    WORK_PLAN, WorkPlanMove, plan_roles, facts=facts_of, due=_due, tell=_tell, opened="Lập kế hoạch"
)


def open_work_plan(
    agency: Agency, year: int, *, by: User, note: str = "", at: datetime | None = None, is_demo: bool = False
) -> WorkPlan:
    """Begin the plan of an agency for a year, with a line for each task that it has in it.

    Raises `Forbidden` for another agency, `Refused` for a second plan of the year.
    """
    require(acts_for(by, agency))
    if agency.unit is None:
        raise Refused("work.central", "Cơ quan trung ương không lập kế hoạch ở đây.", ARTICLE)
    plan = WorkPlan(agency=agency, unit=agency.unit, year=year, note=note.strip(), is_demo=is_demo)
    try:
        with transaction.atomic():
            open_case(WORK_PLAN_DESK, signed(plan, by), by=by, at=at)
            take_tasks(plan, by=by)
    except IntegrityError as error:
        raise Refused("work.twice", "Cơ quan này đã có kế hoạch công tác của năm.", ARTICLE) from error
    return plan


def take_tasks(plan: WorkPlan, *, by: User) -> int:
    """Add a line for each task of the year that the plan does not have; answers how many."""
    require(may_write_plan(by, plan))
    tasks = Task.objects.filter(agency=plan.agency_id, first_on__lte=date(plan.year, 12, 31)).exclude(
        state=TaskState.STOPPED
    )
    tasks = tasks.filter(last_on__gte=date(plan.year, 1, 1)).exclude(lines__plan=plan)
    lines = [signed(_line(plan, task), by) for task in tasks]
    for line in lines:
        line.save()
    return len(lines)


def _line(plan: WorkPlan, task: Task) -> WorkLine:
    first, last = task.planned_from or task.first_on, task.planned_to or task.last_on
    return WorkLine(
        plan=plan, task=task, content=task.title[:LONGEST], person=task.person, expected=task.measure[:LONGEST],
        month_from=first.month if first.year == plan.year else 1,
        month_to=last.month if last.year == plan.year else 12,
    )  # fmt: skip


def approve_work_plan(
    plan: WorkPlan, *, number: str, approved_on: date | None, signer: str, by: User, reason: str = "",
    at: datetime | None = None,
) -> WorkPlanMove:  # fmt: skip
    """Approve the plan: number, day, who signed. Raises as `press`, `Refused` for a day to come."""
    if approved_on is not None and approved_on > clock.local_day(at or clock.now()):
        raise Refused("work.day", "Ngày duyệt chưa đến.", ARTICLE)
    values: dict[str, Any] = {"number": number.strip(), "approved_on": approved_on, "signer": signer.strip()}
    return press(  # type: ignore[no-any-return]
        WORK_PLAN_DESK, plan, "approve", by=by, at=at, reason=reason, values=values
    )
