"""Obstacles: raised, assigned, answered by a date, settled, confirmed; late ones go up (clause IV.3.2.b)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ocop.development.enums import Level, ObstacleState, Outcome
from ocop.development.rules.roles import (
    ADVISORY,
    ASSIGNEE,
    CLOCK,
    LEADERS,
    LOCAL,
    PRODUCER,
    SUPPORT,
)
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

S = ObstacleState
GIVERS = LOCAL | LEADERS | ADVISORY
SOLVERS = LOCAL | ADVISORY | {ASSIGNEE}
UNDER_WAY = (S.RAISED, S.ASSIGNED, S.ANSWERED)
"""What holds the producer up and may be late on the side of the offices."""


@dataclass(frozen=True)
class ObstacleFacts:
    """What the guards look at."""

    assigned: bool = False
    assigned_ahead: bool = True
    answer: str = ""
    outcome: str = Outcome.NONE
    result: str = ""
    confirmation_late: bool = False
    at_province: bool = False


def _to_somebody(facts: ObstacleFacts) -> Iterable[Refusal]:
    if not facts.assigned:
        yield Refusal("obstacle.assignee", "Cần chọn cơ quan hoặc người xử lý.", SUPPORT)
    if not facts.assigned_ahead:
        yield Refusal("obstacle.day", "Hạn trả lời phải từ hôm nay trở đi.", SUPPORT)


def _answered(facts: ObstacleFacts) -> Iterable[Refusal]:
    if not facts.answer.strip():
        yield Refusal("obstacle.answer", "Cần ghi nội dung trả lời.", SUPPORT)


def _settled(facts: ObstacleFacts) -> Iterable[Refusal]:
    if facts.outcome == Outcome.NONE or not facts.result.strip():
        yield Refusal("obstacle.outcome", "Cần chọn kết quả và ghi đã làm được gì.", SUPPORT)


def _unanswered(facts: ObstacleFacts) -> Iterable[Refusal]:
    if not facts.confirmation_late:
        yield Refusal("obstacle.wait", "Chủ thể còn hạn để xác nhận hoặc nêu lại.", SUPPORT)


def _not_at_province(facts: ObstacleFacts) -> Iterable[Refusal]:
    if facts.at_province:
        yield Refusal("obstacle.level", "Vướng mắc này đã lên cấp tỉnh.", SUPPORT)


def _of(*states: ObstacleState) -> frozenset[str]:
    return frozenset(state.value for state in states)


OBSTACLE_FLOW = Flow(
    key="obstacle",
    title="Tháo gỡ khó khăn, vướng mắc",
    initial=S.RAISED,
    final=_of(S.CONFIRMED, S.CLOSED, S.WITHDRAWN),
    legal_basis=SUPPORT,
    transitions=(
        Transition(
            "assign", _of(S.RAISED), S.ASSIGNED, GIVERS, "Giao xử lý", (_to_somebody,), SUPPORT, style="primary"
        ),
        Transition("reassign", _of(S.ASSIGNED), S.ASSIGNED, GIVERS, "Giao lại", (_to_somebody,), SUPPORT),
        Transition(
            "answer", _of(S.ASSIGNED), S.ANSWERED, SOLVERS, "Trả lời", (_answered,), SUPPORT, style="primary"
        ),
        Transition(
            "settle", _of(S.ANSWERED), S.SETTLED, SOLVERS, "Ghi kết quả", (_settled,), SUPPORT, style="primary"
        ),
        Transition("confirm", _of(S.SETTLED), S.CONFIRMED, PRODUCER, "Xác nhận", (), SUPPORT, style="primary"),
        Transition(
            "reopen", _of(S.SETTLED), S.ASSIGNED, PRODUCER, "Chưa được, nêu lại", (), SUPPORT, needs_reason=True
        ),
        Transition("close", _of(S.SETTLED), S.CLOSED, GIVERS, "Khép lại", (_unanswered,), SUPPORT),
        Transition(
            "raise", _of(*UNDER_WAY), None, LOCAL | LEADERS, "Báo cấp tỉnh", (_not_at_province,), SUPPORT,
            needs_reason=True,
        ),
        Transition("escalate", _of(*UNDER_WAY), None, frozenset({CLOCK}), "Quá hạn, báo cấp trên", (), SUPPORT),
        Transition(
            "withdraw", _of(S.RAISED, S.ASSIGNED), S.WITHDRAWN, PRODUCER, "Rút lại", (), SUPPORT, needs_reason=True
        ),
    ),
)  # fmt: skip


def level_on(due: date | None, today: date, *, wait_days: int) -> Level:
    """How far up a case that was due on a day has to be: the leader after the day, the province `wait_days` later."""
    if due is None or today <= due:
        return Level.NONE
    return Level.PROVINCE if today > due + timedelta(days=wait_days) else Level.LEADER
