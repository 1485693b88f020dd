"""The flow of a review (section IV.14 of the plan), and how a figure stands to its target."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ocop.direction.enums import ReviewState
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

ARTICLE = "Kế hoạch OCOP giai đoạn 2023-2025, mục IV.14"
WRITER, SIGNER = "review.writer", "review.signer"


@dataclass(frozen=True)
class ReviewFacts:
    """What the guards look at."""

    has_figures: bool = False
    shortcomings: str = ""
    solutions: str = ""
    number: str = ""
    signed_on: date | None = None
    signer: str = ""


def is_written(facts: ReviewFacts) -> Iterable[Refusal]:
    """Results, shortcomings, solutions: the plan asks for all three."""
    if not facts.has_figures:
        yield Refusal("review.figures", "Chưa lấy số liệu và báo cáo đã chấp nhận.")
    if not facts.shortcomings.strip():
        yield Refusal("review.shortcomings", "Cần ghi tồn tại, hạn chế.")
    if not facts.solutions.strip():
        yield Refusal("review.solutions", "Cần ghi giải pháp.")


def is_signed(facts: ReviewFacts) -> Iterable[Refusal]:
    """A signature has number, day and name."""
    if not facts.number.strip() or facts.signed_on is None or not facts.signer.strip():
        yield Refusal("review.signature", "Cần số, ngày và người ký.")


REVIEW = Flow(
    "so_ket_tong_ket",
    "Sơ kết, tổng kết",
    ReviewState.DRAFT.value,
    frozenset({ReviewState.SIGNED.value}),
    (
        Transition("submit", frozenset({"draft"}), "submitted", frozenset({WRITER}), "Trình ký", guards=(is_written,),
                   legal_basis=ARTICLE, style="primary"),
        Transition("sign", frozenset({"submitted"}), "signed", frozenset({SIGNER}), "Ký báo cáo", guards=(is_signed,),
                   legal_basis=ARTICLE, style="primary"),
        Transition("return", frozenset({"submitted"}), "draft", frozenset({SIGNER}), "Trả lại để sửa",
                   legal_basis=ARTICLE, needs_reason=True),
    ),
    ARTICLE,
)  # fmt: skip


def standing(value: float | None, goal: float | None) -> str:
    """ "reached", "short" or "" where there is no target or no figure."""
    if value is None or goal is None:
        return ""
    return "reached" if value >= goal else "short"
