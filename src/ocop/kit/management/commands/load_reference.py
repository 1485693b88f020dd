"""manage.py load_reference: units, law, books and every other step of the reference data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ocop.kit.jobs.loads import load_reference


class Command(BaseCommand):
    help = "Load the reference data that is new or changed (idempotent)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="run every step again")

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        ran = load_reference(lambda text: self.stdout.write("   " + text), force=force)
        self.stdout.write(
            f"   reference data: {ran} steps loaded" if ran else "   reference data: nothing new"
        )
