"""The demo: bulk tasks are what the actions write; loaded once; only invented producers are nominated."""

from datetime import date, timedelta

import pytest
import time_machine

from ocop.accounts.enums import Role
from ocop.direction.actions.giving import give_out
from ocop.direction.actions.tasks import accept_task, press_task, report_task
from ocop.direction.demo.history import DONE, Year, past_of, write_year
from ocop.direction.models import Task
from ocop.direction.tests.world import make_field

pytestmark = pytest.mark.django_db
LEFT_OUT = ("id", "search_text", "search_exact", "assignment_id", "agency_id", "given_to_id", "unit_id", "monitor_id",
            "opened_at", "closed_at", "opened_by_id", "is_demo", "title", "text", "clause", "indicator",
            "measure")  # fmt: skip


def facts(task):
    values = {name: value for name, value in vars(task).items() if not name.startswith("_")}
    return {name: value for name, value in values.items() if name not in LEFT_OUT}


def steps(task):
    return [
        (move.name, move.from_state, move.to_state, move.by_id, move.at.date())
        for move in task.moves.order_by("pk")
    ]


def test_a_task_of_the_bulk_is_the_task_of_the_actions():
    with time_machine.travel("2027-01-20T09:00:00+07:00"):
        field = make_field(first=2026, last=2026)
        standing, officer = field.offices[Role.STANDING_OFFICER], field.officer
        year = Year(
            field.programme, field.offices.province, 2026, standing, lambda task: officer, date(2027, 1, 20)
        )
        assert write_year(year, lambda task: task.agency == field.department) == 1
        written = Task.objects.get()
        moves = steps(written)
        written.moves.all().delete()
        Task.objects.filter(pk=written.pk).update(assignment=field.local)
    with time_machine.travel("2026-01-08T09:00:00+07:00"):
        give_out(field.programme, field.offices.province, 2026, by=standing)
    task = Task.objects.get(assignment=field.named)
    Task.objects.filter(pk=task.pk).update(indicator="")
    task.refresh_from_db()
    with time_machine.travel("2026-01-12T09:00:00+07:00"):
        accept_task(task, planned_from=task.first_on, planned_to=task.last_on, by=officer)
    with time_machine.travel("2026-01-28T09:00:00+07:00"):
        press_task(task, "start", by=officer)
    told = date(2026, 11, 5) + timedelta(days=len(task.title) % 15)
    with time_machine.travel(f"{told.isoformat()}T09:00:00+07:00"):
        report_task(task, result="Đã thực hiện theo kế hoạch của năm.", quantity=1, by=officer)
    with time_machine.travel(f"{(told + timedelta(days=3)).isoformat()}T09:00:00+07:00"):
        press_task(task, "confirm", by=standing)
    task.refresh_from_db()
    assert facts(written) == facts(task)
    assert moves == steps(task)


def test_a_past_year_is_done_and_a_running_one_is_mixed():
    with time_machine.travel("2026-11-24T09:00:00+07:00"):
        field = make_field()
        year = Year(
            field.programme, field.offices.province, 2026, field.offices[Role.STANDING_OFFICER],
            lambda task: None, date(2026, 11, 24),
        )  # fmt: skip
        write_year(year)
        assert sorted(Task.objects.values_list("state", flat=True)) == [
            "done", "done", "done", "running", "running",
        ]  # fmt: skip
        case = past_of(Task.objects.first(), DONE, year)
        assert [step.verb for step in case.steps] == ["accept", "start", "report", "confirm"]
