"""The page of operations: what it counts, who opens it, the press that sends again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from ocop.accounts.enums import Role
from ocop.accounts.tests.factories import MembershipFactory, UserFactory
from ocop.audit.models import Event
from ocop.files.actions import store_generated
from ocop.inbox.enums import DeliveryState
from ocop.inbox.models import Delivery
from ocop.inbox.tests.factories import NoticeFactory
from ocop.kit import registry
from ocop.kit.jobs import machine
from ocop.kit.jobs.models import CronRun, DataLoad, WorkerBeat
from ocop.kit.reference import environment
from ocop.kit.registry import announce
from ocop.operations import queries, surroundings
from ocop.operations.backups.manifest import Manifest
from ocop.units.enums import AgencyKind
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
STATE, SETTINGS, AGAIN = "/van-hanh/", "/van-hanh/cau-hinh/", "/van-hanh/gui-lai/"


@pytest.fixture
def home(settings):
    settings.OCOP_MFA_REQUIRED = False
    return ProvinceFactory(code=settings.OCOP_PROVINCE, name="Hà Tĩnh")


def officer(unit, role=Role.ADMINISTRATOR):
    agency = AgencyFactory(unit=unit, kind=AgencyKind.PROVINCE_COMMITTEE)
    return MembershipFactory(agency=agency, role=role).user


@pytest.fixture
def admin(home):
    return officer(home)


@pytest.fixture
def at_desk(admin):
    client = Client()
    client.force_login(admin)
    return client


def task(status: str, **values) -> DBTaskResult:
    """A row of the queue; what is not said is of a task just put in."""
    moment = machine.now()
    return DBTaskResult.objects.create(
        **{
            "status": status, "args_kwargs": {"args": [], "kwargs": {"phone": "0912345678"}}, "task_path": "ocop.x.y",
            "backend_name": "default", "run_after": moment, "finished_at": moment, "exception_class_path": "",
            "traceback": "", **values,
        }
    )  # fmt: skip


def test_the_queue_names_what_waits_runs_failed_and_who_works(home):
    long_ago = machine.now() - timedelta(days=8)
    task("READY", run_after=machine.now() - timedelta(minutes=11))
    task("READY", run_after=machine.now() + timedelta(hours=1))
    task("RUNNING")
    task("FAILED")
    task("FAILED", finished_at=long_ago)
    task("SUCCESSFUL")
    WorkerBeat.objects.create(worker_id="a", seen_at=machine.now())
    WorkerBeat.objects.create(worker_id="b", seen_at=machine.now() - timedelta(minutes=2))
    found = queries.queue()
    assert (found.waiting, found.running, found.failed, found.workers) == (2, 1, 1, 1)
    assert found.is_late


def test_a_task_that_is_not_yet_due_is_not_late(home):
    task("READY", run_after=machine.now() + timedelta(hours=1))
    assert (queries.queue().oldest, queries.queue().is_late) == (None, False)


def test_every_job_of_the_scheduler_stands_there_with_its_last_error(home):
    key = next(iter(registry.cron_jobs)).key
    CronRun.objects.create(
        key=key, last_due=machine.now(), started_at=machine.now(), error="Traceback\n  x\nOSError: đầy đĩa\n"
    )
    found = queries.schedules()
    assert len(found) == len(list(registry.cron_jobs))
    assert [one.error for one in found if one.last] == ["OSError: đầy đĩa"]


def test_notices_are_counted_by_channel_and_errors_without_a_name(home, at_desk):
    states = [DeliveryState.QUEUED, DeliveryState.FAILED, DeliveryState.GAVE_UP, DeliveryState.GAVE_UP]
    for state in states:
        error = "" if state == DeliveryState.QUEUED else "ConnectionRefusedError 111"
        Delivery.objects.create(notice=NoticeFactory(), channel="email", state=state, error=error)
    Delivery.objects.create(
        notice=NoticeFactory(), channel="sms", state=DeliveryState.SENT, sent_at=machine.now()
    )
    email, sms = queries.ways()
    assert (email.waiting, email.retried, email.gave_up, email.sent) == (1, 1, 2, 0)
    assert (sms.waiting, sms.retried, sms.gave_up, sms.sent) == (0, 0, 0, 1)
    assert queries.delivery_errors() == [("ConnectionRefusedError 111", 3)]


def test_given_up_notices_are_sent_again_by_one_press_and_logged(admin, at_desk):
    Delivery.objects.create(notice=NoticeFactory(), channel="email", state=DeliveryState.GAVE_UP)
    assert "Gửi lại tất cả" in at_desk.get(STATE).content.decode()
    for _ in range(2):
        assert at_desk.post(AGAIN).url == STATE
    assert Delivery.objects.get().state == DeliveryState.QUEUED
    (event,) = Event.objects.filter(verb="inbox.requeued")
    assert (event.actor, event.data["rows"]) == (admin, 1)
    assert "Gửi lại tất cả" not in at_desk.get(STATE).content.decode()


def test_sign_ins_are_counted_by_day_and_week(home):
    for verb in ("accounts.signed_in", "accounts.sign_in_failed", "accounts.sign_in_failed"):
        announce(verb, by=None)
    found = queries.sign_ins()
    assert (found.day, found.day_failed, found.week, found.week_failed) == (1, 2, 1, 2)


def test_equal_files_count_once(admin):
    for content in (b"a" * 100, b"a" * 100, b"b" * 50):
        store_generated(content, name="a.txt", content_type="text/plain", by=admin)
    found = queries.storage()
    assert (found.files, found.files_size) == (2, 150)
    assert found.database_size > 10_000
    assert found.free > 0


def test_the_page_shows_it_all_and_nothing_personal(home, at_desk):
    task("FAILED", exception_class_path="builtins.OSError", traceback="0912345678")
    DataLoad.objects.create(key="reference.units", digest="x", loaded_at=machine.now(), seconds=3)
    page = at_desk.get(STATE).content.decode()
    assert "Không có tiến trình nào nhận việc nền" in page
    assert ("builtins.OSError" in page, "reference.units" in page, "0912345678" in page) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize("role", [Role.ADVISORY_OFFICER, Role.COMMUNE_OFFICER, Role.PROVINCE_LEADER])
def test_others_do_not_find_it(home, role):
    for person in (officer(home, role), UserFactory(), officer(ProvinceFactory(name="Tỉnh Khác"))):
        client = Client()
        client.force_login(person)
        answers = client.get(STATE), client.get(SETTINGS), client.post(AGAIN)
        assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert reverse("account_login") in Client().get(STATE).url


def test_an_administrator_of_a_commune_alone_does_not_run_the_system(home):
    client = Client()
    client.force_login(officer(UnitFactory(name="Xã", under=home)))
    assert client.get(STATE).status_code == 404


def test_the_number_of_queries_is_that_of_an_empty_system(home, at_desk):
    at_desk.get(STATE)
    with CaptureQueriesContext(connection) as few:
        at_desk.get(STATE)
    for _ in range(30):
        task("FAILED")
        Delivery.objects.create(
            notice=NoticeFactory(), channel="email", state=DeliveryState.FAILED, error="x"
        )
    with CaptureQueriesContext(connection) as many:
        at_desk.get(STATE)
    assert len(many) == len(few)


def backup_of(folder, hours):
    """A whole backup that was made so many hours ago."""
    made_at = (machine.now() - timedelta(hours=hours)).isoformat()
    (folder / "ocop-20261101-010000").mkdir(parents=True)
    Manifest(made_at, "sqlite", [], {}, 12, 3_000_000, "x").write(folder / "ocop-20261101-010000")


@pytest.mark.parametrize(
    ("hours", "said"),
    [(None, "Chưa có bản sao lưu nào"), (29, "Bản sao lưu gần nhất đã quá 28 giờ"), (27, "")],
)
def test_the_page_says_when_a_backup_is_missing_or_old(at_desk, settings, tmp_path, hours, said):
    settings.OCOP_BACKUP_DIR = str(tmp_path)
    if hours:
        backup_of(tmp_path, hours)
    page = at_desk.get(STATE).content.decode()
    warnings = ("Chưa có bản sao lưu nào", "Bản sao lưu gần nhất đã quá 28 giờ")
    assert [warning for warning in warnings if warning in page] == [said] * bool(said)
    assert ("12 tệp, 2,9" in page) is bool(hours)


def test_every_variable_stands_on_the_page_and_no_secret_does(at_desk, monkeypatch, settings):
    config = settings.BASE_DIR / "src" / "ocop" / "config"
    shown = {name for named in surroundings.GROUPS.values() for name in named}
    assert shown == set(environment.variables(config))
    secrets = {name: f"bi-mat-{name}" for name in surroundings.SECRET}
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATABASE_URL", "postgres://chu:matkhau@10.1.2.3:5432/ocop")
    monkeypatch.delenv("EMAIL_PORT", raising=False)
    page = at_desk.get(SETTINGS).content.decode()
    assert ("bi-mat" in page, "matkhau" in page, "postgres://10.1.2.3:5432/ocop" in page) == (
        False,
        False,
        True,
    )
    rows = {row.name: row for group in surroundings.groups().values() for row in group}
    assert (rows["DATABASE_URL"].given, rows["EMAIL_PORT"].given, rows["EMAIL_PORT"].value) == (
        True,
        False,
        "25",
    )
