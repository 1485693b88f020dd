"""What a backup says of itself, read before anything of it is used."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ocop.operations.backups.errors import BackupError

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """The moment, the engine, the migrations applied, and how much there was of what.

    `tables` counts the rows of each table in the snapshot; `size` is bytes of all files together.
    """

    made_at: str
    engine: str
    migrations: list[list[str]]
    tables: dict[str, int]
    files: int
    size: int
    database_sha256: str
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Put it into the folder; the last thing that a backup writes."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a folder; raises BackupError for what is not a finished backup of a format known here."""
    path = folder / NAME
    if not path.is_file():
        raise BackupError(f"{folder} không phải một bản sao lưu hoàn chỉnh: thiếu {NAME}.")
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said.get("format") != FORMAT:
            raise BackupError(
                f"Bản sao lưu có định dạng {said.get('format')}; phiên bản này đọc định dạng {FORMAT}. "
                "Dùng đúng phiên bản đã tạo bản sao lưu. Dữ liệu hiện có không đổi."
            )
        return Manifest(**said)
    except (ValueError, TypeError, AttributeError) as error:
        raise BackupError(f"Không đọc được {path}: tệp hỏng hoặc của phiên bản khác.") from error
