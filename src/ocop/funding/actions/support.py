"""The way of a request for support: opening, presses, payments. Payments are entries of the ledger."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.cycle.models import BusinessPlan, PlanSupport
from ocop.funding import permissions
from ocop.funding.actions.ledger import add_entry
from ocop.funding.enums import EntryKind, Proposal
from ocop.funding.models import Activity, FundEntry, SupportMove, SupportRequest
from ocop.funding.models.activity import SUPPORT as SUPPORT_ACTIVITY
from ocop.funding.queries.support import APPROVED, support_facts
from ocop.funding.rules.support import is_appraised, is_decision
from ocop.funding.rules.workflow import SUPPORT, narrowed, roles_under
from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.days import deadline
from ocop.kit.errors import Refusal, Refused, require
from ocop.kit.flow import MoveBase
from ocop.producers.casework import keep_files, roles_on, teller
from ocop.producers.casework.roles import province_code
from ocop.producers.models import Producer
from ocop.rulebook.queries import setting

DAYS = {
    "submitted": "support_appraisal_days",
    "appraised": "support_decision_days",
    "decided": "support_payment_days",
}
TELLERS = {level: teller("support_requests", narrowed(level)) for level in ("local", "province")}


def support_roles(user: User, request: SupportRequest) -> frozenset[str]:
    """Roles towards a request, without those of the level that its policy does not ask."""
    return roles_under(request.item.policy.decided_by, roles_on(user, request))


def _due(request: SupportRequest, day: date) -> date | None:
    key = DAYS.get(request.state)
    if key is None:
        return None
    return deadline(day, int(setting(key, province_code(request.unit), day)))  # type: ignore[arg-type]


def _tell(request: SupportRequest, move: MoveBase) -> None:
    TELLERS[request.item.policy.decided_by](request, move)


DESK = Desk(
    SUPPORT, SupportMove, support_roles, facts=support_facts, due=_due, tell=_tell, opened="Lập đề nghị"
)


def fill_request(request: SupportRequest, *, at: datetime) -> None:
    """What follows from the producer and the day: the unit of now, whether it is of the demonstration.

    Raises `Refused` for a product or a business plan of somebody else.
    """
    if request.product is not None and request.product.producer_id != request.producer_id:
        raise Refused("support.other_product", "Sản phẩm này không phải của chủ thể đã chọn.")
    if request.plan is not None and request.plan.producer_id != request.producer_id:
        raise Refused("support.other_plan", "Phương án này không phải của chủ thể đã chọn.")
    request.unit = request.producer.unit
    request.asked_on = clock.local_day(at)
    request.is_demo = request.producer.is_demo


def open_request(
    request: SupportRequest, *, by: User, at: datetime | None = None, send: bool = False
) -> SupportRequest:
    """Begin a request, in the producer's unit; `send` hands it in at once.

    Raises `Forbidden` for a producer that the person does not act for; `Refused` for a product of somebody else and,
    when sent, for whatever stands against it.
    """
    require(permissions.may_ask(by, request.producer))
    at = at or clock.now()
    fill_request(request, at=at)
    with transaction.atomic():
        open_case(DESK, request, by=by, at=at)
        if send:
            press_support(request, "submit", by=by, at=at)
    return request


def open_from_plan(line: PlanSupport, *, by: User, at: datetime | None = None) -> SupportRequest:
    """Begin a request out of what an approved business plan asks for: nothing is typed twice.

    Raises `Forbidden` as `open_request`; `Refused` for a plan that is not approved, and while a request out of the same
    line is open.
    """
    with transaction.atomic():
        plan = BusinessPlan.objects.select_for_update(of=("self",)).get(pk=line.plan_id)
        if plan.state not in APPROVED:
            raise Refused(
                "support.plan", "Phương án này chưa được chấp thuận nên chưa lập được đề nghị hỗ trợ."
            )
        if plan.support_requests.filter(item=line.item, closed_at__isnull=True).exists():
            raise Refused("support.plan_open", "Nội dung này của phương án đang có một đề nghị chưa xong.")
        request = SupportRequest(
            item=line.item, producer=plan.producer, product=plan.product, plan=plan, asked_amount=line.amount,
            purpose=line.purpose or f"Theo phương án: {plan.title}",
        )  # fmt: skip
        return open_request(request, by=by, at=at)


def change_request(request: SupportRequest, *, by: User, at: datetime | None = None) -> SupportRequest:
    """Write what a form changed, as long as the request was not handed in. Raises `Forbidden`, `Refused`."""
    require(permissions.may_ask(by, request.producer))
    with transaction.atomic():
        stored = SupportRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if stored.state != SUPPORT.initial:
            raise Refused("support.sent", "Đề nghị đã gửi nên không sửa được.")
        fill_request(request, at=at or clock.now())
        request.save()
    return request


def _alone_with_producer(request: SupportRequest) -> None:
    """Two requests of one producer are decided one after the other: the second sees what the first promised.

    A product may have come from another producer, whose request for it may be decided at the same moment.
    """
    whose = {request.producer_id}
    if request.product_id:
        whose.update(
            SupportRequest.objects.filter(product=request.product_id).values_list("producer", flat=True)
        )
    list(Producer.objects.select_for_update(of=("self",)).filter(pk__in=whose).order_by("pk"))


def _refuse(found: Iterable[Refusal]) -> None:
    """Raise `Refused` with everything found, if there is anything."""
    refusals = list(found)
    if refusals:
        raise Refused.because(refusals)


def press_support(
    request: SupportRequest, verb: str, *, by: User, reason: str = "", at: datetime | None = None
) -> MoveBase:
    """A press that asks for nothing but a reason. Raises `Refused`, `Forbidden` as the flow says."""
    if verb == "submit":
        at = at or clock.now()
        values = {"asked_on": clock.local_day(at)}
        return press(DESK, request, verb, by=by, reason=reason, at=at, values=values)
    return press(DESK, request, verb, by=by, reason=reason, at=at)


def appraise(
    request: SupportRequest,
    *,
    by: User,
    proposal: str,
    opinion: str,
    amount: int | None = None,
    at: datetime | None = None,
) -> MoveBase:
    """The appraisal: whether to support, and how much. Raises `Refused` over the ceiling of the policy."""
    values = {
        "proposal": proposal, "opinion": opinion.strip(),
        "appraised_amount": amount if proposal == Proposal.SUPPORT else None,
    }  # fmt: skip
    return press(
        DESK, request, "appraise", by=by, values=values, data={"amount": amount}, at=at,
        before=lambda row: _refuse(is_appraised(support_facts(row))),
    )  # fmt: skip


def decide(
    request: SupportRequest,
    *,
    by: User,
    number: str,
    day: date,
    amount: int | None,
    source: str,
    budget_level: str = "",
    amount_basis: str = "",
    at: datetime | None = None,
) -> MoveBase:
    """The decision: number, day, amount, from which source. Raises `Refused` for a ceiling passed, support given twice,
    an amount without a ground."""
    values = {
        "decision_number": number.strip(), "decided_on": day, "decided_amount": amount, "source": source,
        "budget_level": budget_level, "amount_basis": amount_basis.strip(),
    }  # fmt: skip

    def complete(row: SupportRequest) -> None:
        _alone_with_producer(row)
        _refuse(is_decision(support_facts(row)))

    data = {"number": number.strip(), "amount": amount}
    return press(DESK, request, "decide", by=by, values=values, data=data, before=complete, at=at)


def pay(
    request: SupportRequest,
    *,
    by: User,
    amount: int,
    day: date,
    document_number: str,
    attached: Iterable[Any] = (),
    at: datetime | None = None,
) -> FundEntry:
    """One payment, written into the ledger as disbursed from the decided source; answers the entry.

    Raises `Refused` when payments together would pass what was decided, for a day before the decision or after today,
    and for a document that was entered before.
    """
    at = at or clock.now()
    _check_day(request, day, at)

    def payment(row: SupportRequest) -> None:
        row.payment = amount  # type: ignore[attr-defined]

    entries: list[FundEntry] = []

    def entered(row: SupportRequest, move: MoveBase) -> None:
        keep_files(row, attached, by=by)
        entry = _entry(row, EntryKind.DISBURSED, amount, day, document_number)
        entries.append(add_entry(entry, by=by, at=at))

    press(
        DESK, request, "pay", by=by, before=payment, after=entered, at=at,
        data={"amount": amount, "document": document_number.strip(), "day": day.isoformat()},
    )  # fmt: skip
    return entries[0]


def settle(
    request: SupportRequest,
    *,
    by: User,
    day: date,
    document_number: str,
    attached: Iterable[Any] = (),
    at: datetime | None = None,
) -> FundEntry:
    """Settle what was paid, into the ledger too, and close the request. Raises `Refused` without payment or proof."""
    at = at or clock.now()
    _check_day(request, day, at)
    entries: list[FundEntry] = []

    def entered(row: SupportRequest, move: MoveBase) -> None:
        entry = _entry(row, EntryKind.SETTLED, row.paid_amount(), day, document_number)
        entries.append(add_entry(entry, by=by, at=at))

    press(
        DESK, request, "settle", by=by, after=entered, at=at,
        before=lambda row: keep_files(row, attached, by=by),
        data={"document": document_number.strip(), "day": day.isoformat()},
    )  # fmt: skip
    return entries[0]


def _check_day(request: SupportRequest, day: date, at: datetime) -> None:
    if request.decided_on is not None and day < request.decided_on:
        raise Refused(
            "support.pay_day", f"Ngày chứng từ không thể trước ngày quyết định {request.decided_on:%d/%m/%Y}."
        )
    if day > clock.local_day(at):
        raise Refused("support.pay_later", "Ngày chứng từ không thể sau hôm nay.")


def _entry(row: SupportRequest, kind: str, amount: int, day: date, number: str) -> FundEntry:
    return FundEntry(
        kind=kind, year=day.year, source=row.source, budget_level=row.budget_level, unit=row.unit,
        activity=Activity.objects.get(code=SUPPORT_ACTIVITY), amount=amount, day=day, document_number=number.strip(),
        content=f"Hỗ trợ theo Quyết định {row.decision_number}: {row.item.name}"[:300], producer=row.producer,
        request=row,
    )  # fmt: skip
