"""Letting people act for a producer, and ending it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ocop.accounts.actions import register_producer_user
from ocop.accounts.enums import ConsentPurpose
from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.producers import permissions
from ocop.producers.actions.register import open_producer
from ocop.producers.enums import AccessKind
from ocop.producers.models import Producer, ProducerAccess
from ocop.units.models import Unit

HELPER_DAYS = 180
LONGEST_HELP = 366
HELPER_CONSENT = (
    "Tôi đồng ý để người được ghi ở đây xem, điền và nộp thay tôi hồ sơ OCOP của cơ sở tôi, kể cả thông tin người đại "
    "diện, đến hết ngày đã chọn. Tôi có thể dừng sự đồng ý này bất cứ lúc nào. Người giúp không được rút hồ sơ."
)
PRIVACY = "Nghị định 13/2023/NĐ-CP, Điều 11"


def grant(
    producer: Producer,
    user: User,
    *,
    kind: str,
    by: User | None,
    since: date | None = None,
    until: date | None = None,
    consent_text: str = "",
    consent_at: datetime | None = None,
) -> ProducerAccess:
    """Write an access in force from `since` (default today); one that is open already is answered as it is.

    Asks no permission (callers do); the caller's transaction.
    """
    since = since or clock.today()
    known = producer.accesses.valid_on(since).filter(user=user, kind=kind).first()
    if known is not None and (until is None or known.valid_to is None or known.valid_to >= until):
        return known
    if known is not None:
        known.valid_to, known.consent_text, known.consent_at = until, consent_text, consent_at
        known.save()
        row = known
    else:
        row = ProducerAccess.objects.create(
            producer=producer,
            user=user,
            kind=kind,
            valid_from=since,
            valid_to=until,
            consent_text=consent_text,
            consent_at=consent_at,
            granted_by=by,
        )
    announce("producers.access_given", by=by, subject=producer, user=user.pk, kind=kind)
    return row


def let_help(
    producer: Producer,
    user: User,
    *,
    by: User,
    until: date | None = None,
    agreed: bool,
    at: datetime | None = None,
) -> ProducerAccess:
    """The owner agrees that somebody helps with the dossiers, until a last day (default 180 days, at most a year).

    Raises `Forbidden` for everybody but the owner; `Refused` without the consent, for oneself, and for a last
    day that is past or too far (Decree 13/2023/NĐ-CP, Article 11: consent is for a purpose and can end).
    """
    require(permissions.may_consent(by, producer))
    at = at or clock.now()
    day = clock.local_day(at)
    until = until or day + timedelta(days=HELPER_DAYS)
    if not agreed:
        raise Refused("access.consent", "Hãy đánh dấu đồng ý trước khi cho người khác giúp.", PRIVACY)
    if user.pk == by.pk:
        raise Refused("access.self", "Bạn đã là chủ cơ sở, không cần người giúp là chính mình.")
    if not day <= until <= day + timedelta(days=LONGEST_HELP):
        raise Refused("access.until", "Ngày cuối phải từ hôm nay và trong vòng một năm.", PRIVACY)
    with transaction.atomic():
        Producer.objects.select_for_update().get(pk=producer.pk)
        return grant(
            producer,
            user,
            kind=AccessKind.HELPER,
            by=by,
            until=until,
            consent_text=HELPER_CONSENT,
            consent_at=at,
        )


def let_in(producer: Producer, user: User, *, kind: str, by: User) -> ProducerAccess:
    """Make somebody owner or staff; raises `Forbidden`, `Refused` for a helper (who needs the owner's consent)."""
    require(permissions.may_manage_access(by, producer))
    if kind not in (AccessKind.OWNER, AccessKind.STAFF):
        raise Refused("access.kind", "Người giúp phải do chủ cơ sở đồng ý.", PRIVACY)
    with transaction.atomic():
        Producer.objects.select_for_update().get(pk=producer.pk)
        return grant(producer, user, kind=kind, by=by)


def end_access(access: ProducerAccess, *, by: User, at: datetime | None = None) -> ProducerAccess:
    """End an access at once: the owner or the commune ends any, a person ends the own.

    Raises `Forbidden`; `Refused` when it has ended, and when an owner would leave the producer without one.
    """
    at = at or clock.now()
    day = clock.local_day(at)
    with transaction.atomic():
        row = ProducerAccess.objects.select_for_update().get(pk=access.pk)
        if row.user_id != by.pk:
            require(permissions.may_manage_access(by, row.producer))
        if row.valid_to is not None and row.valid_to < day:
            raise Refused("access.ended", "Quyền này đã kết thúc.")
        last_owner = row.kind == AccessKind.OWNER and not (
            row.producer.accesses.valid_on(day).filter(kind=AccessKind.OWNER).exclude(pk=row.pk).exists()
        )
        if last_owner and row.user_id == by.pk:
            raise Refused(
                "access.last_owner", "Bạn là chủ duy nhất. Hãy thêm chủ khác hoặc nhờ xã kết thúc quyền này."
            )
        row.valid_to = max(day - timedelta(days=1), row.valid_from)
        if row.valid_to >= day:  # given today: it never counted for a whole day
            row.delete()
        else:
            row.save(update_fields=["valid_to"])
        announce("producers.access_ended", by=by, subject=row.producer, user=row.user_id, kind=row.kind)
    return row


def register_for_person(
    *,
    phone: str,
    full_name: str,
    consented: bool,
    unit: Unit,
    by: User,
    at: datetime | None = None,
    **details: Any,
) -> tuple[Producer, User, str]:
    """The commune registers a producer for somebody at the counter; answers producer, user, temporary password.

    A person with that phone already known becomes the owner without a new password (''). One transaction. Raises
    `Forbidden` outside the reach of `by`; `Refused` without the person's consent and as `open_producer`.
    """
    require(permissions.may_register(by, unit.pk))
    if not consented:
        raise Refused("access.consent", "Cần có sự đồng ý của người được đăng ký.", PRIVACY)
    with transaction.atomic():
        user, temporary = User.objects.known_as(phone), ""
        if user is None or not user.is_active:
            user, temporary = register_producer_user(
                phone,
                full_name=full_name,
                by=by,
                unit=unit,
                at=at,
                consents={ConsentPurpose.ACCOUNT, ConsentPurpose.CONTACT},
            )
        producer = open_producer(unit=unit, by=by, at=at, **details)
        grant(producer, user, kind=AccessKind.OWNER, by=by)
    return producer, user, temporary
