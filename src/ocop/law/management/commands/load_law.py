"""`manage.py load_law`: load the legal instruments from the project's data file."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ocop.law.loader import LawFileError, load


class Command(BaseCommand):
    help = "Loads data/law/instruments.yaml; rows whose record did not change keep their corrections."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load(self.stdout.write)
        except LawFileError as error:
            raise CommandError(str(error)) from error
