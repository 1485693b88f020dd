"""Reads about requests for support: what the guards look at, earlier support, what an item gives."""

from datetime import date

from django.db.models import Q, Sum

from ocop.cycle.enums import PlanState
from ocop.cycle.models import BusinessPlan, PlanSupport
from ocop.funding.enums import BudgetLevel, EntryKind
from ocop.funding.models import FundEntry, SupportRequest
from ocop.funding.rules.support import Earlier, ItemFacts, SupportFacts, limit
from ocop.producers.casework.roles import province_code
from ocop.rulebook.enums import SupportDecider
from ocop.rulebook.models import SupportItem, SupportPolicy
from ocop.rulebook.offices import local_level
from ocop.units.models import Unit, UnitCover

APPROVED = (PlanState.APPROVED, PlanState.FINISHED)
"""States of a business plan whose support may be asked for."""


def reaches(policy: SupportPolicy, unit: Unit) -> bool:
    """Whether a policy is meant for a unit: one of its province, or of a unit that holds it."""
    if policy.province and policy.province != province_code(unit):
        return False
    return policy.unit_id is None or UnitCover.objects.filter(holder=policy.unit_id, covered=unit).exists()


def item_facts(item: SupportItem, unit: Unit) -> ItemFacts:
    """What the rules need of an item; the days are those on which item and policy are both in force."""
    policy = item.policy
    ends = [end for end in (item.valid_to, policy.valid_to) if end is not None]
    return ItemFacts(
        name=item.name, policy=policy.slug, code=item.code, content=item.content, once_per=item.once_per,
        amount=item.amount, percent=item.percent, ceiling=item.ceiling,
        valid_from=max(item.valid_from, policy.valid_from), valid_to=min(ends) if ends else None,
        for_unit=reaches(policy, unit),
    )  # fmt: skip


def paid_by_request(ids: list[int]) -> dict[int, int]:
    """What was paid under each request and not taken back, in đồng; one query."""
    rows = FundEntry.objects.filter(request__in=ids, kind=EntryKind.DISBURSED).order_by()
    return {pk: int(total) for pk, total in rows.values_list("request").annotate(Sum("amount"))}


def earlier_support(request: SupportRequest) -> tuple[Earlier, ...]:
    """Support promised or paid before to the producer or for the product; a settled one that was taken back is none."""
    whose = Q(producer=request.producer_id)
    if request.product_id:
        whose |= Q(product=request.product_id)
    rows = list(
        SupportRequest.objects.promised().filter(whose).exclude(pk=request.pk).select_related("item__policy")
    )
    paid = paid_by_request([row.pk for row in rows])
    return tuple(
        Earlier(
            policy=row.item.policy.slug, code=row.item.code, name=row.item.name, content=row.item.content,
            once_per=row.item.once_per, producer=row.producer_id, product=row.product_id, asked_on=row.asked_on,
            number=row.decision_number, decided_on=row.decided_on or row.asked_on, amount=row.decided_amount or 0,
            paid=paid.get(row.pk, 0),
        )
        for row in sorted(rows, key=lambda one: (one.decided_on or one.asked_on, one.pk))
        if row.state != "paid" or paid.get(row.pk, 0) > 0
    )  # fmt: skip


def support_facts(request: SupportRequest) -> SupportFacts:
    """Everything that the guards of a request look at; `amount` is that of the step which comes next."""
    amounts = {"draft": request.asked_amount, "submitted": request.appraised_amount}
    return SupportFacts(
        item=item_facts(request.item, request.unit), asked_on=request.asked_on,
        producer=request.producer_id, product=request.product_id, quantity=request.quantity, cost=request.cost,
        amount=amounts.get(request.state, request.decided_amount), proposal=request.proposal,
        amount_basis=request.amount_basis, number=request.decision_number, decided_on=request.decided_on,
        source=request.source, earlier=earlier_support(request), decided_amount=request.decided_amount,
        paid=request.paid_amount() if request.pk else 0, payment=getattr(request, "payment", None),
        proofs=request.files.count() if request.pk else 0,
        plan_holds=request.plan is None or request.plan.state in APPROVED,
    )  # fmt: skip


def most_of(request: SupportRequest) -> int | None:
    """The most that the policy lets be paid for this request; None where no ground is known."""
    return limit(item_facts(request.item, request.unit), request.quantity, request.cost)


def deciding_level(request: SupportRequest, day: date) -> str:
    """The level that decides under the policy on that day, whose budget usually pays."""
    if request.item.policy.decided_by == SupportDecider.PROVINCE:
        return BudgetLevel.PROVINCE
    return local_level(province_code(request.unit), day)


def lines_of_plan(plan: BusinessPlan) -> list[tuple[PlanSupport, list[SupportRequest]]]:
    """The support that a plan asks for, each with the requests that came of it; two queries."""
    made: dict[int, list[SupportRequest]] = {}
    for row in plan.support_requests.select_related("item", "producer", "product").order_by("pk"):
        made.setdefault(row.item_id, []).append(row)
    lines = plan.supports.select_related("item__policy").order_by("pk")
    return [(line, made.get(line.item_id, [])) for line in lines]
