"""/metrics: what it tells, and to whom."""

import os
import subprocess
import sys
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.conf import settings as known
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families as parse

from ocop.accounts.enums import Role
from ocop.accounts.tests.factories import MembershipFactory
from ocop.inbox.enums import DeliveryState
from ocop.inbox.models import Delivery
from ocop.inbox.tests.factories import NoticeFactory
from ocop.kit import metrics
from ocop.kit.jobs import machine
from ocop.kit.jobs.models import CronRun, WorkerBeat
from ocop.kit.registry import announce, cron_jobs
from ocop.operations.backups.manifest import Manifest
from ocop.operations.tests.test_state import task

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-the-tests-0123456789"


def ask(token: str = TOKEN, **more):
    return Client().get("/metrics", headers={"Authorization": f"Bearer {token}", **more})


@pytest.fixture
def opened(settings, tmp_path):
    settings.OCOP_METRICS_TOKEN, settings.OCOP_METRICS_NETWORKS = TOKEN, []
    settings.OCOP_BACKUP_DIR, settings.OCOP_DATA_DIR = "", tmp_path
    return settings


def values() -> dict:
    """{(name, labels): value} of everything that is told."""
    answer = ask()
    assert (answer.status_code, answer["Cache-Control"].split(",")[0]) == (200, "max-age=0")
    families = parse(answer.content.decode())
    return {
        (one.name, *sorted(one.labels.values())): one.value for family in families for one in family.samples
    }


def test_nobody_reads_without_a_token_in_the_environment(opened):
    opened.OCOP_METRICS_TOKEN = ""
    for token in ("", "None", TOKEN):
        assert ask(token).status_code == 404
    assert Client().get("/metrics").status_code == 404


def test_the_token_opens_it_and_nothing_else_does(opened):
    assert [ask(token).status_code for token in (TOKEN, TOKEN + "x", TOKEN.upper(), "", "é")] == [
        200, 404, 404, 404, 404,
    ]  # fmt: skip
    assert Client().get(f"/metrics?token={TOKEN}").status_code == 404
    admin = Client()
    admin.force_login(MembershipFactory(role=Role.ADMINISTRATOR).user)
    assert admin.get("/metrics").status_code == 404


def test_networks_narrow_who_may_and_a_passed_address_counts_only_behind_a_proxy(opened):
    opened.OCOP_METRICS_NETWORKS = [ip_network("10.20.0.0/16"), ip_network("::1/128")]
    assert ask().status_code == 404
    from_inside = {"X-Forwarded-For": "10.20.3.4"}
    assert ask(**from_inside).status_code == 404
    opened.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert [ask(**from_inside).status_code, ask(**{"X-Forwarded-For": "10.21.3.4"}).status_code] == [200, 404]


def test_the_state_of_the_system(opened, tmp_path):
    now = machine.now()
    task("READY", run_after=now - timedelta(minutes=3))
    task("RUNNING")
    task("FAILED")
    task("FAILED")
    WorkerBeat.objects.create(worker_id="a", seen_at=now)
    key = next(iter(cron_jobs)).key
    CronRun.objects.create(key=key, last_due=now, started_at=now, error="OSError: x")
    for state in (DeliveryState.GAVE_UP, DeliveryState.FAILED, DeliveryState.FAILED):
        Delivery.objects.create(notice=NoticeFactory(), channel="email", state=state)
    for verb in ("accounts.signed_in", "accounts.sign_in_failed", "accounts.sign_in_failed"):
        announce(verb, by=None)
    told = values()
    wanted = {
        ("ocop_database_up",): 1, ("ocop_tasks", "waiting"): 1, ("ocop_tasks", "running"): 1,
        ("ocop_tasks", "failed"): 2, ("ocop_workers",): 1, ("ocop_schedules_failed",): 1,
        ("ocop_notices", "email", "gave_up"): 1, ("ocop_notices", "email", "retried"): 2,
        ("ocop_notices", "email", "waiting"): 0, ("ocop_sign_ins_day", "ok"): 1, ("ocop_sign_ins_day", "failed"): 2,
    }  # fmt: skip
    assert {name: told[name] for name in wanted} == wanted
    assert 180 <= told["ocop_task_oldest_waiting_seconds",] < 240
    assert told["ocop_disk_free_bytes",] > 0
    assert ("ocop_backup_age_seconds",) not in told
    assert told["process_start_time_seconds",] < now.timestamp()


def test_a_task_that_waits_for_nobody_counts_from_when_it_was_queued(opened):
    row = task("READY", run_after=None)
    type(row).objects.filter(pk=row.pk).update(enqueued_at=machine.now() - timedelta(hours=1))
    assert 3600 <= values()["ocop_task_oldest_waiting_seconds",] < 3660


def test_the_age_of_the_last_whole_backup(opened, tmp_path):
    opened.OCOP_BACKUP_DIR = str(tmp_path / "backups")
    assert values()["ocop_backup_age_seconds",] == float("inf")
    for name, hours in (("ocop-20261101-010000", 49), ("ocop-20261102-010000", 25)):
        folder = tmp_path / "backups" / name
        folder.mkdir(parents=True)
        made_at = (machine.now() - timedelta(hours=hours)).isoformat()
        Manifest(made_at, "sqlite", [], {}, 1, 2, "x").write(folder)
    (tmp_path / "backups" / "ocop-20261103-010000").mkdir()  # begun and never finished
    assert 25 * 3600 <= values()["ocop_backup_age_seconds",] < 25 * 3600 + 60


def test_requests_are_counted_by_route_and_never_by_address(opened):
    before = values()
    Client().get("/kiem-tra/MA-BI-MAT/")
    Client().get("/khong-co-gi/")
    Client().generic("BREW", "/healthz")
    after = values()

    def more(*labels):
        name = ("ocop_requests_total", *sorted(labels))
        return after.get(name, 0) - before.get(name, 0)

    assert more("GET", "public:validity", "404") == 1
    assert more("GET", "-", "404") == 1
    assert more("OTHER", "kit:healthz", "405") == 1
    assert after["ocop_request_seconds_count", "public:validity"] >= 1
    assert "MA-BI-MAT" not in ask().content.decode()


def test_processes_behind_one_address_are_counted_together(tmp_path):
    def run(code: str) -> str:
        env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(known.BASE_DIR / "src"),
            metrics.SHARED: str(tmp_path),
        }
        code = f"from ocop.kit import metrics\n{code}"
        return subprocess.run(  # noqa: S603
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, timeout=60
        ).stdout

    for _ in range(2):
        run("metrics.answered(method='GET', route='x:y', status=200, seconds=0.1)")
    said = run("print(metrics.text().decode())")
    assert 'ocop_requests_total{method="GET",route="x:y",status="200"} 2.0' in said
