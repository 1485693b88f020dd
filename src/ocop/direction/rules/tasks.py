"""The flow of a task (section VI of the plan): given, accepted, done, reported, confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ocop.direction.enums import OPEN_STATES, TaskState
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

ARTICLE = "Kế hoạch OCOP giai đoạn 2023-2025, mục VI"
AGENCY, MONITOR = "task.agency", "task.monitor"
WORKING = frozenset({TaskState.RUNNING.value, TaskState.RETURNED.value})
OPEN = frozenset(state.value for state in OPEN_STATES)


@dataclass(frozen=True)
class TaskFacts:
    """What the guards look at: the days planned and given, what the report shows, whether the task changes hands."""

    first_on: date
    last_on: date
    planned_from: date | None = None
    planned_to: date | None = None
    has_result: bool = False
    has_proof: bool = False
    figure_failed: bool = False


def planned_within(facts: TaskFacts) -> Iterable[Refusal]:
    """The days that the agency plans are in order and end by the day given."""
    if facts.planned_from is None or facts.planned_to is None:
        yield Refusal("task.planned", "Cần ghi ngày dự kiến bắt đầu và dự kiến xong.")
    elif facts.planned_to < facts.planned_from:
        yield Refusal("task.order", "Ngày dự kiến xong phải từ ngày dự kiến bắt đầu trở đi.")
    elif facts.planned_to > facts.last_on:
        yield Refusal(
            "task.late_plan",
            f"Dự kiến xong sau hạn {facts.last_on:%d/%m/%Y}; hãy đề nghị nơi giao gia hạn trước.",
        )


def shown(facts: TaskFacts) -> Iterable[Refusal]:
    """A report says what was done and shows it: a file, a number, or the system's figure."""
    if not facts.has_result:
        yield Refusal("task.result", "Cần ghi kết quả đã làm.")
    if not facts.has_proof:
        failed = " (số liệu của hệ thống chưa tính được)" if facts.figure_failed else ""
        yield Refusal("task.proof", f"Cần minh chứng: tệp đính kèm hoặc số đạt được{failed}.")


def later_day(facts: TaskFacts) -> Iterable[Refusal]:
    """The last day stays from the first on."""
    if facts.last_on < facts.first_on:
        yield Refusal("task.days", "Hạn mới phải từ ngày bắt đầu trở đi.")


def _step(
    name: str, source: frozenset[str], target: str | None, role: str, label: str, *guards: object,
    reason: bool = False, style: str = "secondary",
) -> Transition:  # fmt: skip
    return Transition(
        name, source, target, frozenset({role}), label, guards=guards, legal_basis=ARTICLE,  # type: ignore[arg-type]
        needs_reason=reason, style=style,
    )  # fmt: skip


TASK = Flow(
    "nhiem_vu",
    "Nhiệm vụ được giao",
    TaskState.GIVEN.value,
    frozenset({TaskState.DONE.value, TaskState.STOPPED.value}),
    (
        _step("accept", frozenset({"given"}), "accepted", AGENCY, "Nhận nhiệm vụ", planned_within, style="primary"),
        _step("start", frozenset({"accepted"}), "running", AGENCY, "Bắt đầu làm", style="primary"),
        _step("report", WORKING, "reported", AGENCY, "Báo cáo kết quả", shown, style="primary"),
        _step("confirm", frozenset({"reported"}), "done", MONITOR, "Xác nhận hoàn thành", style="primary"),
        _step("return", frozenset({"reported"}), "returned", MONITOR, "Trả lại, làm tiếp", reason=True,
              style="danger"),
        _step("extend", OPEN, None, MONITOR, "Gia hạn", later_day, reason=True),
        _step("reassign", OPEN, "given", MONITOR, "Giao cơ quan khác", reason=True),
        _step("stop", OPEN, "stopped", MONITOR, "Thôi giao", reason=True),
    ),
    ARTICLE,
)  # fmt: skip


def due_in(state: str, day: date, last_on: date, *, accept_days: int, confirm_days: int) -> date | None:
    """The last day of a state: some days to accept and to confirm, else the day by which the task is to be done."""
    if state == TaskState.GIVEN:
        return min(day + timedelta(days=accept_days), max(last_on, day))
    if state == TaskState.REPORTED:
        return day + timedelta(days=confirm_days)
    return last_on if state in OPEN else None
