"""Assignments of consultants and experts to producers (clause IV.3.2.b, last indent)."""

from collections.abc import Iterable
from dataclasses import dataclass

from ocop.development.enums import AdviceState
from ocop.development.rules.roles import LOCAL, PRODUCER, SCIENCE, SUPPORT
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

GIVERS = LOCAL | SCIENCE
RATINGS = range(1, 6)


@dataclass(frozen=True)
class AdviceFacts:
    """What the guards look at."""

    result: str = ""
    done_in_order: bool = True
    rating: int | None = None


def _reported(facts: AdviceFacts) -> Iterable[Refusal]:
    if not facts.result.strip():
        yield Refusal("advice.result", "Cần ghi kết quả tư vấn.", SUPPORT)
    if not facts.done_in_order:
        yield Refusal("advice.day", "Ngày xong phải từ ngày bắt đầu đến hôm nay.", SUPPORT)


def _rated(facts: AdviceFacts) -> Iterable[Refusal]:
    if facts.rating not in RATINGS:
        yield Refusal("advice.rating", "Hãy chọn từ 1 đến 5.", SUPPORT)


ADVICE_FLOW = Flow(
    key="advice",
    title="Phân công tư vấn, chuyên gia",
    initial=AdviceState.RUNNING,
    final=frozenset({AdviceState.RATED, AdviceState.UNRATED, AdviceState.CANCELLED}),
    legal_basis=SUPPORT,
    transitions=(
        Transition(
            "report", frozenset({AdviceState.RUNNING.value}), AdviceState.REPORTED, GIVERS, "Ghi kết quả tư vấn",
            (_reported,), SUPPORT, style="primary",
        ),
        Transition(
            "rate", frozenset({AdviceState.REPORTED.value}), AdviceState.RATED, PRODUCER, "Đánh giá tư vấn", (_rated,),
            SUPPORT, style="primary",
        ),
        Transition(
            "close", frozenset({AdviceState.REPORTED.value}), AdviceState.UNRATED, GIVERS,
            "Khép lại, chủ thể không đánh giá", (), SUPPORT, needs_reason=True,
        ),
        Transition(
            "cancel", frozenset({AdviceState.RUNNING.value}), AdviceState.CANCELLED, GIVERS, "Hủy phân công", (),
            SUPPORT, needs_reason=True, style="danger",
        ),
    ),
)  # fmt: skip
