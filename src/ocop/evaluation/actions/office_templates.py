"""The office's own Word templates: filling papers with them, trying one, taking one into use, going back."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from jinja2 import UndefinedError
from jinja2.exceptions import TemplateError

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.models import OfficeTemplate
from ocop.evaluation.papers.samples import SAMPLES
from ocop.evaluation.queries.office_templates import path_of, template_on
from ocop.evaluation.rules.office_papers import BY_TEMPLATE, PLACES, TemplatePlace
from ocop.files import disk, scanner
from ocop.files.actions import store_generated
from ocop.files.rules import limits
from ocop.kit import clock, papers
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.papers.templates import check_word, checked, problems, resolve
from ocop.kit.registry import announce
from ocop.units.models import Unit

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_BYTES = 5 * 1024 * 1024
"""Most bytes of a template."""


def fill(
    template: str, context: dict[str, Any], *, province: Unit, day: date
) -> tuple[bytes, OfficeTemplate | None]:
    """A paper as Word with the template that counts in the province on that day, and the office's row if it is its own.

    A template that the office has compared with the official form carries no mark of a rebuilt layout. Raises
    Refused with every fault of an office's file that does not fit.
    """
    place = BY_TEMPLATE[template]
    row = template_on(province, place.key, day)
    own = path_of(row)
    if own is None or row is None:
        return papers.docx(checked(template, context, place.needed), context), None
    if row.compared:
        context = {**context, "unchecked": ""}
    return papers.docx(checked(template, context, place.needed, own), context), row


def _known(paper: str) -> TemplatePlace:
    if paper not in PLACES:
        raise Refused("template.paper", "Không có loại giấy tờ này.")
    return PLACES[paper]


def _require_keeper(by: User, province: Unit) -> None:
    if not scope_of(by).has(Role.ADMINISTRATOR, province.pk):
        raise Forbidden("template.role", "Chỉ quản trị viên của tỉnh thay mẫu giấy tờ.")


def _faults(path: Path, place: TemplatePlace) -> tuple[list[str], bytes]:
    """Sentences against a file, and the sample filled with it when there are none."""
    sample = SAMPLES[place.key]
    check_word(path)
    found = [sentence.replace(f" {path.name}", "") for sentence in problems(path, sample, place.needed)]
    if found:
        return found, b""
    try:
        return [], papers.docx(path, sample, strict=True)
    except UndefinedError as error:
        names = re.findall(r"attribute '([^']+)'|^'([^']+)' is undefined", str(error))
        named = ", ".join(first or second for first, second in names)
        return [f"Trường không có trong dòng của danh sách: {named or error}."], b""
    except TemplateError as error:
        return [f"Không điền thử được mẫu này: {error}."], b""


def try_template(paper: str, upload: UploadedFile, *, province: Unit, by: User) -> bytes:
    """The sample of a paper filled with the sent file; nothing is kept.

    Raises Forbidden for others than the province's administrator; Refused for a file that is no Word file, too
    large, with macros, or with fields that are unknown, missing or miswritten, every fault named.
    """
    _require_keeper(by, province)
    place = _known(paper)
    limits.check_size(upload.size or 0, MAX_BYTES)
    with disk.working_copy(upload.chunks()) as path:
        try:
            scanner.scan(path)
        except scanner.InfectedError as error:
            raise limits.refuse("file.infected") from error
        found, filled = _faults(path, place)
    if found:
        raise Refused("template.faults", "Mẫu chưa dùng được. " + " ".join(found))
    return filled


def filled_sample(paper: str, row: OfficeTemplate | None) -> bytes:
    """The sample filled with an office's file, or with the shipped template when there is none."""
    place = _known(paper)
    sample = SAMPLES[place.key]
    own = path_of(row)
    if own is None:
        return papers.docx(Path(settings.OCOP_REFERENCE_DIR) / "papers" / place.template, sample)
    return papers.docx(own, {**sample, "unchecked": ""} if row and row.compared else sample)


def shipped(paper: str) -> bytes:
    """The template that the office starts from: the operator's file, else the project's own."""
    return resolve(_known(paper).template).read_bytes()


def replace_template(
    paper: str,
    upload: UploadedFile,
    *,
    province: Unit,
    since: date,
    basis: str,
    compared: bool,
    by: User,
    at: datetime | None = None,
) -> OfficeTemplate:
    """Take a file of the office into use for a paper from a day on; papers already made stay as they are.

    Raises what `try_template` raises, and Refused for a day before today or without a basis.
    """
    at = at or clock.now()
    _check_words(since, basis, at)
    try_template(paper, upload, province=province, by=by)
    upload.seek(0)
    with transaction.atomic():
        file = store_generated(upload.read(), name=f"mau-{paper}.docx", content_type=WORD, by=by, at=at)
        row = OfficeTemplate.objects.create(
            province=province, paper=paper, file=file, compared=compared, basis=basis.strip(),
            valid_from=since, by=by, at=at,
        )  # fmt: skip
        announce(
            "template.replaced", by=by, subject=row, code=paper, unit=province.code, sha256=file.sha256,
            valid_from=since.isoformat(), confirmed=compared,
        )  # fmt: skip
    return row


def return_to_shipped(
    paper: str, *, province: Unit, since: date, basis: str, by: User, at: datetime | None = None
) -> OfficeTemplate:
    """Use the shipped template of a paper again from a day on. Raises Forbidden; Refused when it is in use already."""
    at = at or clock.now()
    _require_keeper(by, province)
    _known(paper)
    _check_words(since, basis, at)
    last = OfficeTemplate.objects.filter(province=province, paper=paper).order_by("-pk").first()
    if last is None or last.file_id is None:
        raise Refused("template.shipped", "Giấy tờ này đang dùng mẫu của hệ thống.")
    with transaction.atomic():
        row = OfficeTemplate.objects.create(
            province=province, paper=paper, basis=basis.strip(), valid_from=since, by=by, at=at
        )
        announce(
            "template.returned", by=by, subject=row, code=paper, unit=province.code,
            valid_from=since.isoformat(),
        )  # fmt: skip
    return row


def _check_words(since: date, basis: str, at: datetime) -> None:
    if since < clock.local_day(at):
        raise Refused("template.day", "Mẫu chỉ dùng từ hôm nay trở đi; giấy tờ đã lập được giữ nguyên.")
    if not basis.strip():
        raise Refused("template.basis", "Cần ghi căn cứ: văn bản nào ban hành mẫu, hoặc vì sao thay.")
