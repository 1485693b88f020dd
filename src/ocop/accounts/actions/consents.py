"""Recording what people agree to."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ocop.accounts.models import Consent, User
from ocop.accounts.rules import consents as texts
from ocop.kit import clock
from ocop.kit.errors import Refused
from ocop.kit.registry import announce


@transaction.atomic
def record_consents(
    user: User, *, purposes: Iterable[str], by: User | None, at: datetime | None = None
) -> list[Consent]:
    """Keep the agreement to each purpose with the text as it read that day (Decree 13/2023/NĐ-CP art. 11).

    An agreement in force is kept as it is. `by` is the officer who took it on paper, None for the person alone.
    """
    rows = []
    for purpose in sorted(str(purpose) for purpose in purposes):
        text = texts.TEXTS[purpose]
        row, created = Consent.objects.get_or_create(
            user=user,
            purpose=purpose,
            withdrawn_at=None,
            defaults={"text_version": text.version, "text": text.text, "given_at": at or clock.now()},
        )
        rows.append(row)
        if created:
            announce(
                "accounts.consent_given", by=by or user, subject=row, purpose=purpose, version=text.version
            )
    return rows


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: User, at: datetime | None = None) -> Consent:
    """Take an agreement back; the row stays (Decree 13/2023/NĐ-CP art. 12).

    Raises `Refused` for somebody else's, for one that was withdrawn before, and for the purpose without which there
    is no account: that one ends by erasing the data.
    """
    if consent.user_id != by.pk:
        raise Refused("accounts.not_yours", "Chỉ chính chủ rút lại sự đồng ý của mình.")
    if consent.withdrawn_at is not None:
        raise Refused("accounts.withdrawn", "Sự đồng ý này đã được rút lại.")
    if texts.TEXTS[consent.purpose].required:
        raise Refused(
            "accounts.required", "Tài khoản cần sự đồng ý này. Nếu không muốn nữa, hãy yêu cầu xóa dữ liệu."
        )
    consent.withdrawn_at = at or clock.now()
    consent.save()
    announce("accounts.consent_withdrawn", by=by, subject=consent, purpose=consent.purpose)
    return consent
