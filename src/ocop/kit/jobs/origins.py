"""From which request a task came: kept when it is queued, in every line of the log while it runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django_tasks_db import DatabaseBackend

from ocop.kit import logs
from ocop.kit.jobs.models import TaskOrigin


def keep(*, sender: type, task_result: Any, **_: Any) -> None:
    """Receiver of `task_enqueued`: note the request, or the request of the job that queues another one."""
    working = logs.job.get()
    origin = working.request_id if working else logs.request_id.get()
    if origin != logs.NOBODY and issubclass(sender, DatabaseBackend):
        TaskOrigin.objects.create(task_id=task_result.id, request_id=origin)


@contextmanager
def logged(key: str, *, origin: str = logs.NOBODY) -> Iterator[None]:
    """Lines written inside belong to the job `key`."""
    token = logs.job.set(logs.Job(key, origin))
    try:
        yield
    finally:
        logs.job.reset(token)


@contextmanager
def logged_task(pk: Any) -> Iterator[None]:
    """The same for a stored task, with the request that it came from; one query."""
    origin = TaskOrigin.objects.filter(task_id=pk).values_list("request_id", flat=True).first()
    with logged(str(pk), origin=origin or logs.NOBODY):
        yield
