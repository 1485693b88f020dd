"""The procedures of promotion as tables: sale points, fairs, registrations for fairs, requests of buyers.

The regulation of sale points (Decision 4086/QĐ-UBND) was not found in full: who checks and who recognises is read from
the plan, which has each district keep its sale points; after 30/6/2025 the agency in the dated setting does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Guard, Transition
from ocop.promotion.enums import CheckOutcome, EntryState, FairState, PointState, RequestState

REGULATION = "Quyết định 4086/QĐ-UBND ngày 01/12/2020 của UBND tỉnh"
PLAN = "Kế hoạch OCOP Hà Tĩnh 2023-2025, mục IV.5"

OWNERS = frozenset({"producer.owner", "producer.staff", "producer.helper"})
LOCAL = frozenset({"local.officer"})
LEADERS = frozenset({"local.leader"})
CLERKS = frozenset({"local.clerk"})
TRADE = frozenset({"department_officer"})
"""Officers of the departments of the province, the department of industry and trade among them (plan, part VI.3)."""
ORGANISERS = frozenset(
    {"department_officer", "standing_officer", "advisory_officer", "district_officer", "commune_officer"}
)


@dataclass(frozen=True)
class PointFacts:
    """What the guards of a sale point look at; `outcome` is that of the last visit, "" before the first."""

    outcome: str = ""
    failed: int = 0


@dataclass(frozen=True)
class FairFacts:
    """What the guards of a fair look at, as counts of its registrations."""

    today: date
    deadline: date
    starts_on: date
    ends_on: date
    stands: int
    waiting: int = 0
    selected: int = 0
    unreported: int = 0
    without_star: int = 0


@dataclass(frozen=True)
class EntryFacts:
    """What the guards of a registration look at."""

    fair_state: str
    today: date
    deadline: date
    starts_on: date
    stands_left: int


@dataclass(frozen=True)
class RequestFacts:
    """What the guards of a buyer's request look at."""

    agreements: int = 0


def visit_passed(facts: PointFacts) -> Iterable[Refusal]:
    """Recognition stands on a visit whose required criteria are met."""
    if facts.outcome == CheckOutcome.FAILED:
        yield Refusal("point.failed", f"Lần kiểm tra gần nhất còn {facts.failed} tiêu chí bắt buộc chưa đạt.")
    elif facts.outcome != CheckOutcome.PASSED:
        yield Refusal("point.unchecked", "Phiếu kiểm tra chưa trả lời đủ các tiêu chí.")


def deadline_is_ahead(facts: FairFacts) -> Iterable[Refusal]:
    """A call gives producers time: its deadline lies ahead, and before the event."""
    if facts.deadline < facts.today:
        yield Refusal("fair.deadline", "Hạn đăng ký đã qua.")
    if facts.deadline > facts.starts_on:
        yield Refusal("fair.late", "Hạn đăng ký phải trước ngày khai mạc.")


def deadline_is_over(facts: FairFacts) -> Iterable[Refusal]:
    """Registrations are taken up to the last day of the call."""
    if facts.today <= facts.deadline:
        yield Refusal("fair.open", f"Còn nhận đăng ký đến hết ngày {facts.deadline:%d/%m/%Y}.")


def all_answered(facts: FairFacts) -> Iterable[Refusal]:
    """Nobody who registered is left without an answer."""
    if facts.waiting:
        yield Refusal("fair.waiting", f"Còn {facts.waiting} đăng ký chưa chọn hoặc chưa trả lời.")


def stands_suffice(facts: FairFacts) -> Iterable[Refusal]:
    """No more stands are given than there are."""
    if facts.selected > facts.stands:
        yield Refusal("fair.stands", f"Đã chọn {facts.selected} đăng ký, chỉ có {facts.stands} gian hàng.")


def stars_hold(facts: FairFacts) -> Iterable[Refusal]:
    """A call for OCOP products shows no product whose star does not count on the opening day."""
    if facts.without_star:
        yield Refusal(
            "fair.stars",
            f"{facts.without_star} sản phẩm được chọn không còn sao vào ngày khai mạc; hãy bỏ ra.",
        )


def event_is_over(facts: FairFacts) -> Iterable[Refusal]:
    """Results are known after the last day."""
    if facts.today < facts.ends_on:
        yield Refusal("fair.running", f"Sự kiện chưa kết thúc (ngày {facts.ends_on:%d/%m/%Y}).")


def all_reported(facts: FairFacts) -> Iterable[Refusal]:
    """Every participant has its figures."""
    if facts.unreported:
        yield Refusal("fair.unreported", f"Còn {facts.unreported} chủ thể chưa có kết quả bán hàng.")


def selection_is_open(facts: EntryFacts) -> Iterable[Refusal]:
    """Selected and refused while the call runs or the selection does."""
    if facts.fair_state not in (FairState.CALLING, FairState.SELECTING):
        yield Refusal("entry.closed", "Danh sách gian hàng đã chốt.")


def stand_is_left(facts: EntryFacts) -> Iterable[Refusal]:
    """There is a stand to give."""
    if facts.stands_left < 1:
        yield Refusal("entry.full", "Đã hết gian hàng.")


def event_has_begun(facts: EntryFacts) -> Iterable[Refusal]:
    """Figures of sales before the opening are none."""
    if facts.today < facts.starts_on:
        yield Refusal("entry.early", f"Sự kiện chưa khai mạc (ngày {facts.starts_on:%d/%m/%Y}).")


def somebody_agreed(facts: RequestFacts) -> Iterable[Refusal]:
    """Signed only with what was signed."""
    if not facts.agreements:
        yield Refusal("request.agreement", "Chưa ghi hợp đồng hoặc biên bản ghi nhớ nào cho nhu cầu này.")


def _move(
    basis: str, name: str, source: Iterable[str], target: str | None, roles: frozenset[str], label: str,
    *guards: Guard, reason: bool = False, confirm: str = "", style: str = "secondary",
) -> Transition:  # fmt: skip
    return Transition(
        name=name, source=frozenset(str(one) for one in source), target=str(target) if target else None, roles=roles,
        label=label, guards=guards, legal_basis=basis, needs_reason=reason, confirm=confirm, style=style,
    )  # fmt: skip


P, F, E, R = PointState, FairState, EntryState, RequestState

SALE_POINT = Flow(
    key="sale-point",
    title="Điểm giới thiệu và bán sản phẩm OCOP theo Quyết định 4086/QĐ-UBND",
    initial=P.REGISTERED.value,
    final=frozenset({P.CLOSED.value, P.REVOKED.value, P.REFUSED.value, P.WITHDRAWN.value}),
    legal_basis=REGULATION,
    transitions=(
        _move(REGULATION, "check", (P.REGISTERED,), P.CHECKED, LOCAL, "Ghi kết quả kiểm tra", style="primary"),
        _move(REGULATION, "return", (P.REGISTERED, P.CHECKED), P.RETURNED, LOCAL, "Trả lại để bổ sung", reason=True),
        _move(REGULATION, "resubmit", (P.RETURNED,), P.REGISTERED, OWNERS | LOCAL, "Gửi lại", style="primary"),
        _move(REGULATION, "withdraw", (P.REGISTERED, P.RETURNED), P.WITHDRAWN, OWNERS | LOCAL, "Rút đăng ký",
              reason=True),
        _move(REGULATION, "recheck", (P.CHECKED,), None, LOCAL, "Kiểm tra lại", style="primary"),
        _move(REGULATION, "approve", (P.CHECKED,), P.APPROVED, LEADERS, "Duyệt công nhận", visit_passed,
              style="primary"),
        _move(REGULATION, "refuse", (P.CHECKED,), P.REFUSED, LEADERS, "Không công nhận", reason=True),
        _move(REGULATION, "number", (P.APPROVED,), P.OPEN, CLERKS, "Ghi số, ngày quyết định", style="primary"),
        _move(REGULATION, "inspect", (P.OPEN,), None, LOCAL | TRADE, "Kiểm tra hằng năm", style="primary"),
        _move(REGULATION, "close", (P.OPEN,), P.CLOSED, OWNERS | LOCAL, "Đóng điểm bán", reason=True),
        _move(REGULATION, "revoke", (P.OPEN,), P.REVOKED, LEADERS, "Thu hồi công nhận", reason=True, style="danger"),
    ),
)  # fmt: skip

FAIR = Flow(
    key="fair",
    title="Hội chợ, triển lãm, phiên chợ, gian hàng lễ hội",
    initial=F.DRAFT.value,
    final=frozenset({F.REPORTED.value, F.CANCELLED.value}),
    legal_basis=PLAN,
    transitions=(
        _move(PLAN, "publish", (F.DRAFT,), F.CALLING, ORGANISERS, "Mời đăng ký", deadline_is_ahead, style="primary"),
        _move(PLAN, "extend", (F.CALLING,), None, ORGANISERS, "Gia hạn đăng ký", reason=True),
        _move(PLAN, "close_calls", (F.CALLING,), F.SELECTING, ORGANISERS, "Kết thúc nhận đăng ký", deadline_is_over,
              style="primary"),
        _move(PLAN, "settle", (F.SELECTING,), F.LISTED, ORGANISERS, "Chốt danh sách gian hàng", all_answered,
              stands_suffice, stars_hold, style="primary"),
        _move(PLAN, "report", (F.LISTED,), F.REPORTED, ORGANISERS, "Báo cáo kết quả", event_is_over, all_reported,
              style="primary"),
        _move(PLAN, "cancel", (F.DRAFT, F.CALLING, F.SELECTING, F.LISTED), F.CANCELLED, ORGANISERS, "Hủy",
              reason=True, style="danger"),
    ),
)  # fmt: skip

ENTRY = Flow(
    key="fair-entry",
    title="Đăng ký tham gia hội chợ, phiên chợ",
    initial=E.REGISTERED.value,
    final=frozenset({E.REPORTED.value, E.ABSENT.value, E.REFUSED.value, E.WITHDRAWN.value}),
    legal_basis=PLAN,
    transitions=(
        _move(PLAN, "select", (E.REGISTERED,), E.SELECTED, ORGANISERS, "Chọn", selection_is_open, stand_is_left,
              style="primary"),
        _move(PLAN, "refuse", (E.REGISTERED, E.SELECTED), E.REFUSED, ORGANISERS, "Không chọn", selection_is_open,
              reason=True),
        _move(PLAN, "withdraw", (E.REGISTERED, E.SELECTED), E.WITHDRAWN, OWNERS, "Rút đăng ký", reason=True),
        _move(PLAN, "report", (E.SELECTED,), E.REPORTED, OWNERS | ORGANISERS, "Ghi kết quả", event_has_begun,
              style="primary"),
        _move(PLAN, "absent", (E.SELECTED,), E.ABSENT, ORGANISERS, "Ghi không tham gia", event_has_begun, reason=True),
    ),
)  # fmt: skip

REQUEST = Flow(
    key="purchase-request",
    title="Kết nối cung - cầu theo nhu cầu của bên mua",
    initial=R.OPEN.value,
    final=frozenset({R.DONE.value, R.UNMET.value, R.WITHDRAWN.value}),
    legal_basis=PLAN,
    transitions=(
        _move(PLAN, "introduce", (R.OPEN, R.INTRODUCED), R.INTRODUCED, ORGANISERS, "Giới thiệu chủ thể",
              style="primary"),
        _move(PLAN, "sign", (R.OPEN, R.INTRODUCED), R.SIGNED, ORGANISERS, "Ghi nhận đã ký kết", somebody_agreed,
              style="primary"),
        _move(PLAN, "complete", (R.SIGNED,), R.DONE, ORGANISERS, "Đã thực hiện xong", style="primary"),
        _move(PLAN, "give_up", (R.OPEN, R.INTRODUCED), R.UNMET, ORGANISERS, "Không đáp ứng được", reason=True),
        _move(PLAN, "withdraw", (R.OPEN, R.INTRODUCED, R.SIGNED), R.WITHDRAWN, ORGANISERS, "Bên mua rút", reason=True),
    ),
)  # fmt: skip

FLOWS = (SALE_POINT, FAIR, ENTRY, REQUEST)
