"""Tasks of past years and of this one in bulk: rows and moves as the actions would have written them, without notices.

`tests/test_demo.py` walks a task through the actions and finds the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from ocop.accounts.models import User
from ocop.direction.actions.giving import Document, store, tasks_for
from ocop.direction.models import Task
from ocop.kit import clock
from ocop.kit.cases import Past, Step
from ocop.reporting.models import Programme
from ocop.units.models import Unit

GIVEN, ACCEPTED, RUNNING, REPORTED, DONE = range(5)
STATES = (DONE, DONE, RUNNING, DONE, RUNNING, REPORTED, DONE, RUNNING, ACCEPTED, RUNNING)
"""How far every tenth task of a running year has come."""


def moment(day: date) -> datetime:
    """Nine in the morning of a day."""
    return datetime.combine(day, time(9, 0), tzinfo=clock.LOCAL)


@dataclass(frozen=True)
class Year:
    """A year to write: which plan, who gives and confirms, who does the work of an agency."""

    programme: Programme
    province: Unit
    year: int
    standing: User
    worker: Callable[[Task], User | None]
    today: date
    document: Document | None = None

    @property
    def given_on(self) -> date:
        """The day on which the year is given out."""
        return date(self.year, 1, 8)


def past_of(task: Task, reached: int, year: Year) -> Past:
    """A task with the steps that bring it so far, and the facts that these leave in it."""
    by, given = year.worker(task), year.given_on
    task.is_demo = True
    steps = []
    if reached >= ACCEPTED:
        task.planned_from, task.planned_to = task.first_on, task.last_on
        steps.append(Step("accept", moment(given + timedelta(days=4)), by))
    if reached >= RUNNING:
        steps.append(Step("start", moment(given + timedelta(days=20)), by))
    if reached >= REPORTED:
        told = min(date(task.year, 11, 5) + timedelta(days=len(task.title) % 15), year.today)
        task.result, task.quantity, task.reported_on = "Đã thực hiện theo kế hoạch của năm.", 1, told
        steps.append(Step("report", moment(told), by))
        if reached >= DONE:
            steps.append(Step("confirm", moment(min(told + timedelta(days=3), year.today)), year.standing))
    return Past(task, Step("open", moment(given), year.standing), tuple(steps))


def write_year(year: Year, wanted: Callable[[Task], bool] = lambda task: True) -> int:
    """Write the tasks of a year; a year that has passed is done. Answers how many."""
    every = tasks_for(year.programme, year.province, year.year, year.given_on, year.document)
    found = [(task, others) for task, others in every if wanted(task)]
    is_past = year.year < year.today.year
    cases: list[Any] = [
        past_of(task, DONE if is_past else STATES[number % len(STATES)], year)
        for number, (task, _) in enumerate(found)
    ]
    store(found, year.province, cases, year.given_on)
    return len(found)
