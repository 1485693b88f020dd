"""Check the log: exit 0 and the newest seal when it is whole, exit 1 and every fault when it is not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.audit import queries


class Command(BaseCommand):
    help = "Verify the audit log: events, seals, digests of moves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", default="", help="a seal digest noted earlier that the chain must still hold"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found; `CommandError` makes the exit code 1."""
        problems = queries.verify(head=options["head"])
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"Nhật ký có {len(problems)} lỗi.")
        self.stdout.write(f"Nhật ký nguyên vẹn. Niêm phong mới nhất: {queries.head() or '(chưa có)'}")
