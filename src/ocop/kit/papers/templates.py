"""Where the template of a paper comes from: the office's own file first, then the project's; and whether it fits.

An office hands in its file through a page of an upper app (`own`), or an operator puts it into
`OCOP_DATA_DIR/templates/<name>`; the project's own lies in `data/papers/<name>`, or for Typst in an app's
`templates/` folder.
"""

import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.template.utils import get_app_template_dirs
from docxtpl import DocxTemplate
from jinja2 import TemplateAssertionError, TemplateSyntaxError

from ocop.kit.errors import Refused
from ocop.kit.papers.fields import FILTERS, environment

MAX_UNPACKED = 60 * 1024 * 1024
"""Most bytes of a Word file when unpacked."""
FORBIDDEN_PARTS = ("vbaproject.bin", "/embeddings/", "/activex/")
"""Macros, embedded objects and controls have no place in a paper's template."""


def own_path(name: str) -> Path:
    """Where an office's own file of that name lies, whether it exists or not. Raises ValueError for a bad name."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or not pure.suffix or ".." in pure.parts:
        raise ValueError(f"not a template's name: {name!r}")
    return Path(settings.OCOP_DATA_DIR) / "templates" / pure


def places(name: str) -> list[Path]:
    """Every place where the template may lie, in the order of search."""
    found = [own_path(name), Path(settings.OCOP_REFERENCE_DIR) / "papers" / name]
    return found + [Path(folder) / name for folder in get_app_template_dirs("templates")]


def resolve(name: str) -> Path:
    """The file to use; raises FileNotFoundError with the places searched."""
    for path in places(name):
        if path.is_file():
            return path
    raise FileNotFoundError(
        f"no template {name!r} in {[str(path.parent) for path in places(name)[:2]]} or an app"
    )


def is_replaced(name: str) -> bool:
    """Whether the office uses its own file."""
    return own_path(name).is_file()


def check_word(path: Path) -> None:
    """Refuse what is no Word file, unpacks to too much, or carries macros or embedded objects; raises `Refused`."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise Refused("paper.broken", "Tệp này không phải tệp Word (.docx) đọc được.") from error
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused("paper.large", "Nội dung tệp Word quá lớn khi giải nén.")
    names = [f"/{part.filename.lower()}" for part in parts]
    if any(mark in name for name in names for mark in FORBIDDEN_PARTS):
        raise Refused(
            "paper.macro",
            "Tệp Word có macro hoặc đối tượng nhúng. Hãy bỏ chúng, lưu lại dạng .docx rồi tải lên.",
        )


def placeholders(path: Path) -> set[str]:
    """The names that a Word template asks for; raises `Refused` for a file that is none or has a broken field."""
    try:
        return set(DocxTemplate(path).get_undeclared_template_variables(jinja_env=environment()))
    except TemplateAssertionError as error:
        raise Refused(
            "paper.filter",
            f"Tệp mẫu {path.name} dùng cách viết không có sau dấu “|” ({error.message}). "
            f"Dùng được: {', '.join(sorted(FILTERS))}.",
        ) from error
    except TemplateSyntaxError as error:
        raise Refused("paper.syntax", f"Tệp mẫu {path.name} có trường viết sai: {error.message}.") from error
    except Exception as error:
        # Damaged Word files fail in many ways inside the libraries; to the office it is one thing.
        raise Refused("paper.broken", f"Tệp mẫu {path.name} không phải tệp Word (.docx) đọc được.") from error


def problems(path: Path, known: Iterable[str], needed: Iterable[str] = ()) -> list[str]:
    """Vietnamese sentences against a replaced template: names nobody fills, names that must not be missing."""
    try:
        used = placeholders(path)
    except Refused as error:
        return [error.reason]
    known, needed = set(known), set(needed)
    found = []
    if unknown := sorted(used - known):
        found.append(
            f"Trường không có trong hệ thống: {', '.join(unknown)}. Dùng được: {', '.join(sorted(known))}."
        )
    if missing := sorted(needed - used):
        found.append(f"Thiếu trường bắt buộc: {', '.join(missing)}.")
    return found


def checked(name: str, known: Iterable[str], needed: Iterable[str] = (), own: Path | None = None) -> Path:
    """The file to use, an office's own one only after its check; raises `Refused` with every fault.

    `own`: the file that the office handed in for this paper; without one, what `resolve` finds.
    """
    path = own or resolve(name)
    if path in (own, own_path(name)) and (found := problems(path, known, needed)):
        raise Refused("paper.template", f"Tệp mẫu {name} của đơn vị chưa dùng được. " + " ".join(found))
    return path
