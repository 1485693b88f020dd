"""manage.py build_reference: writes docs/reference from the code, or says where it differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.kit import reference


class Command(BaseCommand):
    help = "Write docs/reference from the code (--check: compare only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not check:
            changed = reference.build()
            self.stdout.write(f"written: {', '.join(changed)}" if changed else "docs/reference is up to date")
            return
        found = reference.differences()
        if found:
            raise CommandError("\n".join([*found, "Run `make docs` and commit the result."]))
        self.stdout.write("docs/reference agrees with the code")
