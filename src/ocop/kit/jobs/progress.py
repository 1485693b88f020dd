"""How far a long job is: written by the job, read by the person who started it."""

from typing import Any

from ocop.kit import clock
from ocop.kit.jobs.models import JobProgress


def start(title: str, *, by: Any) -> JobProgress:
    """A new progress row of that person; hand its `key` (as text) to the task and link `kit:job` with it."""
    at = clock.now()
    return JobProgress.objects.create(title=title, user_id_text=str(by.pk), created_at=at, updated_at=at)


def _write(key: str, **changes: Any) -> None:
    JobProgress.objects.filter(key=key).update(updated_at=clock.now(), **changes)


def step(key: str, percent: float, message: str = "") -> None:
    """Say how far the job is (0-100) and what it does now. Call it at most a few times a second."""
    _write(
        key, state=JobProgress.State.RUNNING, percent=max(0, min(100, int(percent))), message=message[:300]
    )


def finish(key: str, message: str = "", *, result_key: str = "", result_url: str = "") -> None:
    """The job is done; `result_url` is where the result (a file, a list) waits."""
    _write(
        key,
        state=JobProgress.State.DONE,
        percent=100,
        message=message[:300],
        result_key=result_key,
        result_url=result_url,
    )


def fail(key: str, reason: str) -> None:
    """The job will not succeed; `reason` is a Vietnamese sentence for the person."""
    _write(key, state=JobProgress.State.FAILED, message=reason[:300])


def of(user: Any) -> list[JobProgress]:
    """The last ten jobs of that person, newest first."""
    return list(JobProgress.objects.filter(user_id_text=str(user.pk))[:10])
