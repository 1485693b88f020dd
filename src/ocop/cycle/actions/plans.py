"""Business plans: written, sent, appraised, decided on, carried out with a report each quarter, ended with a result."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ocop.accounts.models import User
from ocop.cycle.actions.ideas import asks_producers
from ocop.cycle.enums import IdeaState
from ocop.cycle.models import BusinessPlan, Idea, PlanMove, PlanProgress
from ocop.cycle.models.plan import OVER
from ocop.cycle.permissions import may_plan, may_write
from ocop.cycle.queries.facts import known, plan_due, plan_facts
from ocop.cycle.rules.plans import ARTICLE, PLAN_FLOW, decision_problems, has_priority, last_day_of
from ocop.cycle.rules.selection import DISTRICT
from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused, require
from ocop.kit.flow import MoveBase
from ocop.kit.registry import announce
from ocop.producers.casework import roles_on, teller
from ocop.producers.signing import signed
from ocop.products.actions import open_product
from ocop.products.models import Product

PLAN_DESK = Desk(
    flow=PLAN_FLOW, move_model=PlanMove, roles=roles_on, facts=plan_facts, due=plan_due,
    tell=teller("plans", asks_producers(PLAN_FLOW, "submit")), opened="Lập phương án",
)  # fmt: skip


def open_plan(idea: Idea, *, by: User, at: datetime | None = None, **answers: Any) -> BusinessPlan:
    """Begin the plan of a chosen idea with what the idea says already; a plan that is open is answered again.

    Raises `Refused` for an idea that was not chosen, `Forbidden` for strangers.
    """
    at = at or clock.now()
    with transaction.atomic():
        row = Idea.objects.select_for_update(of=("self",)).select_related("producer").get(pk=idea.pk)
        require(may_plan(by, row))
        if row.state != IdeaState.SELECTED:
            raise Refused("plan.idea", "Chỉ lập phương án cho ý tưởng đã được chọn.", ARTICLE)
        running = row.plans.exclude(state__in=OVER).first()
        if running is not None:
            return running
        started = {
            "title": f"Phương án phát triển {row.name}", "material_area": row.material,
            "material_local_share": row.material_local_share, "labour_total": row.labour_total,
            "labour_local": row.labour_local, "market": row.market, "development": row.description,
            "revenue_1": row.expected_revenue,
        }  # fmt: skip
        plan = BusinessPlan(
            idea=row, producer=row.producer, unit=row.unit, year=clock.local_day(at).year, is_demo=row.is_demo,
            **{**started, **answers},
        )  # fmt: skip
        return open_case(PLAN_DESK, signed(plan, by), by=by, at=at)


def press_plan(
    plan: BusinessPlan, verb: str, *, by: User, reason: str = "", at: datetime | None = None
) -> MoveBase:
    """A step that needs nothing but a reason: return, reappraise, refuse, stop, withdraw."""
    return press(PLAN_DESK, plan, verb, by=by, reason=reason, at=at)


def submit_plan(plan: BusinessPlan, *, by: User, at: datetime | None = None) -> MoveBase:
    """Send a plan in; whether it has priority is settled by the thresholds of that day (IV.3.2.b)."""
    at = at or clock.now()
    day = clock.local_day(at)

    def judge(row: BusinessPlan) -> None:
        row.has_priority = has_priority(
            row.revenue_1, row.revenue_3, first_at_least=int(known("plan_priority_first_year", day)),
            third_at_least=int(known("plan_priority_third_year", day)),
        )  # fmt: skip

    return press(PLAN_DESK, plan, "submit", by=by, at=at, before=judge)


def appraise_plan(
    plan: BusinessPlan,
    *,
    by: User,
    appraisal: str,
    text: str,
    on: date | None = None,
    at: datetime | None = None,
) -> MoveBase:
    """Write down what the appraisal found and proposes; raises `Refused` without a text."""
    at = at or clock.now()
    if not text.strip():
        raise Refused("plan.appraisal", "Cần ghi kết luận thẩm định.", DISTRICT)
    values = {
        "appraisal": appraisal,
        "appraisal_text": text.strip(),
        "appraised_on": on or clock.local_day(at),
    }
    return press(PLAN_DESK, plan, "appraise", by=by, at=at, values=values)


def approve_plan(
    plan: BusinessPlan, *, by: User, number: str, on: date | None = None, at: datetime | None = None
) -> MoveBase:
    """The decision of approval with its number; raises `Refused` without one, before the appraisal, against it."""
    at = at or clock.now()
    today = clock.local_day(at)
    wrong = decision_problems(
        number, on or today, not_before=plan.appraised_on, today=today, article=DISTRICT
    )
    if wrong:
        raise Refused.because(wrong)
    values = {"decision_number": number.strip(), "decided_on": on or today, "decided_by": by}
    return press(PLAN_DESK, plan, "approve", by=by, at=at, values=values)


def open_product_of(plan: BusinessPlan, *, by: User, name: str = "", at: datetime | None = None) -> Product:
    """Enter the product that the plan leads to into the register, with what idea and plan know of it.

    Raises `Refused` when there is one already or the producer has a product of that name.
    """
    at = at or clock.now()
    made: dict[str, Product] = {}

    def enter(row: BusinessPlan, move: MoveBase) -> None:
        idea = row.idea
        made["product"] = row.product = open_product(
            row.producer, name=name.strip() or idea.name, by=by, group=idea.group, at=at, spec=row.spec,
            description=idea.description, story=idea.origin, started_year=clock.local_day(at).year,
            is_demo=row.is_demo,
        )  # fmt: skip
        signed(row, by).save()
        idea.product = row.product
        signed(idea, by).save()

    press(PLAN_DESK, plan, "open_product", by=by, at=at, after=enter)
    return made["product"]


def report_quarter(
    plan: BusinessPlan, *, by: User, year: int, quarter: int, at: datetime | None = None, **facts: Any
) -> PlanProgress:
    """Report what was done in a quarter; raises `Refused` for a quarter to come, before the approval, or twice."""
    at = at or clock.now()
    day = clock.local_day(at)
    report = PlanProgress(plan=plan, year=year, quarter=quarter, at=at, by=by, **facts)
    if last_day_of(year, quarter) < (plan.decided_on or day):
        raise Refused("progress.early", "Quý này ở trước ngày phương án được chấp thuận.", ARTICLE)
    if (year, quarter) > (day.year, (day.month - 1) // 3 + 1):
        raise Refused("progress.future", "Chưa đến quý này.", ARTICLE)

    def keep(row: BusinessPlan) -> None:
        try:
            with transaction.atomic():
                report.save()
        except IntegrityError:
            raise Refused("progress.twice", f"{report} đã có báo cáo.", ARTICLE) from None

    press(PLAN_DESK, plan, "report", by=by, at=at, before=keep, data={"year": year, "quarter": quarter})
    return report


def finish_plan(
    plan: BusinessPlan,
    *,
    by: User,
    result: str,
    revenue: int | None = None,
    at: datetime | None = None,
) -> MoveBase:
    """End a plan with its result; raises `Refused` without one or before any quarter was reported."""
    at = at or clock.now()
    if not result.strip():
        raise Refused("plan.result", "Cần ghi kết quả thực hiện.", ARTICLE)
    values = {"result": result.strip(), "result_revenue": revenue, "finished_on": clock.local_day(at)}
    return press(PLAN_DESK, plan, "finish", by=by, at=at, values=values)


def save_lines(plan: BusinessPlan, lines: Any, *, by: User) -> None:
    """Keep the lines of a plan's schedule or of its requested support; `lines` is the valid formset that was sent.

    Raises `Forbidden` when the plan is not, or no longer, this person's to change.
    """
    with transaction.atomic():
        row = BusinessPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        require(may_write(by, row))
        lines.save()
        announce("cycle.schedule_saved", by=by, subject=row, part=lines.prefix)
