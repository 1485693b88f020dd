"""`manage.py load_rulebook [file] [--dry-run]`: load a criteria book, or all files of the project."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.rulebook.loader import check_book, load_all, load_book
from ocop.rulebook.located import BadFile


class Command(BaseCommand):
    help = "Nạp bộ tiêu chí từ tệp YAML (không nêu tệp: nạp mọi tệp của dự án)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="tệp bộ tiêu chí")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["file"]
        if path is not None and not path.is_file():
            raise CommandError(f"Không có tệp {path}")
        try:
            if path is None:
                if options["dry_run"]:
                    raise CommandError("--dry-run cần tên tệp")
                load_all(self.stdout.write)
            elif options["dry_run"]:
                check_book(path)
                self.stdout.write(f"{path.name}: hợp lệ")
            else:
                self.stdout.write(str(load_book(path)))
        except BadFile as error:
            raise CommandError(f"Không nạp, không ghi gì:\n{error}") from None
