"""Put a backup back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.operations.backups import restoring
from ocop.operations.backups.errors import BackupError


class Command(BaseCommand):
    help = "Phục hồi một bản sao lưu, nâng lên phiên bản này và kiểm tra nhật ký. Dừng các tiến trình khác trước."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="thư mục của một bản sao lưu")
        parser.add_argument("--replace", action="store_true", help="thay dữ liệu đang có")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 1 and one sentence when the copy is damaged, newer, or the place is taken."""
        try:
            made = restoring.restore(options["folder"], replace=options["replace"], say=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Đã phục hồi bản sao lưu lúc {made.made_at}; nhật ký nguyên vẹn.")
