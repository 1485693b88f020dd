"""Word files out of templates that a clerk can edit."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from ocop.kit.papers.fields import environment
from ocop.kit.papers.templates import resolve


def docx(path: Path | str, context: Mapping[str, Any], *, strict: bool = False) -> bytes:
    """Fill a template: a path, or a name that `templates.resolve` finds.

    Values are escaped, so "A & B <C>" stays what it is; the template runs in a sandbox, for offices bring their own.
    `strict`: a field that the context does not hold raises jinja2's UndefinedError instead of staying blank.
    """
    found = path if isinstance(path, Path) else resolve(path)
    paper = DocxTemplate(found)
    paper.render(dict(context), jinja_env=environment(strict=strict), autoescape=True)
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()
