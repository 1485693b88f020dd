"""Jobs: tasks that are tried again, a worker that beats, a reaper, a cron scheduler, progress for people.

    from ocop.kit.jobs import retrying_task

    @retrying_task(tries=5, backoff=30)
    def send_notice(notice_id: int) -> None: ...

    send_notice.enqueue(notice.pk)      # inside the caller's transaction: enqueued only if it commits

Bodies must be idempotent: a task may run again after a crash in its middle.
"""

from ocop.kit.jobs.retry import RetryPolicy, retrying_task

__all__ = ["RetryPolicy", "retrying_task"]
