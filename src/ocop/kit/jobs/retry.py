"""Tasks that are tried again: the decorator, and the one decision "again or give up"."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task

from ocop.kit.errors import Refused
from ocop.kit.jobs import machine


class WorkerLost(Exception):  # noqa: N818 - it names what happened to the worker
    """Recorded on a task whose worker was killed or hung past the task's limit."""


@dataclass(frozen=True)
class RetryPolicy:
    """How often a task is tried and how long it may run: seconds; the pause doubles up to `longest`."""

    tries: int = 1
    backoff: float = 30
    longest: float = 3600
    limit: float = 1800

    def pause(self, attempt: int) -> timedelta:
        """The wait after the `attempt`-th failed try (1 = the first)."""
        return timedelta(seconds=min(self.backoff * 2 ** (attempt - 1), self.longest))


def retrying_task(
    function: Callable | None = None,
    *,
    tries: int = 5,
    backoff: float = 30,
    longest: float = 3600,
    limit: float = 1800,
    queue_name: str = "default",
    priority: int = 0,
) -> Any:
    """A background task that is tried up to `tries` times, `backoff` seconds after the first failure, doubling.

    The body must be idempotent: after a crash it starts again from its beginning. A task running longer than
    `limit` seconds is stopped with its worker and counts as failed. A `Refused` is a final answer, never retried.
    """
    policy = RetryPolicy(tries=tries, backoff=backoff, longest=longest, limit=limit)

    def wrap(body: Callable) -> Task:
        body.retry_policy = policy  # type: ignore[attr-defined]
        return task(queue_name=queue_name, priority=priority)(body)

    return wrap(function) if function else wrap


def policy_of(row: Any) -> RetryPolicy:
    """The policy of a stored task; one try when it is a plain task or its code is gone."""
    try:
        return getattr(row.task.func, "retry_policy", RetryPolicy())
    except (ImportError, AttributeError):
        return RetryPolicy()


def _is_final(error_path: str) -> bool:
    try:
        return issubclass(import_string(error_path), Refused)
    except (ImportError, TypeError):
        return False


def retry_or_give_up(row: Any) -> bool:
    """Put a failed task back into the queue if it has tries left; True when it will run again.

    `row` is the stored task as it failed (RUNNING when its worker was lost). Safe to call from two processes:
    the change is one conditional update.
    """
    policy = policy_of(row)
    attempt = len(row.worker_ids)
    seen = type(row).objects.filter(pk=row.pk, status=row.status, worker_ids=row.worker_ids)
    if _is_final(row.exception_class_path) or attempt >= policy.tries:
        if row.status == TaskResultStatus.RUNNING:
            seen.update(
                status=TaskResultStatus.FAILED,
                finished_at=machine.now(),
                exception_class_path=row.exception_class_path,
                traceback=row.traceback,
            )
        return False
    return bool(
        seen.update(
            status=TaskResultStatus.READY,
            run_after=machine.now() + policy.pause(attempt),
            started_at=None,
            finished_at=None,
            exception_class_path=row.exception_class_path,
            traceback=row.traceback,
        )
    )
