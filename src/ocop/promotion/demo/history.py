"""Rows of the past as the actions would have left them; `tests/test_demo.py` holds them equal on a sample."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from ocop.kit import clock
from ocop.kit.cases import OPENED
from ocop.kit.flow import Flow, MoveBase
from ocop.promotion.enums import CheckKind, CheckOutcome, CriterionKind, EntryState, FairState, PointState
from ocop.promotion.models import (
    CheckAnswer,
    Fair,
    FairEntry,
    FairEntryMove,
    FairMove,
    SaleCheck,
    SaleMonth,
    SalePoint,
    SalePointMove,
)
from ocop.promotion.queries.points import criteria_on
from ocop.promotion.rules.workflow import ENTRY, FAIR, SALE_POINT

AREA = 60
"""What the invented visits measured, whatever was asked."""


def at_nine(day: date) -> datetime:
    """Nine in the morning of that day."""
    return datetime.combine(day, time(9), tzinfo=clock.LOCAL)


def moves_of(
    model: type[MoveBase], flow: Flow, subject: Any, verbs: Sequence[tuple[str, str, datetime, Any]]
) -> list[Any]:
    """The moves that lead a case along `verbs`: (verb, reason, moment, person), the opening first; unsaved."""
    found, state = [], ""
    for verb, reason, at, by in verbs:
        if verb == OPENED:
            target, basis = flow.initial, flow.legal_basis
        else:
            transition = flow.find(verb, state)
            if transition is None:
                raise ValueError(f"{flow.key}: no {verb!r} out of {state!r}")
            target, basis = transition.target or state, transition.legal_basis
        found.append(
            model(
                subject=subject, flow=flow.key, name=verb, from_state=state, to_state=target, reason=reason,
                legal_basis=basis, at=at, by=by,
            )
        )  # fmt: skip
        state = target
    return found


def past_check(point: SalePoint, *, day: date, kind: str, by: Any) -> SaleCheck:
    """A visit whose every criterion was met."""
    visit = SaleCheck.objects.create(
        point=point, kind=kind, checked_on=day, outcome=CheckOutcome.PASSED, by=by, at=at_nine(day)
    )
    CheckAnswer.objects.bulk_create(
        CheckAnswer(
            check_visit=visit, criterion=one,
            met=True if one.kind == CriterionKind.YES_NO else None if one.minimum is None else one.minimum <= AREA,
            value=AREA if one.kind == CriterionKind.NUMBER else None,
        )
        for one in criteria_on(day)
    )  # fmt: skip
    return visit


def past_point(
    point: SalePoint, *, started: date, number: str, by: Any, checks: Iterable[date] = (), closed: date | None = None,
    reason: str = "",
) -> SalePoint:  # fmt: skip
    """A point registered three weeks before `started`, visited, recognised that day, visited again on `checks`."""
    opened, visited = started - timedelta(days=21), started - timedelta(days=7)
    verbs = [
        (OPENED, "", at_nine(opened), by), ("check", "", at_nine(visited), by), ("approve", "", at_nine(started), by),
        ("number", "", at_nine(started), by),
    ]  # fmt: skip
    checks = list(checks)
    verbs += [("inspect", "", at_nine(day), by) for day in checks]
    if closed is not None:
        verbs.append(("close", reason, at_nine(closed), by))
    point.state = PointState.CLOSED if closed else PointState.OPEN
    point.opened_at, point.opened_by = at_nine(opened), by
    point.closed_at = at_nine(closed) if closed else None
    point.number, point.decided_on = number, started
    point.last_check_on, point.last_outcome = max([visited, *checks]), CheckOutcome.PASSED
    point.save()
    SalePointMove.objects.bulk_create(moves_of(SalePointMove, SALE_POINT, point, verbs))
    past_check(point, day=visited, kind=CheckKind.FIRST, by=by)
    for day in checks:
        past_check(point, day=day, kind=CheckKind.YEARLY, by=by)
    return point


def past_month(
    point: SalePoint, *, month: date, revenue: int, ocop: int, customers: int, by: Any
) -> SaleMonth:
    """A month reported on the fifth of the next one; unsaved."""
    at = at_nine((month + timedelta(days=35)).replace(day=5))
    row = SaleMonth(
        point=point, month=month, revenue=revenue, ocop_revenue=ocop, customers=customers, by=by, at=at
    )
    row.set_search()
    return row


@dataclass(frozen=True)
class Part:
    """A producer's part in a past fair."""

    producer: Any
    products: Sequence[Any]
    stand: str
    sales: int
    contracts: int
    value: int
    visitors: int


def past_fair(fair: Fair, *, parts: Iterable[Part], cost: int, visitors: int, by: Any) -> Fair:
    """A fair called six weeks before, settled a week before, reported a week after, with its participants."""
    called = fair.starts_on - timedelta(days=42)
    settled, reported = fair.starts_on - timedelta(days=7), fair.ends_on + timedelta(days=7)
    fair.state, fair.cost, fair.visitors = FairState.REPORTED, cost, visitors
    fair.opened_at, fair.opened_by, fair.closed_at = at_nine(called), by, at_nine(reported)
    fair.save()
    steps = (
        (OPENED, called), ("publish", called), ("close_calls", settled), ("settle", settled), ("report", reported)
    )  # fmt: skip
    FairMove.objects.bulk_create(
        moves_of(FairMove, FAIR, fair, [(verb, "", at_nine(day), by) for verb, day in steps])
    )
    for part in parts:
        entry = FairEntry(
            fair=fair, producer=part.producer, state=EntryState.REPORTED, stand=part.stand, sales=part.sales,
            contracts=part.contracts, contract_value=part.value, visitors=part.visitors, opened_by=by,
            opened_at=at_nine(called + timedelta(days=7)), closed_at=at_nine(reported),
        )  # fmt: skip
        entry.save()
        entry.products.set(part.products)
        walked = ((OPENED, called + timedelta(days=7)), ("select", settled), ("report", reported))
        FairEntryMove.objects.bulk_create(
            moves_of(FairEntryMove, ENTRY, entry, [(verb, "", at_nine(day), by) for verb, day in walked])
        )
    return fair
