"""The choice of ideas: the flow of an idea and of a meeting, points by criteria, who comes first (plan IV.3.2.a)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ocop.cycle.enums import IdeaState, MeetingState, Processing, Verdict
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

ARTICLE = "Kế hoạch Chương trình OCOP tỉnh Hà Tĩnh 2023-2025, mục IV.3.2.a"
DISTRICT = (
    "Kế hoạch Chương trình OCOP tỉnh Hà Tĩnh 2023-2025, mục IV.3.2.a và phần tổ chức thực hiện, khoản 12"
)
COMMUNE = "Kế hoạch Chương trình OCOP tỉnh Hà Tĩnh 2023-2025, phần tổ chức thực hiện, khoản 13"
PRODUCER = frozenset({"producer.owner", "producer.staff", "producer.helper"})
HELPERS = frozenset({"commune_officer", "local.officer"})
OFFICER, LEADER = frozenset({"local.officer"}), frozenset({"local.leader"})
MEETING = "selection.meeting"
"""Held by whoever approves a meeting's list, towards the ideas on it; no page offers these verbs by themselves."""


@dataclass(frozen=True)
class IdeaFacts:
    """What the guards of an idea look at: how many required answers are open, and where."""

    missing: tuple[str, ...] = ()


def _answered(facts: IdeaFacts) -> Iterable[Refusal]:
    if facts.missing:
        yield Refusal("idea.missing", f"Còn thiếu: {', '.join(facts.missing)}.", ARTICLE)


def _from(*states: IdeaState) -> frozenset[str]:
    return frozenset(states)


IDEA_FLOW = Flow(
    key="idea-selection",
    title="Đăng ký và xét chọn ý tưởng",
    initial=IdeaState.DRAFT,
    final=frozenset({IdeaState.SELECTED, IdeaState.REFUSED, IdeaState.WITHDRAWN}),
    legal_basis=ARTICLE,
    transitions=(
        Transition(
            "register", _from(IdeaState.DRAFT), IdeaState.REGISTERED, PRODUCER | HELPERS, "Gửi đăng ký",
            (_answered,), ARTICLE, style="primary",
        ),
        Transition(
            "return", _from(IdeaState.REGISTERED), IdeaState.DRAFT, HELPERS, "Trả lại để bổ sung", (), COMMUNE,
            needs_reason=True,
        ),
        Transition(
            "list", _from(IdeaState.REGISTERED), IdeaState.LISTED, OFFICER, "Đưa vào phiên xét chọn",
            (), DISTRICT, style="primary",
        ),
        Transition(
            "unlist", _from(IdeaState.LISTED), IdeaState.REGISTERED, OFFICER, "Bỏ khỏi phiên xét chọn",
            (), DISTRICT,
        ),
        Transition(
            "select", _from(IdeaState.LISTED), IdeaState.SELECTED, frozenset({MEETING}), "Chọn", (), DISTRICT,
        ),
        Transition(
            "refuse", _from(IdeaState.LISTED), IdeaState.REFUSED, frozenset({MEETING}), "Không chọn", (), DISTRICT,
            needs_reason=True,
        ),
        Transition(
            "withdraw", _from(IdeaState.DRAFT, IdeaState.REGISTERED), IdeaState.WITHDRAWN, PRODUCER | HELPERS,
            "Rút ý tưởng", (), ARTICLE, needs_reason=True, style="danger",
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Criterion:
    """A criterion of selection: most points; `fact` names the fact of the idea that gives a priority its points."""

    key: str
    name: str
    most: int
    fact: str = ""


@dataclass(frozen=True)
class Scored:
    """An idea of a meeting as the guards look at it."""

    name: str
    verdict: str
    reason: str
    open: tuple[str, ...]
    points: int


def given_by_facts(criteria: Sequence[Criterion], facts: Mapping[str, bool]) -> dict[str, int]:
    """Points of the priorities: all of them where the fact holds, none where it does not."""
    return {one.key: one.most if facts.get(one.fact) else 0 for one in criteria if one.fact}


def facts_of(*, youth: bool, women: bool, processing: str) -> dict[str, bool]:
    """The facts of an idea that criteria may ask for."""
    return {"youth": youth, "women": women, "deep": processing == Processing.DEEP}


def wrong_points(criteria: Sequence[Criterion], scores: Mapping[str, int]) -> list[Refusal]:
    """Refusals of points outside of what a criterion allows, and of criteria that are not in force."""
    known = {one.key: one for one in criteria}
    found = []
    for key, points in scores.items():
        if key not in known:
            found.append(Refusal("score.criterion", f"Không có tiêu chí “{key}”.", ARTICLE))
        elif not 0 <= points <= known[key].most:
            one = known[key]
            found.append(Refusal("score.points", f"{one.name}: điểm phải từ 0 đến {one.most}.", ARTICLE))
    return found


def open_criteria(criteria: Sequence[Criterion], scores: Mapping[str, int]) -> tuple[str, ...]:
    """Names of the criteria that nobody has given points for."""
    return tuple(one.name for one in criteria if one.key not in scores)


def proposed(points: int, *, needed: int) -> str:
    """What the points propose: chosen from the needed points on."""
    return Verdict.SELECT if points >= needed else Verdict.REFUSE


@dataclass(frozen=True)
class MeetingFacts:
    """What the guards of a meeting look at; `needed` are the points from which an idea may be chosen, `ahead` the day
    of a meeting that has not been held yet."""

    lines: tuple[Scored, ...] = ()
    present: int = 0
    invited: int = 0
    needed: int = 0
    ahead: date | None = None


def _was_held(facts: MeetingFacts) -> Iterable[Refusal]:
    if facts.ahead:
        yield Refusal(
            "meeting.ahead",
            f"Phiên họp ngày {facts.ahead:%d/%m/%Y}; danh sách được trình từ ngày đó.",
            ARTICLE,
        )


def _has_ideas(facts: MeetingFacts) -> Iterable[Refusal]:
    if not facts.lines:
        yield Refusal("meeting.empty", "Phiên chưa có ý tưởng nào để xét.", ARTICLE)


def _attended(facts: MeetingFacts) -> Iterable[Refusal]:
    if facts.invited == 0:
        yield Refusal("meeting.members", "Chưa ghi thành phần dự họp.", ARTICLE)
    elif facts.present * 2 <= facts.invited:
        yield Refusal(
            "meeting.quorum", f"Mới có {facts.present}/{facts.invited} người dự; cần quá nửa.", ARTICLE
        )


def _all_scored(facts: MeetingFacts) -> Iterable[Refusal]:
    for line in facts.lines:
        if line.open:
            yield Refusal("meeting.score", f"“{line.name}” còn chưa chấm: {', '.join(line.open)}.", ARTICLE)
        elif not line.verdict:
            yield Refusal("meeting.verdict", f"“{line.name}” chưa có đề nghị chọn hay không chọn.", ARTICLE)
        elif line.verdict == Verdict.REFUSE and not line.reason.strip():
            yield Refusal("meeting.reason", f"“{line.name}” không được chọn mà chưa ghi lý do.", ARTICLE)
        elif line.verdict == Verdict.SELECT and line.points < facts.needed:
            yield Refusal(
                "meeting.points",
                f"“{line.name}” được {line.points} điểm, chưa đủ {facts.needed} điểm để chọn.",
                ARTICLE,
            )


MEETING_FLOW = Flow(
    key="selection-meeting",
    title="Phiên xét chọn ý tưởng",
    initial=MeetingState.PLANNED,
    final=frozenset({MeetingState.APPROVED, MeetingState.CANCELLED}),
    legal_basis=DISTRICT,
    transitions=(
        Transition(
            "submit", frozenset({MeetingState.PLANNED}), MeetingState.SUBMITTED, OFFICER,
            "Trình danh sách", (_was_held, _has_ideas, _attended, _all_scored), DISTRICT, style="primary",
        ),
        Transition(
            "approve", frozenset({MeetingState.SUBMITTED}), MeetingState.APPROVED, LEADER,
            "Phê duyệt danh sách", (_all_scored,), DISTRICT, style="primary",
        ),
        Transition(
            "return", frozenset({MeetingState.SUBMITTED}), MeetingState.PLANNED, LEADER,
            "Trả lại để xét lại", (), DISTRICT, needs_reason=True,
        ),
        Transition(
            "cancel", frozenset({MeetingState.PLANNED}), MeetingState.CANCELLED, OFFICER,
            "Hủy phiên", (), DISTRICT, needs_reason=True, style="danger",
        ),
    ),
)  # fmt: skip
