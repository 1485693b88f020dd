"""A worker killed in a job, a server killed in a submit: nothing is half done, nothing is done twice."""

import http.client
import signal
import threading
import urllib.parse
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ocop.evaluation.models import Dossier, DossierMove, Submission
from ocop.evaluation.tests.world import make_world
from ocop.kit import once
from ocop.kit.jobs import machine
from ocop.kit.jobs.models import WorkerBeat
from ocop.kit.meeting import meeting_place
from ocop.kit.models import DayOverride, OnceKey
from ocop.kit.tests.sample.tasks import write_two_days
from tests.service.processes import answers, child, free_port, locked, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.engine]


def age_the_beats() -> None:
    """A worker that was killed beats no more: as if two minutes had gone by."""
    long_ago = machine.now() - timedelta(minutes=2)
    WorkerBeat.objects.update(seen_at=long_ago)
    DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).update(started_at=long_ago)


def test_worker_killed_in_a_job(tmp_path: Path, settings) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "reports"]}
    }
    with meeting_place(tmp_path):
        task = write_two_days.enqueue(str(tmp_path))
        begun = tmp_path / "begun"
        with child(tmp_path, "manage.py", "worker", "--worker-id", "first") as worker:
            until(lambda: begun.exists() and begun.read_text(), "the first run")
            worker.send_signal(signal.SIGKILL)
            worker.wait(timeout=10)
        until(lambda: not locked(), "the database to drop the transaction of the dead")
        assert DayOverride.objects.count() == 0
        assert DBTaskResult.objects.get(pk=task.id).status == TaskResultStatus.RUNNING
        age_the_beats()
        with child(tmp_path, "manage.py", "worker", "--worker-id", "second"):
            until(
                lambda: DBTaskResult.objects.get(pk=task.id).status == TaskResultStatus.SUCCESSFUL,
                "the second run",
            )
        assert (DayOverride.objects.count(), DBTaskResult.objects.get(pk=task.id).worker_ids) == (
            2,
            ["first", "second"],
        )


def _slow(table: str) -> None:
    """Make the database dwell on the next row of a table, in the middle of the transaction that writes it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER dwell AFTER INSERT ON {table} "  # noqa: S608 - a name of ours
                "BEGIN SELECT count(*) FROM (WITH RECURSIVE n(x) AS "
                "(SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 2000000000) SELECT x FROM n); END"
            )
        else:
            cursor.execute(
                "CREATE FUNCTION dwell() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN PERFORM pg_sleep(120); RETURN NEW; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER dwell AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION dwell()"
            )


def _quick(table: str) -> None:
    """Take the dwelling away, and on PostgreSQL the server's half of the dead connection."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER dwell")
            return
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND wait_event = 'PgSleep'"
        )
        cursor.execute(f"DROP TRIGGER dwell ON {table}")
        cursor.execute("DROP FUNCTION dwell()")


def _send(port: int, path: str, client: Client, **fields: str) -> int:
    """Send a form to the server as the browser of `client` would; 0 when the line broke."""
    token = "a" * 32
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
    body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token})
    heads = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("POST", path, body, heads)
        return line.getresponse().status
    except (http.client.HTTPException, OSError):
        return 0
    finally:
        line.close()


def test_server_killed_in_a_submit(tmp_path: Path) -> None:
    world = make_world()
    row = world.filled_dossier()
    client = Client()
    client.force_login(world["owner"])
    path, table = reverse("evaluation:dossier-check", args=[row.code]), Submission._meta.db_table
    sent = {"commitment": "on", once.FIELD: "k1"}
    with meeting_place(tmp_path):
        _slow(table)
        port = free_port()
        serve = ("manage.py", "runserver", "--noreload", f"127.0.0.1:{port}")
        said: list[int] = []
        with child(tmp_path, *serve) as server:
            until(lambda: answers(port), "the server")
            press = threading.Thread(target=lambda: said.append(_send(port, path, client, **sent)))
            press.start()
            until(lambda: said or locked(), "the submit to be under way")
            assert said == []
            server.send_signal(signal.SIGKILL)
            server.wait(timeout=10)
            press.join(timeout=30)
        assert said == [0]
        _quick(table)
        until(lambda: not locked(), "the database to drop the transaction of the dead")
        kept = Dossier.objects.get(pk=row.pk)
        assert (kept.state, kept.submitted_at, kept.version, kept.answers) == (
            "draft", None, row.version, row.answers,
        )  # fmt: skip
        assert [model.objects.count() for model in (DossierMove, Submission, OnceKey)] == [0, 0, 0]
        with child(tmp_path, *serve):
            until(lambda: answers(port), "the server again")
            assert [_send(port, path, client, **sent) for _ in range(2)] == [302, 302]
        assert [model.objects.count() for model in (DossierMove, Submission, OnceKey)] == [1, 1, 1]
