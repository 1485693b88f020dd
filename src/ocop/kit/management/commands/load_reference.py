"""manage.py load_reference: units, law, books and every other step of the reference data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.kit.errors import BadData
from ocop.kit.jobs.loads import load_reference, preview_reference


class Command(BaseCommand):
    help = "Load the reference data that is new or changed (idempotent)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="run every step again")
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, write nothing")

    def handle(self, *args: Any, force: bool, dry_run: bool, **options: Any) -> None:
        load = preview_reference if dry_run else load_reference
        try:
            ran = load(lambda text: self.stdout.write("   " + text), force=force)
        except BadData as error:
            raise CommandError(f"Không nạp, không ghi gì. Sửa tệp rồi chạy lại:\n{error}") from None
        said = "would be loaded" if dry_run else "loaded"
        self.stdout.write(
            f"   reference data: {ran} steps {said}" if ran else "   reference data: nothing new"
        )
