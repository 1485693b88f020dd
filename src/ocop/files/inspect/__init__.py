"""Looking into sent files: what are they really, do they open, is anything in them that acts."""

from dataclasses import dataclass
from pathlib import Path

from ocop.files.inspect import pdf, photo
from ocop.files.inspect.sniff import content_type_of
from ocop.files.rules import limits


@dataclass(frozen=True)
class Inspected:
    """What will be stored. `path` holds the bytes to keep, which for a photograph are new ones."""

    content_type: str
    extension: str
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    converted_from: str = ""


def inspect(path: Path, name: str) -> Inspected:
    """Check the file at `path` (photographs are rewritten in place); raises `Refused` with what to do."""
    content_type = content_type_of(path, name)
    if content_type == limits.PDF:
        return Inspected(limits.PDF, "pdf", pages=pdf.check(path))
    made = photo.clean(path, content_type)
    converted = content_type if made.content_type != content_type else ""
    return Inspected(
        made.content_type, limits.EXTENSIONS[made.content_type][0], 1, made.width, made.height, converted
    )
