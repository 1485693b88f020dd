"""Retries, lost workers, cron, progress, data loads, health; with the real database queue and worker."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as PlainWorker
from django_tasks_db.models import DBTaskResult

from ocop.kit import registry
from ocop.kit.clock import LOCAL
from ocop.kit.errors import Refused
from ocop.kit.jobs import RetryPolicy, cron, loads, machine, progress, reaper, retrying_task
from ocop.kit.jobs.models import CronRun, DataLoad, JobProgress, WorkerBeat
from ocop.kit.jobs.retry import WorkerLost
from ocop.kit.jobs.worker import Worker, beat

calls: list[str] = []


@retrying_task(tries=3, backoff=30)
def fails_twice(name: str) -> str:
    """Fails on its first two tries."""
    calls.append(name)
    if calls.count(name) < 3:
        raise OSError("mail server away")
    return "sent"


@retrying_task(tries=2)
def always_fails() -> None:
    """Never succeeds."""
    raise OSError("no")


@retrying_task(tries=5)
def refuses() -> None:
    """The domain says no."""
    raise Refused("x", "Không được.")


@pytest.fixture
def queue(settings, db):
    """The queue of production instead of the one that runs tasks on the spot."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "reports"]}
    }
    calls.clear()


@pytest.fixture
def worked(queue, transactional_db):
    """The same, for a worker that opens and closes its own connections."""


def work(times: int = 1) -> None:
    """A worker empties the queue; pauses between tries are skipped."""
    for _ in range(times):
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=machine.now())
        Worker(uuid.uuid4().hex, batch=True).run()


def the_task() -> DBTaskResult:
    return DBTaskResult.objects.get()


def test_a_failed_task_waits_and_is_tried_again(worked):
    fails_twice.enqueue("a")
    work()
    row = the_task()
    assert (row.status, len(row.worker_ids), row.exception_class_path) == (
        TaskResultStatus.READY,
        1,
        "builtins.OSError",
    )
    assert timedelta(seconds=25) < row.run_after - machine.now() <= timedelta(seconds=30)
    work(2)
    assert (the_task().status, the_task().return_value, calls) == (
        TaskResultStatus.SUCCESSFUL,
        "sent",
        ["a"] * 3,
    )


def test_a_task_is_given_up_after_its_tries(worked):
    always_fails.enqueue()
    work(4)
    assert (the_task().status, len(the_task().worker_ids)) == (TaskResultStatus.FAILED, 2)


def test_a_refusal_is_final(worked):
    refuses.enqueue()
    work(2)
    assert (the_task().status, len(the_task().worker_ids)) == (TaskResultStatus.FAILED, 1)


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 30), (2, 60), (3, 120), (8, 3600), (20, 3600)])
def test_the_pause_doubles_up_to_an_hour(attempt, seconds):
    assert RetryPolicy(tries=30, backoff=30).pause(attempt) == timedelta(seconds=seconds)


def lost(minutes: float, *, beaten: float | None) -> DBTaskResult:
    """A task that a worker took so long ago; the worker last beat so long ago, or never."""
    fails_twice.enqueue("lost")
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING,
        worker_ids=["w"],
        started_at=machine.now() - timedelta(minutes=minutes),
    )
    if beaten is not None:
        beat("w")
        WorkerBeat.objects.update(seen_at=machine.now() - timedelta(minutes=beaten))
    return the_task()


@pytest.mark.parametrize(
    ("minutes", "beaten", "status"),
    [
        pytest.param(10, 5, TaskResultStatus.READY, id="killed"),
        pytest.param(10, None, TaskResultStatus.READY, id="never beat"),
        pytest.param(10, 0.1, TaskResultStatus.RUNNING, id="alive"),
        pytest.param(0.2, None, TaskResultStatus.RUNNING, id="just taken"),
    ],
)
def test_tasks_of_dead_workers_are_taken_back(queue, minutes, beaten, status):
    lost(minutes, beaten=beaten)
    reaper.reap()
    assert the_task().status == status


def test_a_task_that_kills_its_workers_is_given_up(queue):
    lost(10, beaten=5)
    DBTaskResult.objects.update(worker_ids=["a", "b", "w"])
    assert reaper.reap() == 1
    row = the_task()
    assert (row.status, row.exception_class_path) == (
        TaskResultStatus.FAILED,
        f"{WorkerLost.__module__}.WorkerLost",
    )


def test_a_worker_leaves_no_beat_behind(worked):
    work()
    assert WorkerBeat.objects.count() == 0


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("line", "now", "due"),
    [
        ("30 6 * * *", "2026-11-23T06:30:00", "2026-11-23T06:30:00"),
        ("30 6 * * *", "2026-11-23T06:29:59", "2026-11-22T06:30:00"),
        ("30 6 * * *", "2026-11-23T23:00:00", "2026-11-23T06:30:00"),
        ("*/5 * * * *", "2026-11-23T10:07:31", "2026-11-23T10:05:00"),
        ("0 0 1 * *", "2026-11-01T00:00:30", "2026-11-01T00:00:00"),
    ],
)
def test_the_latest_due_moment_in_vietnamese_time(line, now, due):
    assert cron.latest_due(line, at(now)) == at(due)


@pytest.fixture
def job(monkeypatch):
    """A registry with one hourly job, and the list of its runs."""
    runs: list[str] = []
    jobs = registry.Registry("cron jobs")
    jobs.add(registry.CronJob("test.hourly", "0 * * * *", lambda: runs.append("ran")))
    monkeypatch.setattr(registry, "cron_jobs", jobs)
    return runs


def test_a_job_runs_once_per_due_moment_and_missed_ones_once(db, job):
    assert cron.run_due(at("2026-11-23T10:20:00")) == []  # seen for the first time: waits for its next moment
    assert cron.run_due(at("2026-11-23T11:00:10")) == ["test.hourly"]
    assert cron.run_due(at("2026-11-23T11:00:30")) == []
    assert cron.run_due(at("2026-11-23T18:40:00")) == ["test.hourly"]  # seven were missed
    assert job == ["ran", "ran"]


def test_two_schedulers_claim_one_moment_once(db, job):
    cron.claim("test.hourly", at("2026-11-23T10:00:00"), at("2026-11-23T10:00:00"))
    due = at("2026-11-23T11:00:00")
    assert [cron.claim("test.hourly", due, due), cron.claim("test.hourly", due, due)] == [True, False]


def test_a_failing_job_is_recorded_and_stops_no_other(db, job, monkeypatch):
    def fails() -> None:
        raise ValueError("broken")

    registry.cron_jobs.add(registry.CronJob("test.broken", "0 * * * *", fails))
    cron.run_due(at("2026-11-23T10:20:00"))
    assert sorted(cron.run_due(at("2026-11-23T11:00:10"))) == ["test.broken", "test.hourly"]
    assert CronRun.objects.get(key="test.broken").error == "ValueError: broken"
    assert job == ["ran"]


def test_reference_data_is_loaded_once_and_again_when_forced(db, monkeypatch):
    seen: list[str] = []

    def step(log) -> None:
        seen.append("loaded")

    steps = registry.Registry("reference steps")
    steps.add(registry.ReferenceStep("test", step))
    monkeypatch.setattr(registry, "reference_steps", steps)
    first, second, forced = (loads.load_reference(seen.append, force=force) for force in (False, False, True))
    assert (first, second, forced) == (1, 0, 1)
    assert DataLoad.objects.get().key == "reference.test"


def test_demo_steps_of_the_worker_wait_for_it(db, monkeypatch):
    seen: list[str] = []
    steps = registry.Registry("demo steps")
    steps.add(registry.DemoStep("small", lambda log: seen.append("small"), order=10))
    steps.add(registry.DemoStep("large", lambda log: seen.append("large"), order=loads.BACKGROUND_ORDER))
    monkeypatch.setattr(registry, "demo_steps", steps)
    assert loads.load_demo(str) == 1
    assert (seen, loads.demo_waits_for_worker()) == (["small"], True)
    assert loads.load_demo(str, background=True) == 1
    assert (seen, loads.demo_waits_for_worker()) == (["small", "large"], False)
    assert loads.load_demo(str) + loads.load_demo(str, background=True) == 0


@pytest.fixture
def people(db):
    user = get_user_model()
    return [user.objects.create(username=name, full_name=name) for name in ("lan", "hung")]


def test_progress_is_shown_to_its_owner_and_to_nobody_else(people):
    owner, stranger = people
    row = progress.start("Nhập chủ thể từ Excel", by=owner)
    progress.step(str(row.key), 140.4, "Dòng 20.000")
    row.refresh_from_db()
    assert (row.state, row.percent, row.is_finished) == ("running", 100, False)
    url = reverse("kit:job", args=[row.key])
    answers = []
    for person in (owner, stranger):
        client = Client()
        client.force_login(person)
        answers.append(client.get(url).status_code)
    assert [*answers, Client().get(url).status_code] == [200, 404, 302]


def test_a_finished_job_asks_no_more(people):
    row = progress.start("Xuất Excel", by=people[0])
    client = Client()
    client.force_login(people[0])
    url = reverse("kit:job", args=[row.key])
    assert "every 2s" in client.get(url, headers={"HX-Request": "true"}).content.decode()
    progress.finish(str(row.key), "Xong", result_url="/tep/1/")
    page = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert ("every 2s" in page, "/tep/1/" in page, "<html" in page) == (False, True, False)
    assert JobProgress.objects.get().state == "done"


def test_health_without_a_worker_in_the_backend_of_tests(db):
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": True, "queue": True})


@pytest.mark.parametrize(("seconds", "status"), [(None, 503), (120, 503), (5, 200)])
def test_health_asks_for_a_fresh_beat(queue, seconds, status):
    if seconds is not None:
        beat("w")
        WorkerBeat.objects.update(seen_at=machine.now() - timedelta(seconds=seconds))
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()["queue"]) == (status, status == 200)


def test_health_without_a_database(db, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("ocop.kit.health.connection.cursor", _no_cursor)
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"status": "unavailable", "database": False, "queue": False},
    )


def _no_cursor():
    from django.db import OperationalError

    raise OperationalError("the server is away")


def test_health_of_a_process_that_is_about_to_stop(db, settings, tmp_path):
    flag = tmp_path / "drain.1"
    settings.OCOP_DRAIN_FILE = str(flag)
    assert Client().get("/healthz").status_code == 200
    flag.touch()
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "draining")


@pytest.mark.parametrize("gone", [OperationalError("server closed the connection"), InterfaceError("closed")])
def test_a_worker_waits_for_a_database_that_went_away_and_goes_on_under_another_id(worked, monkeypatch, gone):
    calls = []

    def work_once(worker):
        calls.append(worker.worker_id)
        if len(calls) == 1:
            raise gone

    monkeypatch.setattr(PlainWorker, "run", work_once)
    monkeypatch.setattr("ocop.kit.jobs.worker.AWAY_PAUSE", 0)
    Worker("first").run()
    assert (calls[0], len(calls), calls[0] == calls[1]) == ("first", 2, False)
    assert list(WorkerBeat.objects.values_list("worker_id", flat=True)) == ["first"]
