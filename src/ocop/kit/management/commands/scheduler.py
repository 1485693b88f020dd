"""manage.py scheduler: runs the cron jobs of the registry and takes back the tasks of dead workers."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from ocop.kit.jobs.cron import Ticker

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run the scheduler. A second one does no harm: each due moment is claimed once."
    requires_system_checks: list = []  # `serve` and the release run them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=20, help="seconds between two looks (default 20)")

    def handle(self, *args: Any, every: float, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        ticker = Ticker()
        while not stop.is_set():
            close_old_connections()
            try:
                ticker.tick()
            except (
                DatabaseError
            ) as error:  # the database was locked or restarted: look again at the next turn
                logger.warning("the scheduler could not look: %s", error)
            stop.wait(every)
