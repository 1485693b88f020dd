"""PDF through Typst. Templates read their data by `#let data = json(bytes(sys.inputs.data))`.

A template sees the files of its own folder and nothing else of the disk. Pictures that are made on the way (a QR
code) come in the data as SVG text: `image(bytes(data.qr), format: "svg")`.
"""

import json
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import fontpkg_be_vietnam_pro
import typst
from django.core.serializers.json import DjangoJSONEncoder

from ocop.kit import clock
from ocop.kit.papers.templates import resolve

FONTS = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
"""Be Vietnam Pro; Typst itself carries a serif ("Libertinus Serif")."""

_lock = threading.Lock()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


@lru_cache(maxsize=32)
def _compiler(path: str, _changed: int) -> typst.Compiler:
    """One compiler per template and version of its file: fonts and parsed sources are kept between papers."""
    return typst.Compiler(
        input=path, root=str(Path(path).parent), font_paths=_fonts(), ignore_system_fonts=True
    )


def typeset(path: Path, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template file; raises `typst.TypstError` with the place in the template."""
    inputs = {"data": json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)}
    with _lock:
        compiler = _compiler(str(path), path.stat().st_mtime_ns)
        made = compiler.compile(sys_inputs=inputs, format="pdf", timestamp=int(clock.now().timestamp()))
    return cast(bytes, made)


def pdf(template_name: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of the template of that name ("app/paper.typ"), an office's own file first.

    `data` may hold dates, decimals and nested lists; they reach the template as JSON. Raises FileNotFoundError.
    """
    return typeset(resolve(template_name), data)
