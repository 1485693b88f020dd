"""The flow of a report: drawn up, sent, returned or accepted, consolidated (section VI.14 of the plan)."""

from dataclasses import dataclass

from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

ARTICLE = "Kế hoạch OCOP giai đoạn 2023-2025, mục VI.14"
REPORTER, RECEIVER = "report.reporter", "report.receiver"


@dataclass(frozen=True)
class ReportFacts:
    """What the guards look at: required sections without words, corrected figures without a reason, open parts."""

    empty_sections: tuple[str, ...] = ()
    unreasoned: tuple[str, ...] = ()
    unmeasured: tuple[str, ...] = ()
    is_consolidated_from: bool = False


def complete(facts: ReportFacts) -> list[Refusal]:
    """Every required section is written and every figure stands."""
    found = [Refusal("report.empty", f"Phần “{title}” chưa có nội dung.") for title in facts.empty_sections]
    if facts.unmeasured:
        names = ", ".join(f"“{name}”" for name in facts.unmeasured)
        said = f"Chưa có số của {names}. Hệ thống lấy số mỗi sáng; cần gửi ngay thì tự ghi kèm lý do."
        found.append(Refusal("report.unmeasured", said))
    return found


def reasons_given(facts: ReportFacts) -> list[Refusal]:
    """A figure that differs from the system's says why."""
    return [
        Refusal("report.reason", f"Chỉ tiêu “{name}”: số khác số của hệ thống thì phải ghi lý do.")
        for name in facts.unreasoned
    ]


def not_yet_counted(facts: ReportFacts) -> list[Refusal]:
    """A report that stands in a consolidation which was sent on is not unlocked under it."""
    if facts.is_consolidated_from:
        return [Refusal("report.used", "Báo cáo này đã nằm trong báo cáo tổng hợp đã gửi.")]
    return []


REPORT = Flow(
    "bao_cao",
    "Báo cáo định kỳ",
    "draft",
    frozenset({"consolidated", "cancelled"}),
    (
        Transition(
            "submit", frozenset({"draft", "returned"}), "submitted", frozenset({REPORTER}), "Gửi báo cáo",
            guards=(complete, reasons_given), legal_basis=ARTICLE, style="primary",
            confirm="Sau khi gửi, báo cáo khóa lại cho tới khi bị trả lại.",
        ),
        Transition(
            "take_back", frozenset({"submitted"}), "draft", frozenset({REPORTER}), "Rút về sửa",
            legal_basis=ARTICLE, needs_reason=True,
        ),
        Transition(
            "accept", frozenset({"submitted"}), "accepted", frozenset({RECEIVER}), "Chấp nhận",
            legal_basis=ARTICLE, style="primary",
        ),
        Transition(
            "return", frozenset({"submitted"}), "returned", frozenset({RECEIVER}), "Trả lại để sửa",
            legal_basis=ARTICLE, needs_reason=True, style="danger",
        ),
        Transition(
            "unlock", frozenset({"accepted"}), "returned", frozenset({RECEIVER}), "Mở khóa để sửa",
            guards=(not_yet_counted,), legal_basis=ARTICLE, needs_reason=True, style="danger",
        ),
        Transition(
            "send_on", frozenset({"accepted"}), "consolidated", frozenset({RECEIVER}), "Đưa vào tổng hợp",
            legal_basis=ARTICLE,
        ),
        Transition(
            "cancel", frozenset({"draft", "returned"}), "cancelled", frozenset({RECEIVER}), "Bỏ báo cáo này",
            legal_basis=ARTICLE, needs_reason=True, confirm="Dùng khi cơ quan đã sắp xếp lại hoặc mở nhầm.",
        ),
    ),
    ARTICLE,
)  # fmt: skip
