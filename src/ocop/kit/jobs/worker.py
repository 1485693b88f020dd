"""The worker: django-tasks-db's loop, plus a heartbeat, retries and a limit on how long one task may run."""

import contextlib
import logging
import os
import socket
import threading
import time
import uuid
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as PlainWorker

from ocop.kit.jobs import machine
from ocop.kit.jobs.models import WorkerBeat
from ocop.kit.jobs.origins import logged_task
from ocop.kit.jobs.reaper import BEAT_EVERY, reap
from ocop.kit.jobs.retry import policy_of, retry_or_give_up

EXIT_OVER_LIMIT = 70
AWAY_PAUSE = 2.0  # seconds between two looks for a database that is away
logger = logging.getLogger(__name__)


def beat(worker_id: str, task_id: uuid.UUID | None = None) -> None:
    """Write that this worker lives now, and which task it holds."""
    WorkerBeat.objects.update_or_create(
        worker_id=worker_id,
        defaults={
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "seen_at": machine.now(),
            "task_id": task_id,
        },
    )


class Worker(PlainWorker):
    """Takes tasks one after the other. A task past its limit ends the process; the reaper queues it again."""

    def __init__(
        self, worker_id: str, *, queues: str = "*", batch: bool = False, interval: float = 1.0
    ) -> None:
        super().__init__(
            queue_names=queues.split(","),
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        self._held: tuple[uuid.UUID, float, float] | None = None  # task, start on the monotonic clock, limit

    def run(self) -> None:
        """Beat, take back what dead workers held, then work until told to stop (or, in a batch, until idle).

        A database that goes away is waited for. The worker goes on under a new id: a task whose end could not be
        written stays with the old one, which beats no more, and is taken back like that of a dead worker.
        """
        stop = threading.Event()
        thread = threading.Thread(target=self._keep_beating, args=(stop,), daemon=True, name="heartbeat")
        if not self.batch:
            thread.start()
        try:
            while not self._worked():
                time.sleep(AWAY_PAUSE)
                self.worker_id, self._held = uuid.uuid4().hex, None
        finally:
            stop.set()
            with contextlib.suppress(OperationalError, InterfaceError):
                WorkerBeat.objects.filter(worker_id=self.worker_id).delete()

    def _worked(self) -> bool:
        """Work to the end; False when the database went away before it."""
        try:
            beat(self.worker_id)
            reap()
            super().run()
        except (OperationalError, InterfaceError) as error:
            if self.batch:
                raise
            logger.warning("the database is away, waiting for it: %s", error)
            connection.close()
            return False
        return True

    def run_task(self, db_task_result: Any) -> None:
        """Run one task; a failure with tries left goes back into the queue."""
        self._held = (db_task_result.pk, time.monotonic(), policy_of(db_task_result).limit)
        with logged_task(db_task_result.pk):
            self._run_logged(db_task_result)

    def _run_logged(self, db_task_result: Any) -> None:
        begun = time.monotonic()
        try:
            super().run_task(db_task_result)
        finally:
            self._held = None
        path, ms = db_task_result.task_path, round((time.monotonic() - begun) * 1000)
        if db_task_result.status == TaskResultStatus.FAILED:
            again = retry_or_give_up(db_task_result)
            logger.warning(
                "task %s failed (%s): %s",
                path,
                db_task_result.exception_class_path,
                "tried again later" if again else "given up",
                extra={"ms": ms},
            )
        else:
            logger.info("task %s done", path, extra={"ms": ms})

    def _keep_beating(self, stop: threading.Event) -> None:
        while not stop.wait(BEAT_EVERY):
            held = self._held
            if held and time.monotonic() - held[1] > held[2]:
                logger.error("task %s ran longer than %s s: this worker ends itself", held[0], held[2])
                os._exit(EXIT_OVER_LIMIT)
            try:
                beat(self.worker_id, held[0] if held else None)
            except DatabaseError as error:
                logger.warning("no heartbeat written: %s", error)
            finally:
                connection.close()
