"""A star that lives on past its term while its re-evaluation is under way (Art. 12.3 of Decision 26/2026/QĐ-TTg)."""

from datetime import date, datetime, timedelta

from django.db import transaction

from ocop.accounts.models import User
from ocop.kit import clock, formats
from ocop.kit.errors import Refused
from ocop.kit.registry import announce
from ocop.recognition.enums import ChangeKind
from ocop.recognition.models import Certificate, CertificateChange

ARTICLE_EXTENSION = "Điều 12 khoản 3 Quyết định 26/2026/QĐ-TTg"


def extend(
    certificate: Certificate, *, until: date, basis: str, by: User, at: datetime | None = None
) -> Certificate:
    """Keep a star valid until the end of `until`; the basis is shown with the change.

    Whether it may be extended is the caller's question. Raises Refused when the star is gone, its term is unknown, or
    `until` does not lie behind it.
    """
    at = at or clock.now()
    with transaction.atomic():
        row = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if row.revoked_on or row.replaced_on or row.valid_to is None or until <= row.valid_to:
            raise Refused("extend.gone", "Giấy chứng nhận này không kéo dài được nữa.", ARTICLE_EXTENSION)
        row.extended_to = until
        row.save()
        CertificateChange.objects.create(
            certificate=row,
            kind=ChangeKind.EXTENDED,
            on=row.valid_to + timedelta(days=1),
            text=f"Đến khi có kết quả, chậm nhất hết {formats.day(until)}. Căn cứ: {basis.strip()}",
            by=by,
            at=at,
        )
        announce("certificate.extended", by=by, subject=row)
    certificate.refresh_from_db()
    return row


def end_extension(certificate: Certificate, *, reason: str, by: User, at: datetime | None = None) -> None:
    """The re-evaluation ended without a new star: the old one is valid to its term, or to today where that has passed.

    Does nothing for a star that is not extended or whose extension has run out.
    """
    at = at or clock.now()
    day = clock.local_day(at)
    with transaction.atomic():
        row = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if row.extended_to is None or row.valid_to is None or row.extended_to <= day:
            return
        row.extended_to = day if day > row.valid_to else None
        row.save()
        CertificateChange.objects.create(
            certificate=row, kind=ChangeKind.EXTENSION_ENDED, on=day, text=reason, by=by, at=at
        )
        announce("certificate.extension_ended", by=by, subject=row)
