"""How plans and activities move: flow, roles, facts, deadlines, notices."""

from datetime import date

from ocop.kit.cases import Desk
from ocop.producers.casework import teller
from ocop.producers.casework.roles import province_code
from ocop.rulebook.queries import setting
from ocop.training.models import Course, CourseMove, PlanMove, YearPlan
from ocop.training.permissions import roles
from ocop.training.queries.facts import course_facts, plan_facts
from ocop.training.rules.flows import COURSE_FLOW, PLAN_FLOW, course_due, plan_due


def _plan_due(plan: YearPlan, day: date) -> date | None:
    return plan_due(plan.state, plan.year)


def _course_due(course: Course, day: date) -> date | None:
    days = int(setting("training_report_days", province_code(course.unit), day))
    return course_due(course.state, course.starts_on, course.ends_on, days)


PLAN_DESK = Desk(
    flow=PLAN_FLOW, move_model=PlanMove, roles=roles, facts=plan_facts, due=_plan_due,
    tell=teller("training_plans", PLAN_FLOW), opened="Lập kế hoạch",
)  # fmt: skip
COURSE_DESK = Desk(
    flow=COURSE_FLOW, move_model=CourseMove, roles=roles, facts=course_facts, due=_course_due,
    tell=teller("courses", COURSE_FLOW), opened="Lập hoạt động",
)  # fmt: skip
