"""manage.py load_law [FILE] [--dry-run]: legal instruments, of one file or of the project."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.kit.jobs.preview import tell, watch
from ocop.law.loader import LawFileError, load
from ocop.law.models import Instrument


class Command(BaseCommand):
    help = "Nạp văn bản từ tệp YAML (không nêu tệp: tệp của dự án); dòng không đổi trong tệp giữ phần đã sửa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="tệp văn bản")
        parser.add_argument("--dry-run", action="store_true", help="xem trước, không ghi")

    def handle(self, *args: Any, file: Path | None, dry_run: bool, **options: Any) -> None:
        try:
            preview = watch(lambda: load(lambda text: None, file), [Instrument], dry_run=dry_run)
        except LawFileError as error:
            raise CommandError(f"Không nạp, không ghi gì. Sửa tệp rồi chạy lại:\n{error}") from None
        tell(preview, self.stdout.write, dry_run=dry_run)
