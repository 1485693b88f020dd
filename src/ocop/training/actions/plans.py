"""Needs that people say and the yearly plan that is made of them (plan IV.2.2.a)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum

from ocop.kit import clock
from ocop.kit.cases import open_case, press
from ocop.kit.errors import Forbidden, Refusal, Refused
from ocop.producers.models import Producer
from ocop.producers.permissions import access_kinds_of
from ocop.training.actions.desks import PLAN_DESK
from ocop.training.enums import ActivityKind, Audience
from ocop.training.models import Need, PlanLine, PlanMove, Topic, YearPlan
from ocop.training.permissions import is_draft, may_hand_over, roles
from ocop.training.queries.needs import needs_of
from ocop.training.rules.flows import ORGANISERS
from ocop.units.models import Unit


def say_needs(
    *,
    year: int,
    topics: Iterable[Topic],
    by: Any,
    producer: Producer | None = None,
    unit: Unit | None = None,
    audience: str = Audience.PRODUCER,
    persons: int = 1,
    wish: str = "",
    at: datetime | None = None,
) -> list[Need]:
    """Keep what a producer, or an officer for a unit, wants in a year; said again it replaces what was said.

    Raises `Forbidden` for a producer or unit of others, `Refused` without a topic.
    """
    chosen = list(topics)
    if not chosen:
        raise Refused("need.topics", "Hãy chọn ít nhất một chủ đề.")
    place = _place(by, producer, unit)
    with transaction.atomic():
        # The row of the producer, or of the unit, stands in for the set of needs: two sendings follow each other.
        type(producer or place)._base_manager.select_for_update(of=("self",)).get(pk=(producer or place).pk)
        rows = Need.objects.filter(year=year, producer=producer)
        if producer is None:
            rows = rows.filter(unit=place, audience=audience)
        rows.exclude(topic__in=chosen).delete()
        return [
            _keep(one, year, place, producer, audience, persons, wish, by, at or clock.now())
            for one in chosen
        ]


def _place(by: Any, producer: Producer | None, unit: Unit | None) -> Unit:
    """The unit under which a need counts, after asking whether the person may speak for it."""
    if producer is not None:
        if not access_kinds_of(by, producer) and not may_hand_over(by, producer.unit_id):
            raise Forbidden("need.producer", "Bạn không báo nhu cầu thay cho chủ thể này được.")
        return producer.unit
    if unit is None:
        raise Refused("need.unit", "Hãy chọn chủ thể hoặc địa bàn.")
    if not may_hand_over(by, unit.pk):
        raise Forbidden("need.place", "Bạn chỉ báo được nhu cầu của địa bàn mình phụ trách.")
    return unit


def _keep(
    topic: Topic, year: int, unit: Unit, producer: Producer | None, audience: str, persons: int, wish: str, by: Any,
    at: datetime,
) -> Need:  # fmt: skip
    found = Need.objects.filter(topic=topic, year=year, producer=producer)
    row = (found if producer else found.filter(unit=unit, audience=audience)).first() or Need(
        topic=topic, year=year, unit=unit, producer=producer, audience=audience
    )
    row.persons, row.wish, row.said_by, row.said_at = persons, wish, by, at
    row.save()
    return row


def open_plan(plan: YearPlan, *, by: Any, at: datetime | None = None) -> YearPlan:
    """Begin the plan of a year."""
    return open_case(PLAN_DESK, plan, by=by, at=at)


def approve_plan(
    plan: YearPlan, *, number: str, decided_on: date | None, by: Any, at: datetime | None = None
) -> PlanMove:
    """Approve a plan by a numbered paper; raises `Refused` without number and date."""
    values = {"number": number.strip(), "decided_on": decided_on}
    return press(PLAN_DESK, plan, "approve", by=by, at=at, values=values)  # type: ignore[return-value]


def press_plan(
    plan: YearPlan, verb: str, *, by: Any, reason: str = "", at: datetime | None = None
) -> PlanMove:
    """Any other verb of the plan."""
    return press(PLAN_DESK, plan, verb, by=by, reason=reason, at=at)  # type: ignore[return-value]


def draft_only(plan: YearPlan) -> None:
    """Raise `Refused` when the lines of a plan may not be changed any more."""
    verdict = is_draft(plan)
    if isinstance(verdict, Refusal):
        raise Refused.because([verdict])


def line_from_needs(plan: YearPlan, topic: Topic, *, by: Any) -> PlanLine:
    """Take what people said about a topic into the plan: persons from the needs of its year and unit; once."""
    if not roles(by, plan) & ORGANISERS:
        raise Forbidden("plan.keeper", "Chỉ cơ quan lập kế hoạch thêm được dòng.")
    with transaction.atomic():
        stored = YearPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        draft_only(stored)
        said = needs_of(stored.unit, stored.year).filter(topic=topic)
        counts = {
            audience: said.filter(audience=audience).aggregate(n=Sum("persons"))["n"] or 0
            for audience in (Audience.OFFICIAL, Audience.PRODUCER)
        }
        line = PlanLine.objects.filter(plan=stored, topic=topic, kind=ActivityKind.COURSE).first()
        line = line or PlanLine(plan=stored, topic=topic, kind=ActivityKind.COURSE)
        line.officials, line.producers = counts[Audience.OFFICIAL], counts[Audience.PRODUCER]
        line.save()
    return line
