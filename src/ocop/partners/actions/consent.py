"""A partner agrees to publication, or takes it back."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.partners import permissions
from ocop.partners.models import Partner, PartnerConsent
from ocop.partners.rules.assessment import CONSENT
from ocop.partners.rules.capacity import agreed


def record_consent(
    partner: Partner,
    *,
    fields: Iterable[str],
    given_by: str,
    given_on: date,
    basis: str,
    by: User,
    at: datetime | None = None,
) -> PartnerConsent:
    """Write down that the partner agreed to have these fields published; an earlier consent ends on that day.

    Raises `Forbidden` for others than the keepers, `Refused` for a day ahead or before the consent that holds, an
    unknown field, and when nobody or no paper is named.
    """
    at = at or clock.now()
    require(permissions.may_keep(by, partner))
    try:
        chosen = agreed(fields)
    except ValueError:
        raise Refused("consent.field", "Có mục công khai không hợp lệ.", CONSENT) from None
    if not given_by.strip() or not basis.strip():
        raise Refused("consent.who", "Cần ghi ai đồng ý và bằng văn bản, hình thức nào.", CONSENT)
    if given_on > clock.local_day(at):
        raise Refused("consent.ahead", "Ngày đồng ý ở tương lai.", CONSENT)
    with transaction.atomic():
        Partner.objects.select_for_update().get(pk=partner.pk)
        open_row = PartnerConsent.objects.filter(partner=partner, withdrawn_on__isnull=True).first()
        if open_row is not None:
            if given_on < open_row.given_on:
                raise Refused(
                    "consent.order", f"Đã có bản đồng ý ngày {open_row.given_on:%d/%m/%Y} mới hơn.", CONSENT
                )
            open_row.withdrawn_on, open_row.withdrawn_reason = given_on, "Thay bằng bản đồng ý mới"
            open_row.save(update_fields=["withdrawn_on", "withdrawn_reason"])
        row = PartnerConsent.objects.create(
            partner=partner, fields=list(chosen), given_by=given_by.strip(), given_on=given_on, basis=basis.strip(),
            recorded_by=by, recorded_at=at,
        )  # fmt: skip
        announce("partners.consented", by=by, subject=partner, fields=list(chosen))
    return row


def withdraw_consent(
    partner: Partner, *, reason: str, by: User, on: date | None = None, at: datetime | None = None
) -> PartnerConsent:
    """The partner no longer agrees: from that day (default today) the public site shows nothing of it.

    Raises `Forbidden` for others than the keepers, `Refused` where no consent holds and without a reason.
    """
    at = at or clock.now()
    require(permissions.may_keep(by, partner))
    on = on or clock.local_day(at)
    if not reason.strip():
        raise Refused("consent.reason", "Cần ghi lý do rút.", CONSENT)
    with transaction.atomic():
        Partner.objects.select_for_update().get(pk=partner.pk)
        row = PartnerConsent.objects.filter(partner=partner, withdrawn_on__isnull=True).first()
        if row is None or on < row.given_on:
            raise Refused("consent.none", "Đối tác không có bản đồng ý nào đang hiệu lực.", CONSENT)
        row.withdrawn_on, row.withdrawn_reason = on, reason.strip()
        row.save(update_fields=["withdrawn_on", "withdrawn_reason"])
        announce("partners.consent_withdrawn", by=by, subject=partner)
    return row
