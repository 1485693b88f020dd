"""What stands against a request for support: item out of force, ceiling, double support, no ground for the amount.

The plan gives the money by the provincial resolution (IV.3.2.a, V.2); the resolution's own text decides amounts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from ocop.kit.errors import Refusal
from ocop.kit.flow import Guard

NO_AMOUNT = "Mức hỗ trợ chưa có căn cứ"


@dataclass(frozen=True)
class ItemFacts:
    """What a policy says of one item. `amount` per measure and `ceiling` in đồng, `percent` of the cost."""

    name: str
    policy: str
    code: str
    content: str
    once_per: str = ""
    amount: int | None = None
    percent: Decimal | None = None
    ceiling: int | None = None
    valid_from: date = date.min
    valid_to: date | None = None
    for_unit: bool = True

    @property
    def has_amount(self) -> bool:
        """Whether a source says how much."""
        return self.amount is not None or self.percent is not None


@dataclass(frozen=True)
class Earlier:
    """Another request by which money was promised or paid; `paid` of it so far, in đồng."""

    policy: str
    code: str
    name: str
    content: str
    once_per: str
    producer: int
    product: int | None
    asked_on: date
    number: str
    decided_on: date
    amount: int
    paid: int

    @property
    def words(self) -> str:
        """The support that was given, with its decision and what was paid."""
        paid = f"đã chi {_money(self.paid)}" if self.paid else "chưa chi"
        given = f"“{self.name}” {_money(self.amount)}"
        return f"{given} theo Quyết định {self.number} ngày {self.decided_on:%d/%m/%Y} ({paid})"


@dataclass(frozen=True)
class SupportFacts:
    """What the guards of a request look at."""

    item: ItemFacts
    asked_on: date
    producer: int
    product: int | None
    quantity: int
    cost: int | None
    amount: int | None
    proposal: str = ""
    amount_basis: str = ""
    number: str = ""
    decided_on: date | None = None
    source: str = ""
    earlier: tuple[Earlier, ...] = ()
    decided_amount: int | None = None
    paid: int = 0
    payment: int | None = None
    proofs: int = 0
    plan_holds: bool = True


def _money(value: int) -> str:
    return f"{value:,} đ".replace(",", ".")


def limit(item: ItemFacts, quantity: int, cost: int | None) -> int | None:
    """The most that the policy lets be paid, in whole đồng (parts of a đồng are dropped); None without a ground.

    An item with a share of the cost needs the cost: without it the limit is 0.
    """
    found: list[int] = []
    if item.amount is not None:
        found.append(item.amount * quantity)
    if item.percent is not None:
        share = Decimal(cost or 0) * item.percent / 100
        found.append(int(share.to_integral_value(ROUND_DOWN)))
    if not found:
        return item.ceiling
    if item.ceiling is not None:
        found.append(item.ceiling)
    return min(found)


def in_force(facts: SupportFacts) -> Iterator[Refusal]:
    """The item must be in force on the day of the request, and be meant for the producer's unit."""
    item, day = facts.item, facts.asked_on
    if day < item.valid_from or (item.valid_to is not None and day > item.valid_to):
        until = f" đến hết {item.valid_to:%d/%m/%Y}" if item.valid_to else ""
        yield Refusal(
            "support.not_in_force",
            f"“{item.name}” áp dụng từ {item.valid_from:%d/%m/%Y}{until}; ngày đề nghị {day:%d/%m/%Y} nằm ngoài.",
        )
    if not item.for_unit:
        yield Refusal("support.elsewhere", f"“{item.name}” không áp dụng cho địa bàn của chủ thể này.")


def has_subject(facts: SupportFacts) -> Iterator[Refusal]:
    """An item that is paid once for each product needs the product; a share of the cost needs the cost."""
    if facts.item.once_per == "product" and facts.product is None:
        yield Refusal("support.product", f"“{facts.item.name}” hỗ trợ theo sản phẩm: hãy chọn sản phẩm.")
    if facts.item.percent is not None and not facts.cost:
        yield Refusal("support.cost", f"“{facts.item.name}” tính theo chi phí: hãy ghi tổng chi phí.")


def on_approved_plan(facts: SupportFacts) -> Iterator[Refusal]:
    """A business plan that the request names must be approved (IV.3.2.a)."""
    if not facts.plan_holds:
        yield Refusal("support.plan", "Phương án sản xuất kinh doanh của đề nghị này chưa được chấp thuận.")


def under_ceiling(facts: SupportFacts) -> Iterator[Refusal]:
    """The amount must not pass what the policy gives, nor what the work costs where that is known."""
    most = limit(facts.item, facts.quantity, facts.cost)
    if facts.amount is not None and most is not None and facts.amount > most:
        yield Refusal(
            "support.ceiling",
            f"Số tiền {_money(facts.amount)} vượt mức chính sách cho phép là {_money(most)}.",
        )
    if facts.amount is not None and facts.cost and facts.amount > facts.cost:
        yield Refusal(
            "support.cost_passed",
            f"Số tiền {_money(facts.amount)} vượt tổng chi phí của việc này là {_money(facts.cost)}.",
        )


def not_twice(facts: SupportFacts) -> Iterator[Refusal]:
    """The same thing is not paid twice; the earlier support is named."""
    for earlier in facts.earlier:
        if is_double(facts, earlier):
            yield Refusal(
                "support.double", f"Đã được hỗ trợ: {earlier.words}. Không hỗ trợ hai lần cho cùng một việc."
            )


def is_double(facts: SupportFacts, earlier: Earlier) -> bool:
    """Whether an earlier support was for the same thing.

    The same item: by `once_per` ever, for the producer or the product. Another policy for the same content: for the
    same product (for the producer where neither names one), ever when either item is paid once, else in one year.
    """
    item = facts.item
    same_product = facts.product is not None and facts.product == earlier.product
    same_target = same_product or (
        facts.producer == earlier.producer and facts.product is None and earlier.product is None
    )
    if (item.policy, item.code) == (earlier.policy, earlier.code):
        if item.once_per == "producer":
            return facts.producer == earlier.producer
        return item.once_per == "product" and same_product
    if item.policy == earlier.policy or item.content != earlier.content:
        return False
    if "producer" in (item.once_per, earlier.once_per):
        return facts.producer == earlier.producer
    if "product" in (item.once_per, earlier.once_per):
        return same_target
    return same_target and facts.asked_on.year == earlier.asked_on.year


def is_appraised(facts: SupportFacts) -> Iterator[Refusal]:
    """An appraisal says what it proposes, and how much."""
    if not facts.proposal:
        yield Refusal("support.proposal", "Cần chọn đề nghị hỗ trợ hay không.")
    elif facts.proposal == "support" and facts.amount is None:
        yield Refusal("support.amount", "Cần ghi số tiền thẩm định.")


def is_decision(facts: SupportFacts) -> Iterator[Refusal]:
    """A decision has number, day, amount and source; where the policy names no amount, also the ground for it."""
    if not facts.number.strip() or facts.decided_on is None:
        yield Refusal("support.number", "Cần ghi số và ngày của quyết định.")
    elif facts.decided_on < facts.asked_on:
        yield Refusal("support.day", f"Quyết định không thể trước ngày đề nghị {facts.asked_on:%d/%m/%Y}.")
    if facts.amount is None:
        yield Refusal("support.amount", "Cần ghi số tiền được hỗ trợ.")
    if not facts.source:
        yield Refusal("support.source", "Cần chọn nguồn chi.")
    if not facts.item.has_amount and not facts.amount_basis.strip():
        yield Refusal(
            "support.no_basis",
            f"{NO_AMOUNT}: cần ghi căn cứ của số tiền do người có thẩm quyền quyết định.",
        )


def within_decided(facts: SupportFacts) -> Iterator[Refusal]:
    """Payments together do not pass what was decided."""
    left = (facts.decided_amount or 0) - facts.paid
    if facts.payment is not None and facts.payment > left:
        yield Refusal(
            "support.overpaid",
            f"Đã chi {_money(facts.paid)} trong số {_money(facts.decided_amount or 0)} được duyệt; "
            f"chỉ còn chi được {_money(max(left, 0))}.",
        )


def was_paid(facts: SupportFacts) -> Iterator[Refusal]:
    """Only what was paid can be settled, and with its proof."""
    if facts.paid <= 0:
        yield Refusal("support.unpaid", "Chưa có lần chi nào.")
    if not facts.proofs:
        yield Refusal("support.proof", "Cần có ít nhất một tệp minh chứng (hóa đơn, biên bản nghiệm thu).")


def unpaid(facts: SupportFacts) -> Iterator[Refusal]:
    """What was paid is first taken back in the ledger."""
    if facts.paid > 0:
        yield Refusal(
            "support.paid",
            f"Đã chi {_money(facts.paid)}: hãy đảo các lần chi trong sổ vốn trước khi thôi thực hiện.",
        )


ASKED: tuple[Guard, ...] = (in_force, has_subject, on_approved_plan, under_ceiling, not_twice)
"""Against sending a request, and again against deciding it."""
