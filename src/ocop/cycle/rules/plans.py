"""Business plans: the flow, priority by revenue, deadlines and quarters (plan IV.3.2.a, IV.3.2.b)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ocop.cycle.enums import Appraisal, PlanState
from ocop.cycle.rules.selection import COMMUNE, DISTRICT, HELPERS, LEADER, OFFICER, PRODUCER
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

ARTICLE = "Kế hoạch Chương trình OCOP tỉnh Hà Tĩnh 2023-2025, mục IV.3.2.a"
PRIORITY = "Kế hoạch Chương trình OCOP tỉnh Hà Tĩnh 2023-2025, mục IV.3.2.b"


@dataclass(frozen=True)
class PlanFacts:
    """What the guards of a plan look at."""

    missing: tuple[str, ...] = ()
    milestones: int = 0
    appraisal: str = ""
    has_product: bool = False
    reported: bool = False


def _answered(facts: PlanFacts) -> Iterable[Refusal]:
    if facts.missing:
        yield Refusal("plan.missing", f"Còn thiếu: {', '.join(facts.missing)}.", ARTICLE)
    if not facts.milestones:
        yield Refusal("plan.schedule", "Chưa ghi tiến độ: cần ít nhất một việc có ngày xong.", ARTICLE)


def _approvable(facts: PlanFacts) -> Iterable[Refusal]:
    if facts.appraisal == Appraisal.REFUSE:
        yield Refusal("plan.against", "Thẩm định đề nghị không chấp thuận phương án này.", DISTRICT)


def _no_product(facts: PlanFacts) -> Iterable[Refusal]:
    if facts.has_product:
        yield Refusal("plan.product", "Phương án này đã có sản phẩm trong sổ.", ARTICLE)


def _with_report(facts: PlanFacts) -> Iterable[Refusal]:
    if not facts.reported:
        yield Refusal("plan.report", "Chưa có báo cáo tiến độ quý nào.", ARTICLE)


def decision_problems(
    number: str, on: date | None, *, not_before: date | None, today: date, article: str
) -> list[Refusal]:
    """What is wrong with number and day of a decision: both are needed, the day neither before the work nor to come."""
    found = []
    if not number.strip():
        found.append(Refusal("decision.number", "Cần ghi số văn bản.", article))
    if on is None:
        found.append(Refusal("decision.day", "Cần ghi ngày văn bản.", article))
    elif on > today:
        found.append(Refusal("decision.future", "Ngày văn bản không được ở tương lai.", article))
    elif not_before and on < not_before:
        found.append(
            Refusal("decision.early", f"Ngày văn bản không được trước ngày {not_before:%d/%m/%Y}.", article)
        )
    return found


def _in(*states: PlanState) -> frozenset[str]:
    return frozenset(states)


PLAN_FLOW = Flow(
    key="business-plan",
    title="Phương án sản xuất kinh doanh",
    initial=PlanState.DRAFT,
    final=frozenset({PlanState.FINISHED, PlanState.STOPPED, PlanState.REFUSED, PlanState.WITHDRAWN}),
    legal_basis=ARTICLE,
    transitions=(
        Transition(
            "submit", _in(PlanState.DRAFT), PlanState.SUBMITTED, PRODUCER | HELPERS, "Nộp phương án", (_answered,),
            ARTICLE, style="primary",
        ),
        Transition(
            "return", _in(PlanState.SUBMITTED), PlanState.DRAFT, OFFICER, "Trả lại để sửa", (), DISTRICT,
            needs_reason=True,
        ),
        Transition(
            "appraise", _in(PlanState.SUBMITTED), PlanState.APPRAISED, OFFICER, "Ghi kết luận thẩm định", (),
            DISTRICT, style="primary",
        ),
        Transition(
            "reappraise", _in(PlanState.APPRAISED), PlanState.SUBMITTED, LEADER, "Yêu cầu thẩm định lại", (), DISTRICT,
            needs_reason=True,
        ),
        Transition(
            "approve", _in(PlanState.APPRAISED), PlanState.APPROVED, LEADER, "Quyết định chấp thuận", (_approvable,),
            DISTRICT, style="primary",
        ),
        Transition(
            "refuse", _in(PlanState.APPRAISED), PlanState.REFUSED, LEADER, "Không chấp thuận", (), DISTRICT,
            needs_reason=True, style="danger",
        ),
        Transition(
            "open_product", _in(PlanState.APPROVED), None, PRODUCER | HELPERS, "Ghi sản phẩm vào sổ", (_no_product,),
            ARTICLE, style="primary",
        ),
        Transition(
            "report", _in(PlanState.APPROVED), None, PRODUCER | HELPERS, "Báo cáo tiến độ quý", (), ARTICLE,
        ),
        Transition(
            "finish", _in(PlanState.APPROVED), PlanState.FINISHED, OFFICER, "Ghi kết quả, kết thúc", (_with_report,),
            DISTRICT,
        ),
        Transition(
            "stop", _in(PlanState.APPROVED), PlanState.STOPPED, PRODUCER | OFFICER, "Dừng thực hiện", (), COMMUNE,
            needs_reason=True, style="danger",
        ),
        Transition(
            "withdraw", _in(PlanState.DRAFT, PlanState.SUBMITTED), PlanState.WITHDRAWN, PRODUCER | HELPERS,
            "Rút phương án", (), ARTICLE, needs_reason=True, style="danger",
        ),
    ),
)  # fmt: skip


def has_priority(
    first_year: int | None, third_year: int | None, *, first_at_least: int, third_at_least: int
) -> bool:
    """True when both revenues (đồng) reach the thresholds of IV.3.2.b; a missing forecast never does."""
    if first_year is None or third_year is None:
        return False
    return first_year >= first_at_least and third_year >= third_at_least


def profit(revenue: int | None, cost: int | None) -> int | None:
    """Revenue less cost in đồng; None while one of them is open."""
    return None if revenue is None or cost is None else revenue - cost


def quarter_of(day: date) -> tuple[int, int]:
    """(year, quarter) of a day."""
    return day.year, (day.month - 1) // 3 + 1


def last_day_of(year: int, quarter: int) -> date:
    """The last day of a quarter."""
    return date(year + quarter // 4, quarter % 4 * 3 + 1, 1) - timedelta(days=1)


def next_quarter(year: int, quarter: int) -> tuple[int, int]:
    """The quarter after."""
    return (year + 1, 1) if quarter == 4 else (year, quarter + 1)


def quarter_to_report(since: date, reported: Collection[tuple[int, int]]) -> tuple[int, int]:
    """The first quarter since the approval that has no report."""
    found = quarter_of(since)
    while found in reported:
        found = next_quarter(*found)
    return found


def report_due(since: date, reported: Collection[tuple[int, int]], *, days: int) -> date:
    """The last day for the next report: so many calendar days after its quarter."""
    return last_day_of(*quarter_to_report(since, reported)) + timedelta(days=days)
