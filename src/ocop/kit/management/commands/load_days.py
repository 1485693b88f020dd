"""manage.py load_days [FILE] [--dry-run]: days off and days worked in exchange, of one list or of the project."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.kit import days, housekeeping
from ocop.kit.errors import BadData
from ocop.kit.jobs.preview import tell, watch
from ocop.kit.models import DayOverride


class Command(BaseCommand):
    help = "Nạp danh sách ngày nghỉ, ngày làm bù (không nêu tệp: tệp của dự án)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="tệp danh sách ngày")
        parser.add_argument("--dry-run", action="store_true", help="xem trước, không ghi")

    def handle(self, *args: Any, file: Path | None, dry_run: bool, **options: Any) -> None:
        path = file or housekeeping.days_file()
        try:
            preview = watch(lambda: days.load_overrides(path), [DayOverride], dry_run=dry_run)
        except BadData as error:
            raise CommandError(f"Không nạp, không ghi gì. Sửa tệp rồi chạy lại:\n{error}") from None
        tell(preview, self.stdout.write, dry_run=dry_run)
