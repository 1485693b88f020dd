"""The state of the whole system as Prometheus reads it; numbers only, the same for every process that is asked."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from ocop.kit.health import database_works
from ocop.kit.jobs import machine
from ocop.operations import queries

Rows = dict[tuple[str, ...], float]


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"ocop_{name}", what, value=value)


def _labelled(name: str, what: str, labels: tuple[str, ...], rows: Rows) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"ocop_{name}", what, labels=labels)
    for values, number in rows.items():
        family.add_metric(values, number)
    return family


class State(Collector):
    """Asks the database at each scrape; a database that is away leaves its measures out and says so."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """What can be told now."""
        told: list[GaugeMetricFamily] = []
        works = database_works()
        if works:
            try:
                told = [*self._tasks(), self._notices(), self._sign_ins()]
            except DatabaseError:  # went away between two questions
                works, told = False, []
        yield _gauge("database_up", "1 while the database answers.", int(works))
        yield from told
        free = shutil.disk_usage(Path(settings.OCOP_DATA_DIR)).free
        yield _gauge("disk_free_bytes", "Free on the disk of the data folder.", free)
        if settings.OCOP_BACKUP_DIR:
            backup = queries.last_backup()
            age = (machine.now() - backup.made_at).total_seconds() if backup else float("inf")
            yield _gauge("backup_age_seconds", "Since the last whole backup; +Inf for none.", age)

    def _tasks(self) -> Iterator[GaugeMetricFamily]:
        queue = queries.queue()
        states: Rows = {("waiting",): queue.waiting, ("running",): queue.running, ("failed",): queue.failed}
        yield _labelled("tasks", "Background tasks; failed ones of seven days.", ("state",), states)
        oldest = (machine.now() - queue.oldest).total_seconds() if queue.oldest else 0
        yield _gauge("task_oldest_waiting_seconds", "How long the oldest task that is due waits.", oldest)
        yield _gauge("workers", "Workers that beat.", queue.workers)
        failed = sum(1 for one in queries.schedules() if one.error)
        yield _gauge("schedules_failed", "Jobs of the scheduler whose last run failed.", failed)

    def _notices(self) -> GaugeMetricFamily:
        rows: Rows = {}
        for way in queries.ways():
            for state in ("waiting", "retried", "gave_up", "sent"):
                rows[way.channel, state] = getattr(way, state)
        what = "Notices by way out; sent ones of seven days, gave_up ones need a person."
        return _labelled("notices", what, ("channel", "state"), rows)

    def _sign_ins(self) -> GaugeMetricFamily:
        found = queries.sign_ins()
        rows: Rows = {("ok",): found.day, ("failed",): found.day_failed}
        return _labelled("sign_ins_day", "Sign-ins of 24 hours.", ("result",), rows)


def text() -> bytes:
    """The measures in the text form of Prometheus."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(State())
    return generate_latest(registry)
