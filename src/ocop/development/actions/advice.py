"""Consultants given to producers, what they did, what the producer thinks of it."""

from datetime import date, datetime
from typing import Any

from ocop.accounts.models import User
from ocop.development.actions.common import in_days, must_stand
from ocop.development.enums import AdviceState
from ocop.development.models import Advice, AdviceMove, Consultant
from ocop.development.rules.advice import ADVICE_FLOW, GIVERS, AdviceFacts
from ocop.development.rules.roles import SUPPORT
from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused
from ocop.producers.casework import roles_on, teller
from ocop.producers.models import Producer
from ocop.products.models import Product


def facts_of(row: Advice) -> AdviceFacts:
    """What the guards look at."""
    in_order = row.done_on is None or row.starts_on <= row.done_on <= clock.today()
    return AdviceFacts(result=row.result, done_in_order=in_order, rating=row.rating)


def _due(row: Advice, day: date) -> date | None:
    """The last day of the work; then the producer has time to rate it."""
    return row.ends_on if row.state == AdviceState.RUNNING else in_days("obstacle_confirm_days", row, day)


ADVICE_DESK = Desk(
    flow=ADVICE_FLOW, move_model=AdviceMove, roles=roles_on, facts=facts_of, due=_due,
    tell=teller("advices", ADVICE_FLOW), opened="Phân công",
)  # fmt: skip


def assign_advice(
    consultant: Consultant,
    producer: Producer,
    *,
    task: str,
    starts_on: date,
    ends_on: date,
    by: User | None,
    days: int = 0,
    cost: int = 0,
    product: Product | None = None,
    at: datetime | None = None,
    **more: Any,
) -> Advice:
    """Give a consultant a task at a producer; raises `Forbidden`, and `Refused` for one who takes no work, an empty
    task, days out of order and a product of somebody else."""
    if not consultant.is_active:
        raise Refused("advice.active", "Chuyên gia, đơn vị này hiện không nhận việc.", SUPPORT)
    if not task.strip():
        raise Refused("advice.task", "Cần ghi việc giao.", SUPPORT)
    if ends_on < starts_on:
        raise Refused("advice.days", "Ngày kết thúc phải từ ngày bắt đầu trở đi.", SUPPORT)
    if product is not None and product.producer_id != producer.pk:
        raise Refused("advice.product", "Sản phẩm này không phải của cơ sở đã chọn.", SUPPORT)
    row = Advice(
        consultant=consultant, producer=producer, unit=producer.unit, product=product, task=task.strip(),
        starts_on=starts_on, ends_on=ends_on, days=days, cost=cost, **more,
    )  # fmt: skip
    must_stand(by, row, GIVERS, SUPPORT)
    return open_case(ADVICE_DESK, row, by=by, at=at)


def press_advice(
    row: Advice, verb: str, *, by: User, reason: str = "", at: datetime | None = None, **values: Any
) -> AdviceMove:
    """A step of an assignment; the report is of today unless it names the day."""
    at = at or clock.now()
    if verb == "report":
        values = {**values, "done_on": values.get("done_on") or clock.local_day(at)}
    return press(ADVICE_DESK, row, verb, by=by, at=at, reason=reason, values=values)
