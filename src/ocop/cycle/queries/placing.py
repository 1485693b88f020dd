"""Where ideas and plans put things on the board, and what holds them up; sources of `kit.registry`."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from ocop.cycle.enums import CycleStep, IdeaState, PlanState
from ocop.cycle.models import BusinessPlan, Idea
from ocop.kit import formats
from ocop.kit.registry import BlockerSource, CycleStepSource
from ocop.products.models import Product

IN_WRITING = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPRAISED)


def _ideas(*states: str) -> Any:
    return lambda day: Idea.objects.filter(state__in=states).values("pk")


def _plans(link: str, *states: str) -> Any:
    def rows(day: date) -> QuerySet:
        return BusinessPlan.objects.filter(state__in=states, **{f"{link}__isnull": False}).values(link)

    return rows


def _plan_words(link: str) -> Any:
    """State of the newest plan of ideas or products, and its page."""

    def words(ids: list[int], day: date) -> dict[int, tuple[str, str]]:
        rows = BusinessPlan.objects.filter(**{f"{link}__in": ids}).order_by("pk")
        return {
            getattr(row, f"{link}_id"): (
                f"Phương án: {row.get_state_display().lower()}",
                row.get_absolute_url(),
            )
            for row in rows
        }

    return words


def _late_ideas(day: date) -> QuerySet:
    return Idea.objects.filter(closed_at__isnull=True, due_on__lt=day).values("pk")


def _late_idea_words(ids: list[int], day: date) -> dict[int, tuple[str, str]]:
    rows = Idea.objects.filter(pk__in=ids)
    return {
        row.pk: (f"Chưa xét chọn, {formats.distance(row.due_on, day)[0]}", row.get_absolute_url())
        for row in rows
    }


def _late_plans(link: str) -> Any:
    def rows(day: date) -> QuerySet:
        late = BusinessPlan.objects.filter(closed_at__isnull=True, due_on__lt=day)
        return late.filter(**{f"{link}__isnull": False}).values(link)

    return rows


LATE = {
    PlanState.SUBMITTED: "Chưa thẩm định phương án",
    PlanState.APPRAISED: "Chưa quyết định phương án",
    PlanState.APPROVED: "Chưa báo cáo tiến độ quý",
}


def _late_plan_words(link: str) -> Any:
    def words(ids: list[int], day: date) -> dict[int, tuple[str, str]]:
        late = BusinessPlan.objects.filter(closed_at__isnull=True, due_on__lt=day)
        rows = late.filter(**{f"{link}__in": ids}).order_by("pk")
        return {
            getattr(row, f"{link}_id"): (
                f"{LATE.get(PlanState(row.state), 'Phương án chậm')}, {formats.distance(row.due_on, day)[0]}",
                row.get_absolute_url(),
            )
            for row in rows
        }

    return words


def _returned(day: date) -> QuerySet:
    return Idea.objects.filter(state=IdeaState.DRAFT, moves__name="return").values("pk")


STEPS = (
    CycleStepSource(
        "cycle.idea.stopped", Idea, CycleStep.CARRYING_OUT, "Phương án đã kết thúc, chưa có sản phẩm",
        _plans("idea", PlanState.STOPPED, PlanState.FINISHED), _plan_words("idea"), order=10,
    ),
    CycleStepSource(
        "cycle.idea.carried_out", Idea, CycleStep.CARRYING_OUT, "Đang triển khai phương án",
        _plans("idea", PlanState.APPROVED), _plan_words("idea"), order=20,
    ),
    CycleStepSource(
        "cycle.idea.planned", Idea, CycleStep.PLANS, "Đang lập phương án", _plans("idea", *IN_WRITING),
        _plan_words("idea"), order=30,
    ),
    CycleStepSource(
        "cycle.idea.selected", Idea, CycleStep.PLANS, "Được chọn, chờ lập phương án", _ideas(IdeaState.SELECTED),
        order=40,
    ),
    CycleStepSource(
        "cycle.idea.waiting", Idea, CycleStep.IDEAS, "Chờ xét chọn", _ideas(IdeaState.REGISTERED, IdeaState.LISTED),
        order=50,
    ),
    CycleStepSource(
        "cycle.product.carried_out", Product, CycleStep.CARRYING_OUT, "Đang triển khai phương án",
        _plans("product", PlanState.APPROVED, PlanState.FINISHED), _plan_words("product"), order=50,
    ),
)  # fmt: skip
BLOCKERS = (
    BlockerSource("cycle.idea.late", Idea, "Chưa xét chọn, đã quá hạn", _late_ideas, _late_idea_words, order=50),
    BlockerSource("cycle.idea.returned", Idea, "Bị trả lại để bổ sung", _returned, order=55),
    BlockerSource(
        "cycle.idea.plan", Idea, "Phương án chậm", _late_plans("idea"), _late_plan_words("idea"), order=60,
    ),
    BlockerSource(
        "cycle.product.plan", Product, "Phương án chậm", _late_plans("product"), _late_plan_words("product"), order=60,
    ),
)  # fmt: skip
