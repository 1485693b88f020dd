"""`manage.py load_units`: load administrative units and agencies from the project's data files."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.law.loader import LawFileError
from ocop.units.loading import DataFileError, load


class Command(BaseCommand):
    help = (
        "Loads data/units/ (and the instruments it names); a second run over the same files writes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the invented province too")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load(self.stdout.write, demo=options["demo"], dry_run=options["dry_run"])
        except (DataFileError, LawFileError) as error:
            raise CommandError(str(error)) from error
