"""PDF: opens, is not encrypted, holds nothing that acts. Nothing is taken out of it, so that signatures stay whole."""

from pathlib import Path

import pikepdf

from ocop.files.rules import limits

# Unpacking a stream may not take more memory than this, or a small file could fill the machine. The limit belongs
# to the process, so it is set once, here, where the library is first loaded.
pikepdf.settings.set_qpdf_limits(flate_max_memory=256 * 1024 * 1024, run_length_max_memory=256 * 1024 * 1024)

_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "lệnh mở chương trình",
    "/ImportData": "lệnh nhập dữ liệu",
}
_KEYS = {
    "/JS": "JavaScript",
    "/JavaScript": "JavaScript",
    "/XFA": "biểu mẫu XFA",
    "/RichMedia": "nội dung đa phương tiện",
}


def _active_part(top: pikepdf.Object) -> str:
    """What in this object (and the direct objects in it) acts by itself; '' for nothing."""
    waiting = [top]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            for key, value in item.items():
                if key in _KEYS:
                    return _KEYS[key]
                if key == "/S" and isinstance(value, pikepdf.Name) and str(value) in _ACTIONS:
                    return _ACTIONS[str(value)]
                if isinstance(value, pikepdf.Object) and not value.is_indirect:
                    waiting.append(value)
        elif isinstance(item, pikepdf.Array):
            waiting += [
                value for value in item if isinstance(value, pikepdf.Object) and not value.is_indirect
            ]
    return ""


def check(path: Path) -> int:
    """The number of pages; raises `Refused` for a file that is broken, locked, active or too large to check."""
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                raise limits.refuse("pdf.encrypted")
            if len(pdf.objects) > limits.MAX_PDF_OBJECTS:
                raise limits.refuse("pdf.too_complex")
            pages = len(pdf.pages)
            if pages == 0:
                raise limits.refuse("pdf.no_pages")
            if pages > limits.MAX_PAGES:
                raise limits.refuse("pdf.too_many_pages", pages=pages, limit=limits.MAX_PAGES)
            for item in pdf.objects:
                if what := _active_part(item):
                    raise limits.refuse("pdf.active", what=what)
            return pages
    except pikepdf.PasswordError as error:
        raise limits.refuse("pdf.encrypted") from error
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError) as error:
        raise limits.refuse("pdf.broken") from error
