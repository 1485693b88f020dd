"""`flush`, which empties the whole database, append-only tables included (see `ocop.kit.db`)."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from ocop.kit.db import triggers_lifted


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        """Empty every table; the append-only triggers are off for just that one transaction."""
        with triggers_lifted(connections[options["database"]]):
            super().handle(**options)
