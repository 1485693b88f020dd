"""What the jobs leave in the database: heartbeats, cron runs, progress shown to a person, loads of data.

Moments here are the machine's own time (see `machine`), because leases and retries must not move with the demo clock.
"""

import uuid

from django.db import models


class WorkerBeat(models.Model):
    """A worker process says that it lives. A running task whose worker stopped beating is taken back."""

    worker_id = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=200, blank=True)
    pid = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(db_index=True)
    task_id = models.UUIDField(null=True, blank=True)

    def __str__(self) -> str:
        return self.worker_id


class TaskOrigin(models.Model):
    """The request that a task was asked for in, so that the lines of the log of both are found by one id."""

    task_id = models.UUIDField(primary_key=True)
    request_id = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.task_id} {self.request_id}"


class CronRun(models.Model):
    """The last due moment of a cron job that somebody claimed; claimed by one conditional update, so run once."""

    key = models.CharField(max_length=100, unique=True)
    last_due = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.key


class JobProgress(models.Model):
    """How far a long job is, for the person who started it; `key` is what addresses show."""

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        RUNNING = "running", "Đang chạy"
        DONE = "done", "Xong"
        FAILED = "failed", "Không thành công"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField("việc", max_length=200)
    user_id_text = models.CharField(max_length=20, db_index=True)
    state = models.CharField("trạng thái", max_length=10, default=State.WAITING)
    percent = models.PositiveSmallIntegerField("phần trăm", default=0)
    message = models.CharField("đang làm", max_length=300, blank=True)
    result_key = models.CharField("tệp kết quả", max_length=80, blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "tiến độ công việc"

    def __str__(self) -> str:
        return f"{self.title} ({self.percent} %)"

    @property
    def is_finished(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def state_label(self) -> str:
        return self.State(self.state).label


class DataLoad(models.Model):
    """A step of reference or demo data that was loaded into this database, and from which bytes."""

    key = models.CharField(max_length=120, unique=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ["key"]
        verbose_name = "lần nạp dữ liệu"

    def __str__(self) -> str:
        return self.key
