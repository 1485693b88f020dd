"""The vault of papers: kept once, used by many dossiers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from ocop.accounts.models import User
from ocop.files.models import StoredFile
from ocop.files.permissions import may_read
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused, require
from ocop.kit.registry import announce
from ocop.producers.models import Producer
from ocop.producers.signing import signed
from ocop.products import permissions
from ocop.products.enums import PaperKind
from ocop.products.models import Paper, PaperVersion, Product

FIELDS = frozenset({"title", "number", "issuer", "issued_on", "expires_on", "note", "is_demo"})


def add_paper(
    producer: Producer,
    *,
    kind: str,
    by: User,
    file: StoredFile | None = None,
    product: Product | None = None,
    at: datetime | None = None,
    **facts: Any,
) -> Paper:
    """Put a paper into the vault, with its first file when there is one.

    Raises `Forbidden`; `Refused` for an unknown kind, an end before the issue, a product of another producer and a
    file that is not the person's to give.
    """
    require(permissions.may_add(by, producer))
    at = at or clock.now()
    _check(kind, facts)
    if product is not None and product.producer_id != producer.pk:
        raise Refused("paper.product", "Sản phẩm này không thuộc cơ sở.")
    with transaction.atomic():
        paper = Paper(producer=producer, product=product, kind=kind, added_by=by, at=at, **facts)
        signed(paper, by).save()
        if file is not None:
            add_version(paper, file, by=by, at=at)
        announce("products.paper_added", by=by, subject=paper, kind=kind)
    return paper


def add_version(
    paper: Paper, file: StoredFile, *, by: User, note: str = "", at: datetime | None = None
) -> PaperVersion:
    """A new file of a paper; the same bytes again answer the version there is. Earlier versions stay.

    Raises `Forbidden` for people without the right and for a file that the person may not read; `Refused` for a
    paper that was taken out of the vault.
    """
    require(permissions.may_keep_paper(by, paper))
    if not may_read(by, file):
        raise Forbidden("paper.file", "Tệp này không phải của bạn.")
    at = at or clock.now()
    with transaction.atomic():
        row = Paper.objects.select_for_update().get(pk=paper.pk)
        if row.withdrawn_at is not None:
            raise Refused("paper.withdrawn", "Giấy tờ này đã bỏ khỏi kho.")
        same = row.versions.filter(sha256=file.sha256).first()
        if same is not None:
            return same
        number = (row.versions.aggregate(last=Max("no"))["last"] or 0) + 1
        version = PaperVersion.objects.create(
            paper=row, no=number, file=file, sha256=file.sha256, note=note.strip(), added_by=by, at=at
        )
        announce("products.paper_version", by=by, subject=row, no=number, sha256=file.sha256)
    return version


def update_paper(paper: Paper, *, by: User, changes: Mapping[str, Any]) -> Paper:
    """Correct number, issuer, days; raises `Forbidden`, `Refused` as `add_paper`."""
    require(permissions.may_keep_paper(by, paper))
    with transaction.atomic():
        row = Paper.objects.select_for_update().get(pk=paper.pk)
        merged = {"issued_on": row.issued_on, "expires_on": row.expires_on, **changes}
        _check(row.kind, merged)
        for name, value in changes.items():
            setattr(row, name, value)
        signed(row, by).save()
        announce("products.paper_changed", by=by, subject=row, fields=sorted(changes))
    return row


def withdraw_paper(paper: Paper, *, by: User, at: datetime | None = None) -> Paper:
    """Take a paper out of the vault; dossiers that froze a version keep it. Raises `Forbidden`."""
    require(permissions.may_keep_paper(by, paper))
    with transaction.atomic():
        row = Paper.objects.select_for_update().get(pk=paper.pk)
        row.withdrawn_at = row.withdrawn_at or at or clock.now()
        signed(row, by).save()
        announce("products.paper_withdrawn", by=by, subject=row)
    return row


def _check(kind: str, facts: Mapping[str, Any]) -> None:
    if kind not in PaperKind.values:
        raise Refused("paper.kind", "Hãy chọn loại giấy tờ.")
    unknown = set(facts) - FIELDS
    if unknown:
        raise TypeError(f"a paper has no fields {sorted(unknown)}")
    issued, expires = facts.get("issued_on"), facts.get("expires_on")
    if issued and expires and expires < issued:
        raise Refused("paper.days", "Ngày hết hạn phải từ ngày cấp trở đi.")
    if issued and issued > clock.today():
        raise Refused("paper.future", "Ngày cấp không được ở tương lai.")
