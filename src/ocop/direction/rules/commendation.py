"""The flow of a nomination for commendation (section IV.14 of the plan), and the checks that the data answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ocop.direction.enums import NominationState
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

ARTICLE = "Kế hoạch OCOP giai đoạn 2023-2025, mục IV.14"
NOMINATOR, EXAMINER, DECIDER = "nomination.nominator", "nomination.examiner", "nomination.decider"


@dataclass(frozen=True)
class Check:
    """One look at the data: what was asked, what was found, whether it stands against the nomination."""

    key: str
    label: str
    found: str
    fails: bool = False


@dataclass(frozen=True)
class Record:
    """What the data know of a nominee in the years looked at."""

    kind: str
    violations: int = 0
    revoked: int = 0
    stars: int = 0
    tasks: int = 0
    done: int = 0
    overdue: int = 0
    products: int = 0


def checks_of(record: Record) -> list[Check]:
    """No violation, no star taken back, and what was achieved. A person is checked by the office: the system keeps no
    file on persons."""
    if record.kind == "person":
        return [
            Check(
                "person",
                "Vi phạm, kỷ luật của cá nhân",
                "Hệ thống không có dữ liệu; cơ quan đề nghị xác nhận",
            )
        ]
    if record.kind == "producer":
        return [
            Check("violations", "Vi phạm bị xử lý", f"{record.violations} vụ", record.violations > 0),
            Check("revoked", "Sao bị thu hồi", f"{record.revoked} giấy chứng nhận", record.revoked > 0),
            Check("stars", "Sản phẩm còn sao", f"{record.products} sản phẩm, cao nhất {record.stars} sao",
                  record.products == 0),
        ]  # fmt: skip
    return [
        Check("tasks", "Nhiệm vụ hoàn thành", f"{record.done}/{record.tasks} nhiệm vụ"),
        Check("overdue", "Nhiệm vụ quá hạn", f"{record.overdue} nhiệm vụ", record.overdue > 0),
    ]


@dataclass(frozen=True)
class NominationFacts:
    """What the guards look at."""

    has_proof: bool = False
    merits: str = ""
    checks: Sequence[Check] = field(default_factory=tuple)
    yes: int | None = None
    no: int | None = None
    abstained: int | None = None
    council_on: date | None = None
    number: str = ""
    decided_on: date | None = None


def is_proved(facts: NominationFacts) -> Iterable[Refusal]:
    """A nomination says why and shows it."""
    if not facts.merits.strip():
        yield Refusal("nomination.merits", "Cần ghi thành tích.")
    if not facts.has_proof:
        yield Refusal("nomination.proof", "Cần minh chứng thành tích (tệp đính kèm).")


def stands_clear(facts: NominationFacts) -> Iterable[Refusal]:
    """Nothing in the data stands against it."""
    for check in facts.checks:
        if check.fails:
            yield Refusal(
                f"nomination.{check.key}", f"{check.label}: {check.found}. Không đủ điều kiện đề nghị khen."
            )


def has_votes(facts: NominationFacts) -> Iterable[Refusal]:
    """The council's opinion is a day and three counts, not all nought."""
    counts = (facts.yes, facts.no, facts.abstained)
    if facts.council_on is None or None in counts or not sum(one or 0 for one in counts):
        yield Refusal("nomination.votes", "Cần ngày họp và số ý kiến đồng ý, không đồng ý, không có ý kiến.")


def majority(facts: NominationFacts) -> Iterable[Refusal]:
    """More than half of the opinions agree."""
    total = (facts.yes or 0) + (facts.no or 0) + (facts.abstained or 0)
    if 2 * (facts.yes or 0) <= total:
        yield Refusal("nomination.majority", f"Chỉ {facts.yes or 0}/{total} ý kiến đồng ý, chưa quá nửa.")


def is_decided(facts: NominationFacts) -> Iterable[Refusal]:
    """A decision has number and day, not before the council met."""
    if not facts.number.strip() or facts.decided_on is None:
        yield Refusal("nomination.decision", "Cần số và ngày quyết định khen thưởng.")
    elif facts.council_on is not None and facts.decided_on < facts.council_on:
        yield Refusal("nomination.order", "Ngày quyết định trước ngày họp Hội đồng.")


def _step(
    name: str, source: tuple[str, ...], target: str, role: str, label: str, *guards: object, reason: bool = False,
    style: str = "secondary",
) -> Transition:  # fmt: skip
    return Transition(
        name, frozenset(source), target, frozenset({role}), label, guards=guards,  # type: ignore[arg-type]
        legal_basis=ARTICLE, needs_reason=reason, style=style,
    )  # fmt: skip


NOMINATION = Flow(
    "khen_thuong",
    "Đề nghị khen thưởng",
    NominationState.DRAFT.value,
    frozenset({NominationState.DECIDED.value, NominationState.REFUSED.value, NominationState.WITHDRAWN.value}),
    (
        _step("nominate", ("draft",), "nominated", NOMINATOR, "Gửi đề nghị", is_proved, stands_clear,
              style="primary"),
        _step("examine", ("nominated",), "examined", EXAMINER, "Ghi ý kiến Hội đồng", stands_clear, has_votes,
              style="primary"),
        _step("decide", ("examined",), "decided", DECIDER, "Quyết định khen thưởng", stands_clear, majority,
              is_decided, style="primary"),
        _step("refuse", ("nominated", "examined"), "refused", DECIDER, "Không khen thưởng", reason=True,
              style="danger"),
        _step("withdraw", ("draft", "nominated"), "withdrawn", NOMINATOR, "Rút đề nghị", reason=True),
    ),
    ARTICLE,
)  # fmt: skip
