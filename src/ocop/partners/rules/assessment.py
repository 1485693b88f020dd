"""The yearly assessment: its flow, its points, its grade (clause IV.9 of the plan, last indent)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ocop.accounts.enums import Role
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition
from ocop.partners.enums import AssessmentState, Grade

PLAN = "Kế hoạch OCOP Hà Tĩnh 2023-2025, mục IV.9 (hằng năm đánh giá năng lực đối tác)"
CONSENT = "Nghị định 13/2023/NĐ-CP, Điều 11; Kế hoạch OCOP Hà Tĩnh, mục IV.9"
MARKERS = frozenset({Role.ADVISORY_OFFICER.value, Role.STANDING_OFFICER.value})
CONCLUDERS = frozenset({Role.STANDING_OFFICER.value})


@dataclass(frozen=True)
class Line:
    """A criterion with its most points and the points given."""

    key: str
    name: str
    most: int
    points: int | None = None
    hint: str = ""


@dataclass(frozen=True)
class AssessmentFacts:
    """What the guards look at."""

    lines: tuple[Line, ...] = ()
    numbers_missing: tuple[str, ...] = ()
    conclusion: str = ""
    consents: bool = False


def total(lines: Sequence[Line]) -> tuple[int, int]:
    """(points given, most points)."""
    return sum(line.points or 0 for line in lines), sum(line.most for line in lines)


def grade_of(points: int, most: int, *, good: int, fair: int) -> Grade:
    """The grade of a total; `good` and `fair` are the least shares in per cent of the most points."""
    if most <= 0:
        return Grade.NONE
    if points * 100 >= good * most:
        return Grade.GOOD
    return Grade.FAIR if points * 100 >= fair * most else Grade.WEAK


def _marked(facts: AssessmentFacts) -> Iterable[Refusal]:
    if not facts.lines:
        yield Refusal("assessment.criteria", "Chưa có tiêu chí đánh giá nào cho ngày này.", PLAN)
    missing = [line.name for line in facts.lines if line.points is None]
    if missing:
        yield Refusal("assessment.points", f"Còn tiêu chí chưa chấm: {'; '.join(missing)}.", PLAN)
    for line in facts.lines:
        if line.points is not None and line.points > line.most:
            yield Refusal("assessment.most", f"{line.name}: không quá {line.most} điểm.", PLAN)
    if facts.numbers_missing:
        yield Refusal("assessment.numbers", f"Cần ghi: {', '.join(facts.numbers_missing)}.", PLAN)


def _concluded(facts: AssessmentFacts) -> Iterable[Refusal]:
    if not facts.conclusion.strip():
        yield Refusal("assessment.conclusion", "Cần ghi nhận xét, kết luận.", PLAN)


def _agreed(facts: AssessmentFacts) -> Iterable[Refusal]:
    if not facts.consents:
        yield Refusal(
            "assessment.consent",
            "Đối tác chưa đồng ý công khai. Ghi bản đồng ý ở trang đối tác trước.",
            CONSENT,
        )


DRAFT, PROPOSED = frozenset({AssessmentState.DRAFT.value}), frozenset({AssessmentState.PROPOSED.value})

ASSESSMENT_FLOW = Flow(
    key="partner-assessment",
    title="Đánh giá năng lực đối tác hằng năm",
    initial=AssessmentState.DRAFT,
    final=frozenset({AssessmentState.PUBLISHED, AssessmentState.DROPPED}),
    legal_basis=PLAN,
    transitions=(
        Transition("mark", DRAFT, None, MARKERS, "Chấm điểm, ghi năng lực", (), PLAN, style="primary"),
        Transition(
            "propose", DRAFT, AssessmentState.PROPOSED, MARKERS, "Trình kết luận", (_marked,), PLAN, style="primary"
        ),
        Transition(
            "return", PROPOSED, AssessmentState.DRAFT, CONCLUDERS, "Trả lại chấm lại", (), PLAN, needs_reason=True
        ),
        Transition(
            "conclude", PROPOSED, AssessmentState.CONCLUDED, CONCLUDERS, "Kết luận", (_marked, _concluded), PLAN,
            style="primary",
        ),
        Transition(
            "publish", frozenset({AssessmentState.CONCLUDED.value}), AssessmentState.PUBLISHED, CONCLUDERS,
            "Công bố trên trang công khai", (_agreed,), CONSENT, style="primary",
        ),
        Transition(
            "reopen", frozenset({AssessmentState.CONCLUDED.value}), AssessmentState.DRAFT, CONCLUDERS,
            "Mở lại để chấm lại", (), PLAN, needs_reason=True,
        ),
        Transition(
            "drop", DRAFT | PROPOSED, AssessmentState.DROPPED, CONCLUDERS, "Không đánh giá năm nay", (), PLAN,
            needs_reason=True, style="danger",
        ),
    ),
)  # fmt: skip
