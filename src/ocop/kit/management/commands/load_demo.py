"""manage.py load_demo: the demonstration season, in demo mode only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.kit.jobs.loads import load_demo


class Command(BaseCommand):
    help = "Load the demo data that this database has not got yet (OCOP_DEMO=1 only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also the steps that the worker would do")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.OCOP_DEMO:
            raise CommandError("Demo data is loaded in demo mode only: set OCOP_DEMO=1.")

        def log(text: str) -> None:
            self.stdout.write("   " + text)

        ran = load_demo(log)
        if options["all"]:
            ran += load_demo(log, background=True)
        self.stdout.write(f"   demo data: {ran} steps loaded" if ran else "   demo data: nothing new")
