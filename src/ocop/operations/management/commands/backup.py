"""Back up the database and its files as one folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ocop.kit import clock, formats
from ocop.operations.backups import saving
from ocop.operations.backups.errors import BackupError


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu và tệp thành một thư mục, trong khi hệ thống vẫn chạy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="thư mục chứa các bản sao lưu")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write `folder`/ocop-<time>; exit code 1 and one sentence when it cannot be whole."""
        target = options["folder"] / f"ocop-{timezone.localtime(clock.now()):%Y%m%d-%H%M%S}"
        try:
            made = saving.save(target, say=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(made.tables.values())
        self.stdout.write(
            f"Đã sao lưu {formats.number(rows)} dòng, {formats.number(made.files)} tệp "
            f"({formats.number(made.size)} byte) vào {target}"
        )
