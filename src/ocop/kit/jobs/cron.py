"""The scheduler: each cron job of the registry runs once per due moment, whoever asks, however many ask.

Lines are read in Vietnamese time against the machine's own clock. A moment missed while nothing ran is made up
for once, however many were missed. Heavy work belongs in a task that the job enqueues.
"""

import logging
import time
from datetime import datetime, timedelta

from cronsim import CronSim

from ocop.kit import registry
from ocop.kit.clock import LOCAL
from ocop.kit.jobs import machine
from ocop.kit.jobs.models import CronRun
from ocop.kit.jobs.origins import logged
from ocop.kit.jobs.reaper import LOST_AFTER, reap

_MINUTE = timedelta(minutes=1)
SKEW = timedelta(minutes=5)
"""Clocks of two machines may differ by this; a claim further ahead was made by a clock that has been put back."""
logger = logging.getLogger(__name__)


def latest_due(line: str, at: datetime) -> datetime:
    """The last moment at or before `at` (aware) that the cron line names, in Vietnamese time, to the minute."""
    minute = at.astimezone(LOCAL).replace(second=0, microsecond=0)
    following = next(CronSim(line, minute, reverse=True))
    exact = next(CronSim(line, minute - _MINUTE))
    return minute if exact == minute else following


def claim(key: str, due: datetime, at: datetime) -> bool:
    """True for exactly one caller per due moment. A job seen for the first time waits for its next moment.

    A claim of a time that has not come yet (the clock ran ahead and was put right) holds up nothing: it is replaced.
    """
    row, created = CronRun.objects.get_or_create(key=key, defaults={"last_due": due})
    if created or due <= row.last_due <= at + SKEW:
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
        if not claim(job.key, latest_due(job.line, at), at):
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


class Ticker:
    """The turns of one scheduler. Right after the clock was put forward every heartbeat looks old: workers then get a
    turn's time to beat before their tasks are taken for lost.
    """

    def __init__(self) -> None:
        self._before = (machine.now(), time.monotonic())

    def tick(self) -> None:
        """One turn: due jobs, then the tasks of dead workers."""
        run_due()
        (moment, steady), now = self._before, (machine.now(), time.monotonic())
        self._before = now
        if now[0] - moment < timedelta(seconds=now[1] - steady) + LOST_AFTER / 2:
            reap()
