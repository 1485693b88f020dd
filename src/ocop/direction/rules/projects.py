"""The flow of a priority project or pilot model (section IV.11 of the plan)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ocop.direction.enums import ProjectState
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

ARTICLE = "Kế hoạch OCOP giai đoạn 2023-2025, mục IV.11"
OWNER, APPROVER = "project.owner", "project.approver"


@dataclass(frozen=True)
class ProjectFacts:
    """What the guards look at."""

    first_on: date | None = None
    last_on: date | None = None
    number: str = ""
    decided_on: date | None = None
    milestones: int = 0
    unreached: tuple[str, ...] = ()
    outcome: str = ""


def is_decided(facts: ProjectFacts) -> Iterable[Refusal]:
    """An approval has number, day, and the days of the project."""
    if not facts.number.strip() or facts.decided_on is None:
        yield Refusal("project.decision", "Cần số và ngày quyết định.")
    if facts.first_on is None or facts.last_on is None:
        yield Refusal("project.days", "Cần thời gian thực hiện: từ ngày, đến hết ngày.")
    elif facts.last_on < facts.first_on:
        yield Refusal("project.order", "Ngày cuối phải từ ngày đầu trở đi.")


def has_milestones(facts: ProjectFacts) -> Iterable[Refusal]:
    """Work begins with milestones to hold it against."""
    if not facts.milestones:
        yield Refusal("project.milestones", "Hãy ghi ít nhất một mốc phải đạt trước khi bắt đầu.")


def all_reached(facts: ProjectFacts) -> Iterable[Refusal]:
    """A project is finished when its milestones are reached and it says what came of it."""
    for title in facts.unreached:
        yield Refusal("project.unreached", f"Mốc “{title}” chưa đạt.")
    if not facts.outcome.strip():
        yield Refusal("project.outcome", "Cần ghi kết quả khi kết thúc.")


def _step(
    name: str, source: tuple[str, ...], target: str, role: str, label: str, *guards: object, reason: bool = False,
    style: str = "secondary",
) -> Transition:  # fmt: skip
    return Transition(
        name, frozenset(source), target, frozenset({role}), label, guards=guards,  # type: ignore[arg-type]
        legal_basis=ARTICLE, needs_reason=reason, style=style,
    )  # fmt: skip


PROJECT = Flow(
    "du_an_uu_tien",
    "Dự án ưu tiên, mô hình thí điểm",
    ProjectState.PROPOSED.value,
    frozenset({ProjectState.FINISHED.value, ProjectState.STOPPED.value}),
    (
        _step("approve", ("proposed",), "approved", APPROVER, "Duyệt", is_decided, style="primary"),
        _step("begin", ("approved",), "running", OWNER, "Bắt đầu thực hiện", has_milestones, style="primary"),
        _step("finish", ("running",), "finished", OWNER, "Kết thúc, ghi kết quả", all_reached),
        _step("stop", ("proposed", "approved", "running"), "stopped", APPROVER, "Dừng", reason=True, style="danger"),
    ),
    ARTICLE,
)  # fmt: skip


def due_in(state: str, last_on: date | None) -> date | None:
    """A project that was approved is due on its last day."""
    return last_on if state in (ProjectState.APPROVED, ProjectState.RUNNING) else None
