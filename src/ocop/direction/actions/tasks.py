"""What is done with a task: given, accepted, reported with its figure, confirmed, given to somebody else."""

import logging
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from ocop.accounts.agencies import kept_agency_ids
from ocop.accounts.models import User
from ocop.direction.enums import TaskState
from ocop.direction.models import Task, TaskMove
from ocop.direction.permissions.tasks import may_give, people_who, task_roles
from ocop.direction.queries.tasks import due_of, facts_of, monitor_of
from ocop.direction.rules.tasks import AGENCY, ARTICLE, MONITOR, TASK
from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused, require
from ocop.kit.flow import MoveBase
from ocop.kit.indicators import Figure, Period
from ocop.producers.casework import keep_files
from ocop.producers.signing import signed
from ocop.reporting.queries.measuring import figure
from ocop.units.models import Agency
from ocop.units.queries import home_province, province_of

logger = logging.getLogger(__name__)

KIND = "case.tasks"


def _tell(task: Task, move: MoveBase) -> None:
    """Who follows the task hears of a report, the agency of everything else."""
    role = MONITOR if task.state == TaskState.REPORTED else AGENCY
    people = [person for person in people_who(role, task) if person.pk != move.by_id]  # type: ignore[attr-defined]
    due = f" Hạn {formats.day(task.last_on)}." if task.state in ("given", "returned") else ""
    notify_each(
        people, kind=KIND, title=f"{task.get_state_display()}: {task}", text=f"{move.reason}{due}".strip(),
        url=task.get_absolute_url(), subject_key=f"task:{task.pk}", at=move.at,
    )  # fmt: skip


TASK_DESK = Desk(TASK, TaskMove, task_roles, facts=facts_of, due=due_of, tell=_tell, opened="Giao nhiệm vụ")


def give_task(task: Task, *, by: User, at: datetime | None = None) -> Task:
    """Give a new task, out of a meeting or a document, to an agency in the reach of who gives it.

    Raises `Forbidden` for an agency of others, `Refused` for one that has ended or a task of the plan given before.
    """
    at = at or clock.now()
    day = clock.local_day(at)
    unit = task.agency.unit
    if unit is None or not task.agency.in_force(day):
        raise Refused("task.ended", "Cơ quan này không còn hoạt động hoặc không thuộc tỉnh.", ARTICLE)
    require(may_give(by, unit))
    task.given_to, task.unit = task.agency, unit
    task.monitor = monitor_of(task.agency, province_of(unit) or home_province(day), day)
    task.year = task.last_on.year
    try:
        with transaction.atomic():
            return open_case(TASK_DESK, signed(task, by), by=by, at=at)  # type: ignore[no-any-return]
    except IntegrityError as error:
        raise Refused("task.twice", "Nhiệm vụ này của năm đã giao cho cơ quan.", ARTICLE) from error


def accept_task(
    task: Task, *, planned_from: date | None, planned_to: date | None, by: User, person: str = "",
    at: datetime | None = None,
) -> TaskMove:  # fmt: skip
    """The agency takes the task up and says when and who. Raises as `press`."""
    values = {"planned_from": planned_from, "planned_to": planned_to, "person": person.strip()}
    return press(TASK_DESK, task, "accept", by=by, at=at, values=values)  # type: ignore[no-any-return]


def accept_all(tasks: Iterable[Task], *, by: User, at: datetime | None = None) -> int:
    """Take up every task that waits for the own agency, with the days that were given; answers how many."""
    count = 0
    with transaction.atomic():
        for task in tasks:
            if task.state == TaskState.GIVEN and task.agency_id in kept_agency_ids(by):
                accept_task(task, planned_from=task.first_on, planned_to=task.last_on, by=by, at=at)
                count += 1
    return count


def report_task(
    task: Task, *, result: str, by: User, quantity: Decimal | None = None, uploads: Iterable[Any] = (),
    at: datetime | None = None,
) -> TaskMove:  # fmt: skip
    """Report what was done, with files, a number, and the system's figure of the task's days, which is kept with it.

    A figure that cannot be measured leaves its place empty; then a file or a number has to show it. Raises as `press`.
    """
    day = clock.local_day(at or clock.now())
    found = measured(task, min(day, task.last_on) if day > task.first_on else day)
    values = {
        "result": result.strip(), "quantity": quantity, "reported_on": day,
        "figure_top": found.top if found else None, "figure_bottom": found.bottom if found else None,
        "measured_on": min(day, task.last_on) if task.indicator else None,
    }  # fmt: skip
    return press(  # type: ignore[no-any-return]
        TASK_DESK,
        task,
        "report",
        by=by,
        at=at,
        values=values,
        before=lambda row: keep_files(row, uploads, by=by),
    )


def measured(task: Task, last: date) -> Figure | None:
    """The figure of the task's area over its days up to `last`; None without an indicator and when it fails."""
    one = task.declared
    if one is None:
        return None
    try:
        with transaction.atomic():
            return figure(one, Period(min(task.first_on, last), last), task.unit_id)
    except Exception:  # whatever an app's facts raise, the report goes on without the figure
        logger.exception("indicator %s failed", one.key)
        return None


def extend_task(task: Task, *, last_on: date, by: User, reason: str, at: datetime | None = None) -> TaskMove:
    """Give more, or less, time, with the reason; the day before stands in the move."""
    data = {"last_on": f"{task.last_on:%d/%m/%Y} → {last_on:%d/%m/%Y}"}
    return press(  # type: ignore[no-any-return]
        TASK_DESK, task, "extend", by=by, at=at, reason=reason, data=data,
        values={"last_on": last_on, "escalated_at": None},
    )  # fmt: skip


def reassign_task(
    task: Task, *, agency: Agency, by: User, reason: str, at: datetime | None = None
) -> TaskMove:
    """Give the task to another agency, which has to accept it anew; raises `Refused` for one that has it already."""
    day = clock.local_day(at or clock.now())
    if agency.pk == task.agency_id or not agency.in_force(day) or agency.unit is None:
        raise Refused("task.agency", "Hãy chọn một cơ quan khác đang hoạt động.", ARTICLE)
    require(may_give(by, agency.unit))
    province = province_of(agency.unit) or home_province(day)
    values = {
        "agency": agency, "unit": agency.unit, "monitor": monitor_of(agency, province, day), "planned_from": None,
        "planned_to": None, "person": "",
    }  # fmt: skip
    data = {"agency": f"{task.agency} → {agency}"}
    return press(  # type: ignore[no-any-return]
        TASK_DESK, task, "reassign", by=by, at=at, reason=reason, values=values, data=data
    )


def press_task(task: Task, verb: str, *, by: User, reason: str = "", at: datetime | None = None) -> TaskMove:
    """Any other verb; a report that comes back is counted."""

    def note(row: Task) -> None:
        if verb == "return":
            row.returns += 1

    return press(  # type: ignore[no-any-return]
        TASK_DESK, task, verb, by=by, reason=reason, at=at, before=note
    )
