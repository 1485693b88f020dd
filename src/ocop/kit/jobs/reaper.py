"""Takes back the tasks of workers that were killed."""

import logging
from datetime import timedelta

from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from ocop.kit.jobs import machine
from ocop.kit.jobs.models import TaskOrigin, WorkerBeat
from ocop.kit.jobs.retry import WorkerLost, retry_or_give_up

BEAT_EVERY = 10.0  # seconds
LOST_AFTER = timedelta(seconds=60)  # six beats missed
logger = logging.getLogger(__name__)


def reap() -> int:
    """Queue again, or fail, every running task whose worker has not beaten for `LOST_AFTER`; answers how many.

    A worker beats before it takes its first task, so a running task without any beat of its worker is lost too.
    """
    now = machine.now()
    edge = now - LOST_AFTER
    # Beats of a clock that was put back: from now on, as if just made. Who lives beats anew, who is dead is lost soon.
    WorkerBeat.objects.filter(seen_at__gt=now + LOST_AFTER).update(seen_at=now)
    alive = set(WorkerBeat.objects.filter(seen_at__gte=edge).values_list("worker_id", flat=True))
    running = DBTaskResult.objects.running().filter(
        Q(started_at__lt=edge) | Q(started_at__gt=now + LOST_AFTER) | Q(started_at__isnull=True)
    )
    lost = [row for row in running if not row.worker_ids or row.worker_ids[-1] not in alive]
    for row in lost:
        row.exception_class_path = f"{WorkerLost.__module__}.{WorkerLost.__qualname__}"
        row.traceback = f"worker {row.worker_ids[-1] if row.worker_ids else '?'} stopped beating"
        again = retry_or_give_up(row)
        logger.warning("task %s lost its worker: %s", row.id, "queued again" if again else "failed")
    return len(lost)


def sweep(keep_days: int = 30) -> None:
    """Forget finished tasks and dead workers' beats older than `keep_days` days."""
    edge = machine.now() - timedelta(days=keep_days)
    DBTaskResult.objects.finished().filter(finished_at__lt=edge).delete()
    TaskOrigin.objects.exclude(task_id__in=DBTaskResult.objects.order_by().values("pk")).delete()
    WorkerBeat.objects.filter(seen_at__lt=edge).delete()
