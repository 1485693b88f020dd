"""manage.py prepare: everything between a set-up checkout and serving, in one process."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from ocop.kit.jobs.background import fill_demo
from ocop.kit.jobs.loads import demo_waits_for_worker


def static_fingerprint() -> str:
    """A line that changes when any static file is added, removed or changed."""
    rows = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            rows.append(f"{path}:{stat.st_size}:{stat.st_mtime_ns}")
    return "\n".join(sorted(rows))


class Command(BaseCommand):
    help = "Migrate, make the cache table, collect static files, load reference data and (in demo mode) demo data."

    def handle(self, *args: Any, **options: Any) -> None:
        self._step("database", self._migrate)
        if isinstance(caches["default"], DatabaseCache):
            call_command("createcachetable", verbosity=0)
        if not settings.DEBUG:
            self._step("static files", self._collect)
        self._step("reference data", lambda: call_command("load_reference", stdout=self.stdout))
        if settings.OCOP_DEMO:
            self._step("demo data", lambda: call_command("load_demo", stdout=self.stdout))
            if demo_waits_for_worker():
                fill_demo.enqueue()

    def _step(self, title: str, work: Any) -> None:
        begun = time.monotonic()
        self.stdout.write(f"   {title} ...")
        self.stdout.flush()
        work()
        seconds = time.monotonic() - begun
        self.stdout.write(f"   {title}: ok, {seconds:.1f} s")
        self.stdout.flush()

    def _migrate(self) -> None:
        try:
            executor = MigrationExecutor(connection)
            pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be reached (DATABASE_URL, OCOP_DATA_DIR): {error}"
            ) from error
        if pending:
            call_command("migrate", interactive=False, verbosity=0)

    def _collect(self) -> None:
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        wanted = static_fingerprint()
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            stamp.write_text(wanted, encoding="utf-8")
