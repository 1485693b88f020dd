"""Obstacles from the first word to the producer's confirmation; late ones go up by the clock."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of, scope_of
from ocop.development.actions.common import in_days, must_stand, number_for
from ocop.development.enums import Level, ObstacleState
from ocop.development.models import Obstacle, ObstacleMove
from ocop.development.rules.obstacles import GIVERS, OBSTACLE_FLOW, UNDER_WAY, ObstacleFacts, level_on
from ocop.development.rules.roles import ASSIGNEE, CLOCK, PRODUCER, SUPPORT
from ocop.inbox.actions import notify_each
from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused
from ocop.kit.flow import make_move
from ocop.producers.casework import people_of, roles_on, teller
from ocop.producers.casework.roles import officers_of
from ocop.producers.models import Producer
from ocop.products.models import Product

KIND = "case.obstacles"


def obstacle_roles(user: Any, row: Obstacle) -> frozenset[str]:
    """Roles over the unit and the producer, and that of whoever was given the case."""
    agencies = scope_of(user).agency_ids()
    given = row.assignee_id == user.pk or (
        row.assigned_agency_id in agencies if row.assigned_agency_id else False
    )
    return roles_on(user, row) | ({ASSIGNEE} if given else frozenset())


def facts_of(row: Obstacle) -> ObstacleFacts:
    """What the guards look at."""
    today = clock.today()
    return ObstacleFacts(
        assigned=bool(row.assigned_agency_id or row.assignee_id),
        assigned_ahead=row.answer_by is None or row.answer_by >= today,
        answer=row.answer,
        outcome=row.outcome,
        result=row.result,
        confirmation_late=row.due_on is not None and row.due_on < today,
        at_province=row.level == Level.PROVINCE,
    )


def _due(row: Obstacle, day: date) -> date | None:
    """Assigning and answering have their days, the settlement the one promised, the producer time to confirm."""
    if row.state == ObstacleState.RAISED:
        return in_days("obstacle_assign_days", row, day)
    if row.state == ObstacleState.ASSIGNED:
        return row.answer_by or in_days("obstacle_answer_days", row, day)
    if row.state == ObstacleState.ANSWERED:
        return row.settle_by or in_days("obstacle_answer_days", row, day)
    return in_days("obstacle_confirm_days", row, day)


_tell_next = teller("obstacles", OBSTACLE_FLOW)


def _tell(row: Obstacle, move: Any) -> None:
    """Who is given the case hears of it; the producer hears of the answer; a case passed up tells who is above."""
    day = clock.local_day(move.at)
    if move.name in ("escalate", "raise"):
        people = _above(row, day)
    elif row.state == ObstacleState.ASSIGNED:
        people = _given(row, day)
    else:
        _tell_next(row, move)
        people = list(people_of(row.producer, day)) if row.state == ObstacleState.ANSWERED else []
    title = "Quá hạn" if move.name == "escalate" else row.get_state_display()
    due = f" Hạn {row.due_on:%d/%m/%Y}." if row.due_on else ""
    notify_each(
        [person for person in people if person.pk != move.by_id], kind=KIND, title=f"{title}: {row.title}",
        text=f"{row.producer.public_name}. {move.reason}{due}".strip(), url=row.get_absolute_url(),
        subject_key=f"obstacle:{row.code}", at=move.at,
    )  # fmt: skip


def _given(row: Obstacle, day: date) -> list[User]:
    people = [row.assignee] if row.assignee is not None else []
    if row.assigned_agency is not None and not people:
        roles = [role for role in Role if role != Role.READER]
        people = list(holders_of(*roles, agency=row.assigned_agency, day=day))
    return people


def _above(row: Obstacle, day: date) -> list[User]:
    if row.level == Level.PROVINCE:
        return list(holders_of(Role.ADVISORY_OFFICER, Role.PROVINCE_LEADER, unit=row.unit, day=day))
    return officers_of(["local.leader"], row.unit, day)


OBSTACLE_DESK = Desk(
    flow=OBSTACLE_FLOW, move_model=ObstacleMove, roles=obstacle_roles, facts=facts_of, due=_due, tell=_tell,
    opened="Nêu vướng mắc",
)  # fmt: skip


def raise_obstacle(
    producer: Producer,
    *,
    kind: str,
    title: str,
    by: User | None,
    description: str = "",
    product: Product | None = None,
    at: datetime | None = None,
    **more: Any,
) -> Obstacle:
    """The producer, or an officer for it, says what holds it up.

    Raises `Forbidden` for others, `Refused` without a word of what it is and for a product of somebody else.
    """
    at = at or clock.now()
    if not title.strip():
        raise Refused("obstacle.title", "Cần ghi vướng mắc gì.", SUPPORT)
    if product is not None and product.producer_id != producer.pk:
        raise Refused("obstacle.product", "Sản phẩm này không phải của cơ sở đã chọn.", SUPPORT)
    row = Obstacle(
        producer=producer, unit=producer.unit, product=product, kind=kind, title=title.strip(),
        description=description.strip(), **more,
    )  # fmt: skip
    must_stand(by, row, GIVERS | PRODUCER, SUPPORT)
    return open_case(OBSTACLE_DESK, row, by=by, at=at)


def press_obstacle(
    row: Obstacle, verb: str, *, by: User, reason: str = "", at: datetime | None = None, **values: Any
) -> ObstacleMove:
    """A step of an obstacle with what its form answered; days of answer and settlement are written down.

    A new deadline takes a late case down again; reopening empties the settlement and gives a new day to answer.
    """
    at = at or clock.now()
    day = clock.local_day(at)

    def before(stored: Obstacle) -> None:
        """What stands before the guards look."""
        if verb in ("assign", "reassign", "answer", "settle"):
            stored.level = Level.NONE
        if verb in ("assign", "reassign") and stored.answer_by is None:
            stored.answer_by = in_days("obstacle_answer_days", stored, day)
        elif verb == "answer":
            stored.answered_on = day
        elif verb == "settle":
            stored.settled_on = day
        elif verb == "reopen":
            stored.reopened += 1
            stored.outcome, stored.settled_on = "", None
            stored.answer_by = in_days("obstacle_answer_days", stored, day)

    def after(stored: Obstacle, move: Any) -> None:
        """The guard has seen that it was not there yet."""
        if verb == "raise":
            stored.level, stored.escalated_on = Level.PROVINCE, day
            stored.save()

    return press(
        OBSTACLE_DESK, row, verb, by=by, at=at, reason=reason, values=values, before=before, after=after
    )


def escalate_late(*, at: datetime | None = None) -> int:
    """Take late cases up: to the local leader when the day has passed, to the province some days later.

    Run every morning; a case goes up a step at most once for one deadline. Answers how many went up.
    """
    at = at or clock.now()
    today = clock.local_day(at)
    late = Obstacle.objects.filter(state__in=UNDER_WAY, due_on__lt=today).exclude(level=Level.PROVINCE)
    count = 0
    for pk in list(late.order_by("due_on", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = Obstacle.objects.select_for_update(of=("self",)).get(pk=pk)
            wait = number_for("obstacle_escalate_days", row, today)
            level = level_on(row.due_on, today, wait_days=wait)
            if row.state not in UNDER_WAY or int(level) <= int(row.level):
                continue
            row.level, row.escalated_on, row.escalations = level, today, row.escalations + 1
            move = make_move(
                row, OBSTACLE_FLOW, "escalate", move_model=ObstacleMove, by=None, roles=frozenset({CLOCK}),
                facts=facts_of(row), at=at, reason=f"Quá hạn ngày {row.due_on:%d/%m/%Y}.",
            )  # fmt: skip
            _tell(row, move)
            count += 1
    return count
