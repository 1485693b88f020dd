"""Confirming that a phone is in a person's hand."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from ocop.accounts.actions.people import checked_phone
from ocop.accounts.enums import UserStatus
from ocop.accounts.models import PhoneCode, User
from ocop.accounts.rules import secrets as made_up
from ocop.accounts.texting import can_text, send_text
from ocop.kit import clock
from ocop.kit.errors import Refused
from ocop.kit.registry import announce

LASTS = timedelta(minutes=10)
PAUSE = timedelta(seconds=60)
PER_HOUR = 5
TRIES = 5


def _hash(user: User, phone: str, code: str) -> str:
    return salted_hmac("ocop.accounts.phone", f"{user.pk}:{phone}:{code}").hexdigest()


@transaction.atomic
def send_phone_code(user: User, *, by: User | None, phone: str = "", at: datetime | None = None) -> PhoneCode:
    """Send six digits to the person's phone, or to the new number `phone`; good for ten minutes and five tries.

    Raises `Refused` for a number that is another's, within a minute of the last code, and after five in an hour.
    """
    at = at or clock.now()
    if not can_text():
        raise Refused(
            "accounts.no_gateway",
            "Hệ thống chưa gửi được tin nhắn. Hãy đến UBND xã để được xác nhận số điện thoại.",
        )
    number = checked_phone(phone or user.phone or "")
    if User.objects.filter(phone=number).exclude(pk=user.pk).exists():
        raise Refused("accounts.phone_taken", "Số điện thoại này đã có tài khoản.")
    User.objects.select_for_update().get(pk=user.pk)
    recent = user.phone_codes.filter(sent_at__gt=at - timedelta(hours=1))
    if recent.filter(sent_at__gt=at - PAUSE).exists():
        raise Refused("accounts.code_pause", "Mã vừa được gửi. Hãy chờ một phút rồi yêu cầu lại.")
    if recent.count() >= PER_HOUR:
        raise Refused("accounts.code_limit", "Đã gửi quá nhiều mã. Hãy thử lại sau một giờ.")
    code = made_up.phone_code()
    row = PhoneCode.objects.create(user=user, phone=number, code_hash=_hash(user, number, code), sent_at=at)
    text = f"{code} là mã xác nhận OCOP Hà Tĩnh, dùng trong 10 phút. Không đưa mã này cho ai."
    transaction.on_commit(lambda: send_text(number, text), robust=True)
    announce("accounts.code_sent", by=by, subject=user)
    return row


def confirm_phone(user: User, code: str, *, at: datetime | None = None) -> User:
    """The person typed the code: the number is theirs, and a new account is open.

    Raises `Refused` for a wrong code (the try is counted), an old one, and after five tries.
    """
    at = at or clock.now()
    with transaction.atomic():
        row = user.phone_codes.select_for_update().filter(used_at__isnull=True).first()
        if row is None or at > row.sent_at + LASTS:
            raise Refused("accounts.code_old", "Mã đã hết hạn. Hãy yêu cầu mã mới.")
        if row.tries >= TRIES:
            raise Refused("accounts.code_tries", "Đã nhập sai quá nhiều lần. Hãy yêu cầu mã mới.")
        right = constant_time_compare(row.code_hash, _hash(user, row.phone, "".join(code.split())))
        if right:
            row.used_at = at
            _take_number(user, row.phone, at)
        else:
            row.tries += 1
        row.save()
    if not right:
        raise Refused("accounts.code_wrong", "Mã chưa đúng. Hãy xem lại tin nhắn và nhập lại.")
    return user


def _take_number(user: User, phone: str, at: datetime) -> None:
    if User.objects.filter(phone=phone).exclude(pk=user.pk).exists():
        raise Refused("accounts.phone_taken", "Số điện thoại này đã có tài khoản.")
    user.phone, user.phone_verified_at = phone, at
    if user.status == UserStatus.UNCONFIRMED:
        user.status, user.is_active = UserStatus.ACTIVE, True
    user.save()
    announce("accounts.phone_confirmed", by=user, subject=user)


def forget_codes(*, at: datetime | None = None) -> int:
    """Drop codes older than a day: they hold numbers. Answers how many; run by the scheduler."""
    return PhoneCode.objects.filter(sent_at__lt=(at or clock.now()) - timedelta(days=1)).delete()[0]
