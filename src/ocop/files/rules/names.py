"""File names as people send them, and as they are given out."""

import re
import unicodedata
from urllib.parse import quote

from ocop.kit.text import nfc

LIMIT = 120
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')


def clean_name(sent: str) -> str:
    """The last part of a sent name, NFC, without path, control or direction marks, at most 120 characters.

    The extension survives the cut; an empty name becomes "tệp".
    """
    last = re.split(r"[\\/]", sent)[-1]
    last = nfc(" ".join(_FORBIDDEN.sub(" ", last).split())).strip(". ")
    stem, dot, extension = last.rpartition(".")
    if not dot:
        return last[:LIMIT] or "tệp"
    extension = extension[:10]
    return f"{stem[: LIMIT - len(extension) - 1].rstrip() or 'tệp'}.{extension}"


def extension_of(name: str) -> str:
    """The extension in lower case, '' for none."""
    _, dot, extension = name.rpartition(".")
    return extension.lower() if dot else ""


def with_extension(name: str, extension: str) -> str:
    """The name under another extension: IMG_1.HEIC → IMG_1.jpg."""
    stem, dot, _ = name.rpartition(".")
    return f"{stem if dot else name}.{extension}"


def disposition(name: str, *, attachment: bool) -> str:
    """The Content-Disposition header: an ASCII name for old programs and the real one by RFC 5987."""
    plain = (
        unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
        .encode("ascii", "ignore")
        .decode()
    )
    plain = plain.replace('"', "").replace("\\", "") or "tep"
    kind = "attachment" if attachment else "inline"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
