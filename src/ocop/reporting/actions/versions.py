"""Versions of report forms, which the province writes without code; a published one is never changed."""

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.errors import Refused, Stale, require
from ocop.kit.indicators import indicators
from ocop.kit.registry import announce
from ocop.kit.text import nfc
from ocop.reporting.models import FormVersion
from ocop.reporting.permissions import may_keep_forms
from ocop.reporting.rules.layout import Layout, problems
from ocop.reporting.rules.workflow import ARTICLE
from ocop.units.models import Unit


def seen_of(version: FormVersion) -> str:
    """A mark of the layout as it stands, by which a page notices that somebody else changed it meanwhile."""
    text = json.dumps([version.title, version.layout], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def copy_version(source: FormVersion, province: Unit, *, by: User) -> FormVersion:
    """A draft of the province's own with the same sections, the next number of its kind. Raises `Forbidden`."""
    require(may_keep_forms(by, province))
    rows = FormVersion.objects.filter(kind=source.kind, province__in=(province.code, ""))
    try:
        with transaction.atomic():
            last = rows.aggregate(number=Max("number"))["number"] or 0
            return FormVersion.objects.create(
                kind=source.kind, province=province.code, number=last + 1, title=source.title, layout=source.layout,
                valid_from=clock.today(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(
            "form.twice", "Vừa có người sao chép mẫu này; hãy mở lại danh sách.", ARTICLE
        ) from error


def _draft(version: FormVersion, province: Unit, by: User, seen: str) -> FormVersion:
    """The stored draft, locked. Raises `Forbidden`, `Refused` for a published one, `Stale` for another state."""
    require(may_keep_forms(by, province))
    row = FormVersion.objects.select_for_update().get(pk=version.pk)
    if row.province != province.code:
        raise Refused("form.common", "Mẫu chung không sửa được; hãy sao chép thành mẫu của tỉnh.", ARTICLE)
    if row.published_at is not None:
        raise Refused(
            "form.published", "Mẫu đã ban hành không sửa được; hãy sao chép thành phiên bản mới.", ARTICLE
        )
    if seen_of(row) != seen:
        raise Stale("form.stale", "Người khác vừa sửa mẫu này sau khi bạn mở trang.", ARTICLE)
    return row


def change_version(
    version: FormVersion,
    province: Unit,
    change: Callable[[Layout], Layout] = lambda layout: layout,
    *,
    seen: str,
    by: User,
    title: str = "",
) -> FormVersion:
    """Change the sections of a draft, or its title. `seen` is what the page was opened on.

    Raises `Forbidden`, `Refused` for a published version, a nameless one or a part that is not there, `Stale`.
    """
    with transaction.atomic():
        row = _draft(version, province, by, seen)
        try:
            row.layout = change(row.layout)
        except KeyError as error:
            raise Refused("form.gone", "Phần này không còn trong mẫu.", ARTICLE) from error
        row.title = nfc(title).strip() or row.title
        row.save(update_fields=["layout", "title"])
    return row


def publish_version(
    version: FormVersion, province: Unit, *, day: date, seen: str, by: User, at: datetime | None = None
) -> FormVersion:
    """Put a draft in force from a day on: rounds due from then on use it, those that are open keep theirs.

    Raises `Forbidden`, `Refused` with everything that is wrong with it or for a day that has passed, `Stale`.
    """
    at = at or clock.now()
    if day < clock.local_day(at):
        raise Refused("form.past", "Ngày bắt đầu dùng không được ở quá khứ.", ARTICLE)
    with transaction.atomic():
        row = _draft(version, province, by, seen)
        if found := problems(row.sections, [one.key for one in indicators]):
            raise Refused("form.problems", " ".join(found), ARTICLE)
        row.valid_from, row.published_at = day, at
        row.save(update_fields=["valid_from", "published_at"])
        announce("report.form_published", by=by, subject=row, since=day.isoformat())
    return row


def drop_version(version: FormVersion, province: Unit, *, seen: str, by: User) -> None:
    """Throw a draft away. Raises as `change_version`."""
    with transaction.atomic():
        _draft(version, province, by, seen).delete()
