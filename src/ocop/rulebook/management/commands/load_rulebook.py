"""`manage.py load_rulebook [file] [--dry-run]`: a book, procedures, settings; without a file all of the project."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.kit.jobs.preview import tell, watch
from ocop.rulebook.loader import KINDS, load_all, load_file
from ocop.rulebook.located import BadFile


class Command(BaseCommand):
    help = "Nạp bộ tiêu chí, quy trình hoặc thiết lập từ một tệp YAML (không nêu tệp: mọi tệp của dự án)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="tệp bộ tiêu chí, quy trình hoặc thiết lập")
        parser.add_argument("--dry-run", action="store_true", help="xem trước, không ghi")

    def handle(self, *args: Any, file: Path | None, dry_run: bool, **options: Any) -> None:
        if file is not None and not file.is_file():
            raise CommandError(f"Không có tệp {file}")
        kept: list[str] = []

        def load() -> None:
            kept.extend(load_file(file).kept if file else load_all(lambda text: None))

        try:
            preview = watch(load, KINDS, dry_run=dry_run)
        except BadFile as error:
            raise CommandError(f"Không nạp, không ghi gì. Sửa tệp rồi chạy lại:\n{error}") from None
        for line in kept:
            self.stdout.write(
                f"Giữ giá trị đơn vị đã đặt: {line}. Muốn đổi, sửa ở trang Thiết lập theo thời gian."
            )
        tell(preview, self.stdout.write, dry_run=dry_run)
