"""The flow of a yearly work plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from ocop.direction.enums import WorkPlanState
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

ARTICLE = "Kế hoạch OCOP giai đoạn 2023-2025, mục VI.12 và VI"
KEEPER, LEADER = "work.keeper", "work.leader"
WRITTEN = frozenset({WorkPlanState.DRAFT.value, WorkPlanState.RETURNED.value})


@dataclass(frozen=True)
class PlanFacts:
    """What the guards look at."""

    lines: int
    number: str = ""
    signer: str = ""
    has_day: bool = False


def has_lines(facts: PlanFacts) -> Iterable[Refusal]:
    """An empty plan is not sent."""
    if not facts.lines:
        yield Refusal("work.empty", "Kế hoạch chưa có dòng nào.")


def is_signed(facts: PlanFacts) -> Iterable[Refusal]:
    """An approval has number, day and name."""
    if not (facts.number and facts.signer and facts.has_day):
        yield Refusal("work.signed", "Cần số, ngày và người duyệt kế hoạch.")


WORK_PLAN = Flow(
    "ke_hoach_cong_tac",
    "Kế hoạch công tác năm",
    WorkPlanState.DRAFT.value,
    frozenset({WorkPlanState.APPROVED.value}),
    (
        Transition("send", WRITTEN, "sent", frozenset({KEEPER}), "Trình lãnh đạo", guards=(has_lines,),
                   legal_basis=ARTICLE, style="primary"),
        Transition("approve", frozenset({"sent"}), "approved", frozenset({LEADER}), "Duyệt kế hoạch",
                   guards=(is_signed,), legal_basis=ARTICLE, style="primary"),
        Transition("return", frozenset({"sent"}), "returned", frozenset({LEADER}), "Trả lại để sửa",
                   legal_basis=ARTICLE, needs_reason=True),
    ),
    ARTICLE,
)  # fmt: skip
