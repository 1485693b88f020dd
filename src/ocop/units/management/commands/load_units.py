"""`manage.py load_units`: load administrative units and agencies, or the next merger from a file of changes."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.law.loader import LawFileError
from ocop.units.loading import DataFileError, load, load_merger
from ocop.units.loading.files import default_folder


class Command(BaseCommand):
    help = (
        "Loads data/units/ (and the instruments it names); a second run over the same files writes nothing. "
        "With --changes FILE --on DAY --province FOLDER it adds the next merger to those files, after saying which "
        "units end and begin and what open work would move."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the invented province too")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")
        parser.add_argument(
            "--folder", type=Path, help="where the files of units lie (default: the project's own)"
        )
        parser.add_argument("--changes", type=Path, help="the file of changes of the next merger")
        parser.add_argument("--on", type=date.fromisoformat, help="first day of the new units, YYYY-MM-DD")
        parser.add_argument("--province", default="ha-tinh", help="folder of the province (default ha-tinh)")
        parser.add_argument("--basis", default="", help="slug of the legal instrument (see data/law)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"] or default_folder()
        if bool(options["changes"]) != bool(options["on"]):
            raise CommandError("--changes và --on đi cùng nhau.")
        try:
            if options["changes"]:
                load_merger(
                    options["changes"], options["on"], folder=folder, province=options["province"],
                    basis=options["basis"], log=self.stdout.write, dry_run=options["dry_run"],
                )  # fmt: skip
            else:
                load(self.stdout.write, demo=options["demo"], dry_run=options["dry_run"], folder=folder)
        except (DataFileError, LawFileError) as error:
            raise CommandError(str(error)) from error
