"""Technology needs, the yearly research list, introductions and transfers (clause IV.6.1)."""

from collections.abc import Iterable
from dataclasses import dataclass

from ocop.development.enums import ListState, NeedState
from ocop.development.rules.roles import LOCAL, PRODUCER, PROVINCE_LEADER, SCIENCE, SCIENCE_PLAN
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

N, L = NeedState, ListState


@dataclass(frozen=True)
class NeedFacts:
    """What the guards look at."""

    technology: bool = False
    transferred: bool = False
    in_order: bool = True
    capacity_after: bool = False
    list_open: bool = False
    list_decided: bool = False


@dataclass(frozen=True)
class ListFacts:
    """What the guards look at."""

    needs: int = 0
    number: str = ""
    decided: bool = False
    in_order: bool = True


def _introduced(facts: NeedFacts) -> Iterable[Refusal]:
    if not facts.technology:
        yield Refusal("need.technology", "Cần chọn công nghệ, thiết bị được giới thiệu.", SCIENCE_PLAN)


def _transferred(facts: NeedFacts) -> Iterable[Refusal]:
    if not facts.transferred or not facts.capacity_after:
        yield Refusal("need.transfer", "Cần ghi ngày chuyển giao và năng lực trước, sau.", SCIENCE_PLAN)
    if not facts.in_order:
        yield Refusal(
            "need.day", "Ngày giới thiệu, chuyển giao không được ở tương lai hoặc ngược thứ tự.", SCIENCE_PLAN
        )


def _in_draft(facts: NeedFacts) -> Iterable[Refusal]:
    if not facts.list_open:
        yield Refusal("need.list", "Chưa có danh mục của năm đang tổng hợp.", SCIENCE_PLAN)


def _decided(facts: NeedFacts) -> Iterable[Refusal]:
    if not facts.list_decided:
        yield Refusal("need.decided", "Nhu cầu được duyệt cùng danh mục của năm.", SCIENCE_PLAN)


def _has_needs(facts: ListFacts) -> Iterable[Refusal]:
    if not facts.needs:
        yield Refusal("list.empty", "Danh mục chưa có nhu cầu nào.", SCIENCE_PLAN)


def _numbered(facts: ListFacts) -> Iterable[Refusal]:
    if not facts.number.strip() or not facts.decided:
        yield Refusal("list.number", "Cần ghi số và ngày quyết định.", SCIENCE_PLAN)
    if not facts.in_order:
        yield Refusal("list.day", "Ngày quyết định không được ở tương lai.", SCIENCE_PLAN)


def _of(*states: NeedState | ListState) -> frozenset[str]:
    return frozenset(state.value for state in states)


NEED_FLOW = Flow(
    key="technology-need",
    title="Nhu cầu công nghệ của chủ thể",
    initial=N.PROPOSED,
    final=_of(N.TRANSFERRED, N.DECLINED, N.WITHDRAWN),
    legal_basis=SCIENCE_PLAN,
    transitions=(
        Transition("gather", _of(N.PROPOSED), N.GATHERED, LOCAL, "Tổng hợp", (), SCIENCE_PLAN, style="primary"),
        Transition(
            "list", _of(N.GATHERED), N.LISTED, SCIENCE, "Đưa vào dự thảo danh mục", (_in_draft,), SCIENCE_PLAN
        ),
        Transition(
            "approve", _of(N.LISTED), N.APPROVED, PROVINCE_LEADER, "Duyệt cùng danh mục", (_decided,), SCIENCE_PLAN
        ),
        Transition(
            "introduce", _of(N.GATHERED, N.APPROVED), N.INTRODUCED, SCIENCE, "Giới thiệu công nghệ", (_introduced,),
            SCIENCE_PLAN, style="primary",
        ),
        Transition(
            "transfer", _of(N.INTRODUCED), N.TRANSFERRED, SCIENCE | LOCAL, "Ghi kết quả chuyển giao",
            (_introduced, _transferred), SCIENCE_PLAN, style="primary",
        ),
        Transition(
            "decline", _of(N.PROPOSED), N.DECLINED, LOCAL, "Không đưa vào", (), SCIENCE_PLAN, needs_reason=True,
            style="danger",
        ),
        Transition(
            "drop", _of(N.GATHERED, N.LISTED, N.APPROVED, N.INTRODUCED), N.DECLINED, SCIENCE, "Dừng", (), SCIENCE_PLAN,
            needs_reason=True, style="danger",
        ),
        Transition(
            "withdraw", _of(N.PROPOSED, N.GATHERED), N.WITHDRAWN, PRODUCER, "Rút đề xuất", (), SCIENCE_PLAN,
            needs_reason=True,
        ),
    ),
)  # fmt: skip

LIST_FLOW = Flow(
    key="research-list",
    title="Danh mục nghiên cứu triển khai khoa học và công nghệ hằng năm",
    initial=L.DRAFT,
    final=_of(L.APPROVED),
    legal_basis=SCIENCE_PLAN,
    transitions=(
        Transition(
            "compile", _of(L.DRAFT), None, SCIENCE, "Lấy mọi nhu cầu đã tổng hợp", (), SCIENCE_PLAN, style="primary"
        ),
        Transition(
            "submit", _of(L.DRAFT), L.SUBMITTED, SCIENCE, "Trình duyệt", (_has_needs,), SCIENCE_PLAN, style="primary"
        ),
        Transition(
            "return", _of(L.SUBMITTED), L.DRAFT, PROVINCE_LEADER, "Trả lại", (), SCIENCE_PLAN, needs_reason=True
        ),
        Transition(
            "approve", _of(L.SUBMITTED), L.APPROVED, PROVINCE_LEADER, "Duyệt danh mục", (_has_needs, _numbered),
            SCIENCE_PLAN, style="primary",
        ),
    ),
)  # fmt: skip
