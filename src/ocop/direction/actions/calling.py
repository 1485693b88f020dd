"""Reminders of tasks before and on their last day, word to those above when they are late."""

from datetime import date, datetime, timedelta

from ocop.direction.models import Task
from ocop.direction.permissions.tasks import leaders_of, people_who
from ocop.direction.queries.tasks import days_of, late_to_call
from ocop.direction.rules.calling import BEFORE, LATE, LEADER, TODAY, call_of
from ocop.direction.rules.tasks import AGENCY, MONITOR
from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit

KIND = "direction.calls"
HEADS = {
    BEFORE: "Sắp đến hạn", TODAY: "Hạn hôm nay", LATE: "Quá hạn", LEADER: "Quá hạn, báo lãnh đạo",
}  # fmt: skip


def call_tasks(today: date, *, at: datetime | None = None) -> int:
    """Remind and escalate what the day calls for, each person and task once a day; answers how many tasks.

    A leader is told of a task once; a new last day lets the count begin anew.
    """
    at, count = at or clock.now(), 0
    for province in Unit.objects.valid_on(today).filter(level=UnitLevel.PROVINCE):
        days = days_of(province.code, today)
        remind, escalate = days["task_remind_days"], days["task_escalate_days"]
        wanted = [today + timedelta(days=remind), today, today - timedelta(days=1)]
        wanted.append(today - timedelta(days=max(escalate, 2)))
        rows = Task.objects.with_agency().filter(last_on__in=wanted, unit__covers__holder=province)
        for task in late_to_call(rows):
            call = call_of(task.last_on, today, remind_days=remind, escalate_days=escalate)
            _call(task, call, today, at)
            count += 1
    return count


def _call(task: Task, call: str, today: date, at: datetime) -> None:
    people = people_who(AGENCY, task)
    if call in (LATE, LEADER):
        people += people_who(MONITOR, task)
    if call == LEADER:
        people += leaders_of(task)
        Task.objects.filter(pk=task.pk).update(escalated_at=at)
    far, _ = formats.distance(task.last_on, today)
    notify_each(
        people, kind=KIND, title=f"{HEADS[call]}: {task}", at=at, url=task.get_absolute_url(),
        text=f"{task.agency.name}. Hạn {formats.day(task.last_on)}, {far}.", subject_key=f"task:{task.pk}",
        dedupe_key=f"task:{task.pk}:{today.isoformat()}",
    )  # fmt: skip
