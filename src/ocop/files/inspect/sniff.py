"""What a file is, by its bytes; its name only has to agree."""

from pathlib import Path

import puremagic

from ocop.files.rules import limits
from ocop.files.rules.names import extension_of

_HEAD = 8192
_OFFICE = {"doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf"}
_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_WORDS = {
    "pdf": "PDF",
    "jpg": "ảnh JPEG",
    "jpeg": "ảnh JPEG",
    "png": "ảnh PNG",
    "heic": "ảnh HEIC",
    "heif": "ảnh HEIC",
}


def _sniffed(head: bytes) -> str:
    """The content type by signature, '' for anything that is not taken."""
    if (
        head[4:8] == b"ftyp"
    ):  # the brand says which member of the family; puremagic calls them all HEIF or video
        return limits.HEIC if head[8:12] in _BRANDS else ""
    try:
        found = puremagic.magic_string(head)
    except puremagic.PureError:
        return ""
    best = max(match.confidence for match in found)
    types = {match.mime_type for match in found if match.confidence == best}
    starts = {limits.PDF: b"%PDF-", limits.JPEG: b"\xff\xd8\xff", limits.PNG: b"\x89PNG\r\n\x1a\n"}
    return next((kind for kind, mark in starts.items() if kind in types and head.startswith(mark)), "")


def content_type_of(path: Path, name: str) -> str:
    """The type of the bytes, once the name agrees with it.

    A photograph under another photograph's extension is taken for what it is (phones and chat programs do that);
    everything else that claims what it is not is refused.
    """
    extension = extension_of(name)
    if not extension:
        raise limits.refuse("file.no_extension")
    if extension in _OFFICE:
        raise limits.refuse("file.office")
    claimed = next((kind for kind, names in limits.EXTENSIONS.items() if extension in names), None)
    if claimed is None:
        raise limits.refuse("file.extension", extension=extension)
    with path.open("rb") as file:
        found = _sniffed(file.read(_HEAD))
    both_photos = limits.PDF not in (found, claimed)
    if not found or (found != claimed and not both_photos):
        raise limits.refuse("file.mismatch", claimed=_WORDS.get(extension, "ảnh"))
    return found
