"""Fairs: the call, registrations of producers, selection, stand list, results (plan IV.5)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused, require
from ocop.kit.flow import MoveBase
from ocop.producers.casework import keep_files, roles_on, teller
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.promotion.enums import EntryState, FairState
from ocop.promotion.models import Fair, FairEntry, FairEntryMove, FairMove
from ocop.promotion.permissions import may_keep_producer
from ocop.promotion.queries.fairs import entry_facts, fair_facts, product_lines
from ocop.promotion.rules.workflow import ENTRY, FAIR, PLAN
from ocop.units.models import UnitCover

RESULT_DAYS = 15
"""Days after the last day of an event within which its results are asked for; a habit of offices, no rule."""


def _due(fair: Fair, day: date) -> date | None:
    return {
        FairState.CALLING: fair.deadline,
        FairState.SELECTING: fair.starts_on,
        FairState.LISTED: fair.ends_on + timedelta(days=RESULT_DAYS),
    }.get(FairState(fair.state))


def _entry_due(entry: FairEntry, day: date) -> date | None:
    if entry.state == EntryState.SELECTED:
        return entry.fair.ends_on + timedelta(days=RESULT_DAYS)
    return entry.fair.starts_on


FAIR_DESK = Desk(
    FAIR, FairMove, roles_on, facts=fair_facts, due=_due, tell=teller("fairs", FAIR), opened="Soạn lời mời"
)


def _tell_entry(row: FairEntry, move: MoveBase) -> None:
    """The producer hears whether it was chosen, and whoever can press next."""
    teller("fair_entries", ENTRY)(row, move)


ENTRY_DESK = Desk(
    ENTRY,
    FairEntryMove,
    roles_on,
    facts=entry_facts,
    due=_entry_due,
    tell=_tell_entry,
    opened="Đăng ký tham gia",
)


def open_fair(fair: Fair, *, by: Any, at: datetime | None = None) -> Fair:
    """Begin a call as a draft that only the organisers see."""
    return open_case(FAIR_DESK, fair, by=by, at=at)


def extend_call(fair: Fair, *, deadline: date, reason: str, by: Any, at: datetime | None = None) -> Fair:
    """Give producers more time; raises `Refused` for a deadline that is not later, or after the opening."""
    if deadline <= fair.deadline:
        raise Refused("fair.shorter", f"Hạn mới phải sau hạn cũ ({fair.deadline:%d/%m/%Y}).", PLAN)
    if deadline > fair.starts_on:
        raise Refused("fair.late", "Hạn đăng ký phải trước ngày khai mạc.", PLAN)
    press(FAIR_DESK, fair, "extend", by=by, at=at, reason=reason, values={"deadline": deadline})
    return fair


def cancel_fair(fair: Fair, *, reason: str, by: Any, at: datetime | None = None) -> Fair:
    """Call the event off; every producer who registered hears of it."""

    def tell(row: Fair, move: MoveBase) -> None:
        for entry in row.entries.filter(closed_at__isnull=True).select_related("producer", "fair"):
            entry.state = EntryState.WITHDRAWN
            _close(entry, move)

    press(FAIR_DESK, fair, "cancel", by=by, at=at, reason=reason, after=tell)
    return fair


def _close(entry: FairEntry, move: MoveBase) -> None:
    """End a registration together with its event, with a move that names the reason."""
    before = FairEntry.objects.values_list("state", flat=True).get(pk=entry.pk)
    entry.closed_at, entry.due_on = move.at, None
    entry.save()
    ended = FairEntryMove.objects.create(
        subject=entry, flow=ENTRY.key, name="withdraw", from_state=before, to_state=entry.state,
        reason=f"Sự kiện bị hủy: {move.reason}", legal_basis=PLAN, at=move.at, by=move.by,  # type: ignore[attr-defined]
    )  # fmt: skip
    _tell_entry(entry, ended)


def _check_products(fair: Fair, producer: Producer, products: list[Product], today: date) -> None:
    if not products:
        raise Refused("entry.products", "Hãy chọn ít nhất một sản phẩm mang đi.", PLAN)
    if any(product.producer_id != producer.pk for product in products):
        raise Refused("entry.foreign", "Chỉ mang sản phẩm của chính chủ thể.", PLAN)
    refused = [line for line in product_lines(products, fair, today) if not line.verdict.taken]
    if refused:
        names = ", ".join(line.product.name for line in refused)
        raise Refused("entry.star", f"{names}: {refused[0].verdict.words}", PLAN)


def register_for_fair(
    fair: Fair,
    producer: Producer,
    *,
    products: Iterable[Product],
    needs: str = "",
    by: Any,
    at: datetime | None = None,
) -> FairEntry:
    """Register a producer with its products; its own people do it, or an officer over it for them.

    Raises `Refused` when the call is over, the producer lies outside the unit that calls, registered already, or
    brings a product that the call does not take.
    """
    at = at or clock.now()
    require(may_keep_producer(by, producer))
    chosen = list(products)
    with transaction.atomic():
        stored = Fair.objects.select_for_update(of=("self",)).select_related("unit").get(pk=fair.pk)
        if stored.state != FairState.CALLING or clock.local_day(at) > stored.deadline:
            raise Refused("fair.closed", "Đợt này không còn nhận đăng ký.", PLAN)
        if not UnitCover.objects.filter(holder=stored.unit_id, covered=producer.unit_id).exists():
            raise Refused("fair.outside", f"Đợt này chỉ mời chủ thể trên địa bàn {stored.unit}.", PLAN)
        _check_products(stored, producer, chosen, clock.local_day(at))
        entry = FairEntry(fair=stored, producer=producer, needs=needs.strip())
        try:
            with transaction.atomic():
                open_case(
                    ENTRY_DESK, entry, by=by, at=at, data={"products": [product.pk for product in chosen]}
                )
        except IntegrityError as error:
            raise Refused("entry.twice", "Chủ thể này đã đăng ký sự kiện này.", PLAN) from error
        entry.products.set(chosen)
    return entry


def amend_entry(
    entry: FairEntry, *, products: Iterable[Product], needs: str, by: Any, at: datetime | None = None
) -> FairEntry:
    """Change the products of a registration while the call runs."""
    at = at or clock.now()
    require(may_keep_producer(by, entry.producer))
    chosen = list(products)
    with transaction.atomic():
        row = (
            FairEntry.objects.select_for_update(of=("self",))
            .select_related("fair", "producer")
            .get(pk=entry.pk)
        )
        if row.state != EntryState.REGISTERED or not row.fair.is_calling:
            raise Refused("fair.closed", "Đợt này không còn nhận đăng ký.", PLAN)
        _check_products(row.fair, row.producer, chosen, clock.local_day(at))
        row.needs = needs.strip()
        row.save()
        row.products.set(chosen)
    return row


def select_entry(entry: FairEntry, *, stand: str = "", by: Any, at: datetime | None = None) -> FairEntry:
    """Give a producer a stand, under the lock of the fair, so that the last stand is given once."""
    with transaction.atomic():
        Fair.objects.select_for_update(of=("self",)).get(pk=entry.fair_id)
        press(ENTRY_DESK, entry, "select", by=by, at=at, values={"stand": stand.strip()})
    return entry


def report_entry(
    entry: FairEntry, *, sales: int, contracts: int = 0, contract_value: int = 0, visitors: int | None = None,
    photographs: Iterable[Any] = (), reason: str = "", by: Any, at: datetime | None = None,
) -> FairEntry:  # fmt: skip
    """Write what a participant sold and signed."""
    if contract_value and not contracts:
        raise Refused("entry.contracts", "Có giá trị ký kết thì phải ghi số hợp đồng, biên bản.", PLAN)
    values = {"sales": sales, "contracts": contracts, "contract_value": contract_value, "visitors": visitors}

    def keep(row: FairEntry, move: MoveBase) -> None:
        keep_files(row, photographs, by=by)

    press(ENTRY_DESK, entry, "report", by=by, at=at, reason=reason, values=values, after=keep)
    return entry


def report_fair(
    fair: Fair, *, cost: int, visitors: int | None = None, photographs: Iterable[Any] = (), reason: str = "", by: Any,
    at: datetime | None = None,
) -> Fair:  # fmt: skip
    """Close an event with what it cost and who came, once every participant has its figures."""

    def keep(row: Fair, move: MoveBase) -> None:
        keep_files(row, photographs, by=by)

    press(
        FAIR_DESK,
        fair,
        "report",
        by=by,
        at=at,
        reason=reason,
        values={"cost": cost, "visitors": visitors},
        after=keep,
    )
    return fair
