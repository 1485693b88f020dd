"""The clock of the machine is put forward by a year, then back: nothing stands still, nothing is done twice."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ocop.kit import clock, once, registry
from ocop.kit.jobs import cron, machine, reaper
from ocop.kit.jobs.models import CronRun, WorkerBeat
from ocop.kit.models import OnceKey

pytestmark = pytest.mark.django_db
NOW = timezone.datetime.fromisoformat("2026-11-23T10:00:30+07:00")
YEAR = timedelta(days=365)


@pytest.fixture
def ran(monkeypatch):
    """A job of every minute, alone in the registry; the moments at which it ran."""
    moments = []
    job = registry.CronJob("test.minutely", "* * * * *", lambda: moments.append(machine.now()), "Thử")
    monkeypatch.setattr(registry.cron_jobs, "_entries", {job.key: job})
    CronRun.objects.create(key=job.key, last_due=NOW - timedelta(minutes=5))
    return moments


def turns(*moments):
    """The scheduler looks at these moments."""
    for moment in moments:
        cron.run_due(moment)


def test_the_schedule_goes_on_after_the_clock_ran_ahead(ran):
    minute = timedelta(minutes=1)
    turns(NOW, NOW, NOW + YEAR, NOW + YEAR, NOW + minute, NOW + minute, NOW + 2 * minute)
    assert len(ran) == 4
    assert CronRun.objects.get().last_due == NOW.replace(second=0) + 2 * minute


def test_two_machines_whose_clocks_differ_a_little_run_a_job_once(ran):
    turns(NOW, NOW - timedelta(minutes=1), NOW, NOW - timedelta(minutes=4))
    assert len(ran) == 1


@pytest.fixture
def queue(settings):
    """The queue of production, which a task that is taken back returns to."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def running(worker: str, started) -> DBTaskResult:
    """A task that the worker has in hand."""
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING, started_at=started, worker_ids=[worker], run_after=started,
        task_path="ocop.kit.jobs.background.fill_demo", backend_name="default",
        args_kwargs={"args": [], "kwargs": {}}, exception_class_path="", traceback="",
    )  # fmt: skip


def states() -> list[str]:
    return list(DBTaskResult.objects.order_by("started_at").values_list("status", flat=True))


def test_a_worker_that_died_while_the_clock_ran_ahead_is_found_dead(queue):
    with time_machine.travel(NOW + YEAR, tick=False):
        WorkerBeat.objects.create(worker_id="dead", seen_at=machine.now())
        running("dead", machine.now())
    with time_machine.travel(NOW, tick=False) as now:
        assert reaper.reap() == 0  # it may live, and has a minute to say so
        now.shift(timedelta(seconds=61))
        assert (reaper.reap(), states()) == (1, ["READY"])


def test_a_worker_that_lives_keeps_its_task_when_the_clock_is_put_back(queue):
    with time_machine.travel(NOW + YEAR, tick=False):
        WorkerBeat.objects.create(worker_id="alive", seen_at=machine.now())
        running("alive", machine.now())
    with time_machine.travel(NOW, tick=False) as now:
        assert reaper.reap() == 0
        WorkerBeat.objects.update(seen_at=machine.now())
        now.shift(timedelta(seconds=50))
        assert (reaper.reap(), states()) == (0, ["RUNNING"])


def test_a_worker_that_lives_keeps_its_task_when_the_clock_is_put_forward(queue):
    with time_machine.travel(NOW, tick=False) as now:
        WorkerBeat.objects.create(worker_id="alive", seen_at=machine.now())
        running("alive", machine.now())
        ticker = cron.Ticker()
        now.shift(timedelta(hours=3))
        ticker.tick()
        assert states() == ["RUNNING"]
        ticker.tick()  # nobody has beaten since
        assert states() == ["READY"]


def test_a_form_sent_twice_acts_once_whatever_the_clock_does_between():
    request = RequestFactory().post("/")
    request.user = AnonymousUser()
    acts = []

    def act() -> str:
        acts.append(clock.now())
        return "/da-xong/"

    for moment in (NOW, NOW + YEAR, NOW - YEAR, NOW):
        with time_machine.travel(moment, tick=False):
            assert once.run(request, "k1", act).url == "/da-xong/"
    assert (len(acts), OnceKey.objects.count()) == (1, 1)
    with time_machine.travel(NOW - YEAR, tick=False):
        assert once.sweep() == 0
