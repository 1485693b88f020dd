"""Ideas: registered by a producer or for one, sent, sent back, taken back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from ocop.accounts.models import User
from ocop.cycle.models import BusinessPlan, Idea, IdeaMove
from ocop.cycle.permissions import may_register_for, may_write
from ocop.cycle.queries.facts import idea_due, idea_facts, values_of
from ocop.cycle.rules.screens import Screen, mark_of
from ocop.cycle.rules.selection import HELPERS, IDEA_FLOW
from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Stale, require
from ocop.kit.flow import Flow, MoveBase
from ocop.kit.marks import is_blank
from ocop.kit.registry import announce
from ocop.producers.casework import roles_on, teller
from ocop.producers.models import Producer
from ocop.producers.signing import signed
from ocop.units.models import Unit
from ocop.units.queries import heirs_on

Draft = TypeVar("Draft", Idea, BusinessPlan)
STALE = "Người khác vừa sửa phần này trong lúc bạn đang nhập. Hãy xem lại rồi bấm lưu bản đúng."


def asks_producers(flow: Flow, verb: str) -> Flow:
    """The table as notices read it: a draft is its producer's to send, though officers may do it for one."""
    moves = (replace(one, roles=one.roles - HELPERS) if one.name == verb else one for one in flow.transitions)
    return replace(flow, transitions=tuple(moves))


IDEA_DESK = Desk(
    flow=IDEA_FLOW, move_model=IdeaMove, roles=roles_on, facts=idea_facts, due=idea_due,
    tell=teller("ideas", asks_producers(IDEA_FLOW, "register")), opened="Lập ý tưởng",
)  # fmt: skip


def home_of(producer: Producer, day: date) -> Unit:
    """The unit of the producer's main address on a day, carried over to the one unit that came after it."""
    site = producer.site_on(day)
    unit = site.unit if site else producer.unit
    if unit.in_force(day):
        return unit
    heirs = heirs_on([unit], day).get(unit.pk, [])
    return heirs[0] if len(heirs) == 1 else unit


def open_idea(
    producer: Producer,
    *,
    by: User,
    year: int | None = None,
    at: datetime | None = None,
    is_demo: bool = False,
    **answers: Any,
) -> Idea:
    """Begin an idea of a producer as a draft of a cycle year (default: this). Raises `Forbidden` for strangers."""
    require(may_register_for(by, producer))
    at = at or clock.now()
    day = clock.local_day(at)
    idea = Idea(
        producer=producer, unit=home_of(producer, day), year=year or day.year, is_demo=is_demo, **answers
    )
    return open_case(IDEA_DESK, signed(idea, by), by=by, at=at)


def save_screen(
    row: Draft, screen: Screen, *, values: Mapping[str, Any], by: User, seen: str | None = None
) -> Draft:
    """Keep the answers of one screen of an idea or a plan; other screens are not touched.

    `seen` is the mark of the answers that the page was opened with. Raises `Stale` when somebody saved something else
    meanwhile, `Forbidden` when the row is not, or no longer, this person's to change.
    """
    wanted = {name: values.get(name) for name in screen.fields}
    with transaction.atomic():
        stored = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
        require(may_write(by, stored))
        held = values_of(stored, screen)
        if seen and mark_of(screen, held) not in (seen, mark_of(screen, plain(wanted))):
            raise Stale("cycle.stale", STALE)
        for name, value in wanted.items():
            field: Any = stored._meta.get_field(name)
            empty = None if field.null else field.get_default() if not field.blank else ""
            setattr(stored, name, empty if is_blank(value) else value)
        if values_of(stored, screen) != held:
            signed(stored, by).save()
            announce("cycle.screen_saved", by=by, subject=stored, screen=screen.key)
    return stored


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a form as they are kept: a row by its id."""
    return {name: getattr(value, "pk", value) for name, value in values.items()}


def register_idea(idea: Idea, *, by: User, at: datetime | None = None) -> MoveBase:
    """Send an idea in; raises `Refused` with what is missing."""
    return press(IDEA_DESK, idea, "register", by=by, at=at)


def return_idea(idea: Idea, *, by: User, reason: str, at: datetime | None = None) -> MoveBase:
    """Send an idea back to be completed; the producer is told why."""
    return press(IDEA_DESK, idea, "return", by=by, reason=reason, at=at)


def withdraw_idea(idea: Idea, *, by: User, reason: str, at: datetime | None = None) -> MoveBase:
    """Take an idea back for good."""
    return press(IDEA_DESK, idea, "withdraw", by=by, reason=reason, at=at)
