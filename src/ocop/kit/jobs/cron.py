"""The scheduler: each cron job of the registry runs once per due moment, whoever asks, however many ask.

Lines are read in Vietnamese time against the machine's own clock. A moment missed while nothing ran is made up
for once, however many were missed. Heavy work belongs in a task that the job enqueues.
"""

import logging
from datetime import datetime, timedelta

from cronsim import CronSim

from ocop.kit import registry
from ocop.kit.clock import LOCAL
from ocop.kit.jobs import machine
from ocop.kit.jobs.models import CronRun
from ocop.kit.jobs.origins import logged
from ocop.kit.jobs.reaper import reap

_MINUTE = timedelta(minutes=1)
logger = logging.getLogger(__name__)


def latest_due(line: str, at: datetime) -> datetime:
    """The last moment at or before `at` (aware) that the cron line names, in Vietnamese time, to the minute."""
    minute = at.astimezone(LOCAL).replace(second=0, microsecond=0)
    following = next(CronSim(line, minute, reverse=True))
    exact = next(CronSim(line, minute - _MINUTE))
    return minute if exact == minute else following


def claim(key: str, due: datetime) -> bool:
    """True for exactly one caller per due moment. A job seen for the first time waits for its next moment."""
    row, created = CronRun.objects.get_or_create(key=key, defaults={"last_due": due})
    if created or row.last_due >= due:
        return False
    claimed = CronRun.objects.filter(pk=row.pk, last_due=row.last_due).update(
        last_due=due, started_at=machine.now(), finished_at=None, error=""
    )
    return claimed == 1


def run_due(at: datetime | None = None) -> list[str]:
    """Run every job that is due at `at` (default now); answers the keys that ran. A failing job is recorded."""
    at = at or machine.now()
    ran = []
    for job in registry.cron_jobs:
        if not claim(job.key, latest_due(job.line, at)):
            continue
        error = ""
        with logged(job.key):
            try:
                job.run()
            except Exception as problem:
                logger.exception("cron job %s failed", job.key)
                error = f"{type(problem).__name__}: {problem}"
        CronRun.objects.filter(key=job.key).update(finished_at=machine.now(), error=error)
        ran.append(job.key)
    return ran


def tick() -> None:
    """One turn of the scheduler: due jobs, then the tasks of dead workers."""
    run_due()
    reap()
