"""manage.py worker: takes tasks from the queue, beats, retries."""

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ocop.kit.jobs.worker import Worker


class Command(BaseCommand):
    help = "Run the job worker (one task at a time; start several for more)."
    requires_system_checks: list = []  # `serve` and the release run them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--worker-id", default="", help="unique among the workers; made up when not given"
        )
        parser.add_argument("--queues", default="*", help="comma-separated; * takes all")
        parser.add_argument("--batch", action="store_true", help="work until the queue is empty, then end")

    def handle(self, *args: Any, worker_id: str, queues: str, batch: bool, **options: Any) -> None:
        worker = Worker(worker_id or uuid.uuid4().hex, queues=queues, batch=batch)
        worker.configure_signals()
        worker.run()
