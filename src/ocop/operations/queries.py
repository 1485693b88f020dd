"""How the system runs: jobs, notices on their way, sign-ins, storage, loads. No name, address or content of anybody."""

import os
import shutil
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Case, Count, Min, Q, Sum, When
from django_tasks_db.models import DBTaskResult, get_date_max

from ocop.audit.models import Event
from ocop.files.models import StoredFile
from ocop.inbox.enums import Channel, DeliveryState
from ocop.inbox.models import Delivery
from ocop.kit import clock, registry
from ocop.kit.health import QUEUE_LIVE
from ocop.kit.jobs import machine
from ocop.kit.jobs.models import CronRun, DataLoad, WorkerBeat
from ocop.operations.backups import manifest as manifests
from ocop.operations.backups.errors import BackupError

FAILED_SHOWN = 10
LATE = timedelta(minutes=10)
"""A scheduled job or a waiting task that is later than this is named as late."""
BACKUP_LATE = timedelta(hours=28)
"""A night and the hours that a large copy may take."""
STARTED = machine.now()
SIGN_IN = "accounts.signed_in"
SIGN_IN_FAILED = "accounts.sign_in_failed"


@dataclass(frozen=True)
class Queue:
    """The tasks: how many wait, run and failed in a week, since when the oldest waits, workers alive."""

    waiting: int
    running: int
    failed: int
    oldest: datetime | None
    workers: int

    @property
    def is_late(self) -> bool:
        """True when nobody takes what has waited for `LATE`."""
        return self.oldest is not None and machine.now() - self.oldest > LATE


@dataclass(frozen=True)
class Schedule:
    """A job of the scheduler with its last run; no run yet when the times are None."""

    what: str
    line: str
    last: datetime | None
    finished: datetime | None
    error: str


@dataclass(frozen=True)
class Way:
    """One way out for notices: how many wait, will be tried again, were given up, went out in a week."""

    channel: str
    label: str
    waiting: int
    retried: int
    gave_up: int
    sent: int


@dataclass(frozen=True)
class Storage:
    """Bytes of files, of the database, and free on the disk of the data folder."""

    files: int
    files_size: int
    database_size: int
    free: int


@dataclass(frozen=True)
class Backup:
    """The newest whole backup in the folder of backups: its name, moment, stored files and their bytes."""

    name: str
    made_at: datetime
    files: int
    size: int

    @property
    def is_old(self) -> bool:
        """True when a nightly backup was missed."""
        return machine.now() - self.made_at > BACKUP_LATE


@dataclass(frozen=True)
class Process:
    """The web process that answers: the machine, its number there, since when it runs."""

    host: str
    pid: int
    since: datetime


@dataclass(frozen=True)
class SignIns:
    """How many people came in, and how many tries failed, in 24 hours and in seven days."""

    day: int
    day_failed: int
    week: int
    week_failed: int


def _week_ago() -> datetime:
    return machine.now() - timedelta(days=7)


def queue() -> Queue:
    """The queue of tasks now."""
    tasks = DBTaskResult.objects.order_by()
    states = dict(tasks.exclude(status="FAILED").values_list("status").annotate(Count("pk")))
    at_once = Q(run_after=get_date_max())  # how the queue keeps a task that need not wait for a moment
    due = tasks.filter(at_once | Q(run_after__lte=machine.now()), status="READY")
    since = Case(When(at_once, then="enqueued_at"), default="run_after")
    return Queue(
        waiting=states.get("READY", 0),
        running=states.get("RUNNING", 0),
        failed=failed_tasks().count(),
        oldest=due.aggregate(first=Min(since))["first"],
        workers=WorkerBeat.objects.filter(seen_at__gte=machine.now() - QUEUE_LIVE).count(),
    )


def failed_tasks():  # type: ignore[no-untyped-def] # the library's queryset has no public type
    """Tasks that failed within a week, the newest first."""
    return DBTaskResult.objects.filter(status="FAILED", finished_at__gte=_week_ago()).order_by("-finished_at")


def schedules() -> list[Schedule]:
    """Every job of the scheduler, in the order of its words."""
    runs = {run.key: run for run in CronRun.objects.all()}
    found = []
    for job in registry.cron_jobs:
        run = runs.get(job.key)
        found.append(
            Schedule(
                job.what or job.key,
                job.line,
                run.started_at if run else None,
                run.finished_at if run else None,
                run.error.strip().splitlines()[-1] if run and run.error.strip() else "",
            )
        )
    return sorted(found, key=lambda one: one.what)


def ways() -> list[Way]:
    """The ways out for notices; of sent ones those of a week."""
    rows = Delivery.objects.order_by()
    counts = {
        (channel, state): number
        for channel, state, number in rows.exclude(state=DeliveryState.SENT)
        .values_list("channel", "state")
        .annotate(Count("pk"))
    }
    recent = rows.filter(state=DeliveryState.SENT, sent_at__gte=clock.now() - timedelta(days=7))
    sent = dict(recent.values_list("channel").annotate(Count("pk")))
    return [
        Way(
            channel.value,
            channel.label,
            counts.get((channel.value, DeliveryState.QUEUED), 0),
            counts.get((channel.value, DeliveryState.FAILED), 0),
            counts.get((channel.value, DeliveryState.GAVE_UP), 0),
            sent.get(channel.value, 0),
        )
        for channel in Channel
    ]


def delivery_errors() -> list[tuple[str, int]]:
    """What was answered to deliveries that failed or were given up, with how often; the errors name no address."""
    rows = Delivery.objects.filter(state__in=(DeliveryState.FAILED, DeliveryState.GAVE_UP)).exclude(error="")
    counted = rows.order_by().values_list("error").annotate(number=Count("pk")).order_by("-number", "error")
    return list(counted[:FAILED_SHOWN])


def sign_ins() -> SignIns:
    """Out of the audit log, which holds no name for a failed try."""
    week = Event.objects.filter(verb__in=(SIGN_IN, SIGN_IN_FAILED), at__gte=clock.now() - timedelta(days=7))
    counted = dict(week.order_by().values_list("verb").annotate(Count("pk")))
    day = week.filter(at__gte=clock.now() - timedelta(days=1))
    of_day = dict(day.order_by().values_list("verb").annotate(Count("pk")))
    return SignIns(
        day=of_day.get(SIGN_IN, 0),
        day_failed=of_day.get(SIGN_IN_FAILED, 0),
        week=counted.get(SIGN_IN, 0),
        week_failed=counted.get(SIGN_IN_FAILED, 0),
    )


def storage() -> Storage:
    """What the system keeps. Equal files lie on the disk once, so they are counted once."""
    unique = StoredFile.objects.filter(erased_at__isnull=True).order_by().values("sha256", "size").distinct()
    total = unique.aggregate(number=Count("sha256"), size=Sum("size"))
    return Storage(
        files=total["number"],
        files_size=total["size"] or 0,
        database_size=_database_size(),
        free=shutil.disk_usage(Path(settings.OCOP_DATA_DIR)).free,
    )


def last_backup() -> Backup | None:
    """Out of the manifests in OCOP_BACKUP_DIR; None without the setting, the folder or any whole backup."""
    if not settings.OCOP_BACKUP_DIR:
        return None
    for folder in sorted(Path(settings.OCOP_BACKUP_DIR).glob("ocop-*"), reverse=True):
        try:
            manifest = manifests.read(folder)
            made_at = datetime.fromisoformat(manifest.made_at)
        except (BackupError, OSError, ValueError):
            continue
        return Backup(folder.name, made_at, manifest.files, manifest.size)
    return None


def process() -> Process:
    """This process. The others are asked at their own ports (/healthz, /metrics)."""
    return Process(socket.gethostname(), os.getpid(), STARTED)


def _database_size() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


def loads() -> list[DataLoad]:
    """What was loaded into this database, the newest first."""
    return list(DataLoad.objects.order_by("-loaded_at", "key"))
