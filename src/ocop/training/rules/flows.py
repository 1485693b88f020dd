"""The tables of the yearly plan and of one activity (plan IV.2.2, VI.1, VI.2, VI.12).

Province plans and activities are the standing agency's and the coordination office's; below the province the office
that the plan calls the district: "local.officer" and "local.leader" (`ocop.rulebook.offices`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

PROVINCE_DESK = frozenset({"advisory_officer", "standing_officer", "department_officer"})
PROVINCE_HEAD = frozenset({"province_leader"})
LOCAL_DESK = frozenset({"local.officer"})
LOCAL_HEAD = frozenset({"local.leader"})
ORGANISERS = PROVINCE_DESK | LOCAL_DESK
APPROVERS = PROVINCE_HEAD | LOCAL_HEAD
BASIS = "Mục IV.2.2 Kế hoạch OCOP tỉnh 2023-2025"

TOURS = frozenset({"tour", "tour_abroad"})
CERTIFIED = frozenset({"course", "tour", "tour_abroad", "workshop"})
INVITE_DAYS = 7
"""Days before the first day by which invitations should be out."""


@dataclass(frozen=True)
class PlanFacts:
    """What the guards of a yearly plan look at: its lines, the paper that approves it, what is still open."""

    lines: int
    number: str
    decided_on: date | None
    today: date
    open_courses: int


def has_lines(facts: PlanFacts) -> Iterator[Refusal]:
    """A plan without a line says nothing."""
    if not facts.lines:
        yield Refusal("plan.lines", "Kế hoạch chưa có dòng nào: hãy thêm chủ đề, số lớp, số người, kinh phí.")


def has_paper(facts: PlanFacts) -> Iterator[Refusal]:
    """Number and date of the approving paper, not ahead of today."""
    if not facts.number.strip() or facts.decided_on is None:
        yield Refusal("plan.paper", "Cần ghi số và ngày của văn bản phê duyệt.")
    elif facts.decided_on > facts.today:
        yield Refusal("plan.paper_day", "Ngày của văn bản phê duyệt không được sau hôm nay.")


def all_courses_ended(facts: PlanFacts) -> Iterator[Refusal]:
    """The year is summed up when nothing of it is under way."""
    if facts.open_courses:
        yield Refusal(
            "plan.open", f"Còn {facts.open_courses} hoạt động của kế hoạch chưa chốt kết quả hoặc chưa hủy."
        )


PLAN_FLOW = Flow(
    key="training.plan",
    title="Kế hoạch đào tạo năm",
    initial="draft",
    final=frozenset({"closed"}),
    legal_basis=BASIS,
    transitions=(
        Transition("submit", frozenset({"draft"}), "submitted", ORGANISERS, "Trình duyệt", (has_lines,), BASIS,
                   style="primary"),
        Transition("return", frozenset({"submitted"}), "draft", APPROVERS, "Trả lại để sửa", (), BASIS,
                   needs_reason=True),
        Transition("approve", frozenset({"submitted"}), "approved", APPROVERS, "Phê duyệt", (has_lines, has_paper),
                   BASIS, style="primary"),
        Transition("amend", frozenset({"approved"}), "draft", ORGANISERS, "Điều chỉnh kế hoạch", (), BASIS,
                   needs_reason=True),
        Transition("close", frozenset({"approved"}), "closed", ORGANISERS, "Tổng kết năm", (all_courses_ended,), BASIS,
                   style="primary", confirm="Tổng kết xong thì kế hoạch không sửa được nữa."),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class CourseFacts:
    """What the guards of an activity look at; counts of what stands under it."""

    kind: str
    today: date
    starts_on: date
    ends_on: date
    sessions: int
    coming: int
    empty_sessions: int
    entitled: int
    cost: int | None
    visits: int
    visits_without_lesson: int
    entries: int
    unscored_entries: int
    prizes: int
    agreements: int | None


def has_sessions(facts: CourseFacts) -> Iterator[Refusal]:
    """Nobody is invited to an activity without a day and an hour."""
    if not facts.sessions:
        yield Refusal("course.sessions", "Chưa có buổi nào: hãy thêm ngày, giờ, nơi của từng buổi.")


def has_people(facts: CourseFacts) -> Iterator[Refusal]:
    """An activity opens when somebody comes."""
    if not facts.coming:
        yield Refusal("course.people", "Chưa ai nhận lời và danh sách còn trống.")


def has_begun(facts: CourseFacts) -> Iterator[Refusal]:
    """Not before its first day."""
    if facts.today < facts.starts_on:
        yield Refusal("course.day", f"Khai mạc ngày {facts.starts_on:%d/%m/%Y}; chưa đến ngày.")


def is_over(facts: CourseFacts) -> Iterator[Refusal]:
    """Not before its last day."""
    if facts.today < facts.ends_on:
        yield Refusal("course.last_day", f"Ngày cuối là {facts.ends_on:%d/%m/%Y}; chưa kết thúc được.")


def all_attended(facts: CourseFacts) -> Iterator[Refusal]:
    """Every session has somebody who came."""
    if facts.empty_sessions:
        yield Refusal("course.attendance", f"{facts.empty_sessions} buổi chưa có ai được điểm danh.")


def may_certify(facts: CourseFacts) -> Iterator[Refusal]:
    """Certificates are for courses, tours and workshops, and only for those who were there enough."""
    if facts.kind not in CERTIFIED:
        yield Refusal("course.kind", "Loại hoạt động này không cấp giấy chứng nhận tham dự.")
    elif not facts.entitled:
        yield Refusal("course.entitled", "Chưa ai dự đủ tỷ lệ buổi học để được cấp giấy.")


def has_cost(facts: CourseFacts) -> Iterator[Refusal]:
    """What it cost, zero included."""
    if facts.cost is None:
        yield Refusal("course.cost", "Cần ghi kinh phí đã dùng (không có thì ghi 0).")


def has_results(facts: CourseFacts) -> Iterator[Refusal]:
    """What the plan wants of each kind: lessons of a tour, marks and prizes of a contest, agreements of a matching."""
    if facts.kind in TOURS and not facts.visits:
        yield Refusal("tour.visits", "Cần ghi ít nhất một mô hình đã tham quan.", "Mục IV.2.2.b")
    if facts.kind in TOURS and facts.visits_without_lesson:
        yield Refusal(
            "tour.lessons", f"{facts.visits_without_lesson} mô hình chưa ghi bài học rút ra.", "Mục IV.2.2.b"
        )
    if facts.kind == "contest" and not facts.entries:
        yield Refusal("contest.entries", "Hội thi chưa có bài dự thi nào.", "Mục IV.2.2.c")
    if facts.kind == "contest" and facts.unscored_entries:
        yield Refusal("contest.scores", f"{facts.unscored_entries} bài dự thi chưa có điểm.", "Mục IV.2.2.c")
    if facts.kind == "contest" and facts.entries and not facts.prizes:
        yield Refusal("contest.prizes", "Chưa trao giải nào.", "Mục IV.2.2.c")
    if facts.kind == "matching" and facts.agreements is None:
        yield Refusal(
            "matching.agreements", "Cần ghi số thỏa thuận đã ký (không có thì ghi 0).", "Mục IV.2.2.c"
        )


COURSE_FLOW = Flow(
    key="training.course",
    title="Hoạt động nâng cao năng lực",
    initial="planned",
    final=frozenset({"closed", "cancelled"}),
    legal_basis=BASIS,
    transitions=(
        Transition("invite", frozenset({"planned"}), "inviting", ORGANISERS, "Mở mời, gửi giấy mời", (has_sessions,),
                   BASIS, style="primary"),
        Transition("postpone", frozenset({"inviting"}), "planned", ORGANISERS, "Hoãn, đổi lịch", (), BASIS,
                   needs_reason=True),
        Transition("start", frozenset({"inviting"}), "running", ORGANISERS, "Khai mạc",
                   (has_sessions, has_people, has_begun), BASIS, style="primary"),
        Transition("finish", frozenset({"running"}), "ended", ORGANISERS, "Bế mạc, chốt danh sách",
                   (is_over, all_attended), BASIS, style="primary"),
        Transition("certify", frozenset({"ended"}), None, ORGANISERS, "Cấp giấy chứng nhận tham dự", (may_certify,),
                   BASIS),
        Transition("close", frozenset({"ended"}), "closed", ORGANISERS, "Chốt kết quả", (has_cost, has_results), BASIS,
                   style="primary"),
        Transition("cancel", frozenset({"planned", "inviting"}), "cancelled", ORGANISERS, "Hủy hoạt động", (), BASIS,
                   needs_reason=True, style="danger"),
    ),
)  # fmt: skip


def plan_due(state: str, year: int) -> date | None:
    """By when a yearly plan leaves its state: drawn up and approved before the year begins, summed up at its end."""
    return {
        "draft": date(year - 1, 12, 15),
        "submitted": date(year - 1, 12, 31),
        "approved": date(year, 12, 31),
    }.get(state)


def course_due(state: str, starts_on: date, ends_on: date, report_days: int) -> date | None:
    """By when an activity leaves its state: invited a week before, opened and ended on its days, then summed up."""
    return {
        "planned": starts_on - timedelta(days=INVITE_DAYS),
        "inviting": starts_on,
        "running": ends_on,
        "ended": ends_on + timedelta(days=report_days),
    }.get(state)
