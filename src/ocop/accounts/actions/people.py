"""Opening, helping, locking and erasing accounts."""

import re
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from ocop.accounts import permissions
from ocop.accounts.actions.consents import record_consents
from ocop.accounts.enums import ConsentPurpose, UserStatus
from ocop.accounts.models import Invitation, Membership, User
from ocop.accounts.rules import phones
from ocop.accounts.rules import secrets as made_up
from ocop.accounts.signals import personal_data_erased
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.kit.text import slug

ERASED_NAME = "Người dùng đã xóa dữ liệu"


def free_username(full_name: str) -> str:
    """A user name made of the name that nobody has yet: "nguyen-thi-lan", then "nguyen-thi-lan-2"..."""
    base = slug(full_name, 40) or "nguoi-dung"
    pattern = re.compile(rf"{re.escape(base)}(?:-(\d+))?$")
    taken = User.objects.filter(username__istartswith=base).values_list("username", flat=True)
    numbers = [int(match[1] or 1) for name in taken if (match := pattern.match(name.lower()))]
    return base if not numbers else f"{base}-{max(numbers) + 1}"


def checked_phone(typed: str) -> str:
    """The number in E.164; raises `Refused` for what is no telephone number."""
    phone = phones.normalise(typed)
    if phone is None:
        raise Refused("accounts.phone", "Số điện thoại chưa đúng. Ví dụ: 0912 345 678.")
    return phone


def checked_password(password: str, user: User) -> str:
    """The password when it is strong enough; raises `Refused` with every weakness."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused("accounts.password", " ".join(error.messages)) from error
    return password


def create_user(
    *,
    full_name: str,
    by: User | None,
    phone: str = "",
    email: str = "",
    password: str | None = None,
    title: str = "",
    username: str = "",
    **columns: Any,
) -> User:
    """A new account; without a password it cannot sign in until one is given.

    Raises `Refused` when phone, e-mail address or user name belong to somebody else. The caller's transaction.
    """
    phone = checked_phone(phone) if phone else ""
    email = email.strip().lower()
    if phone and User.objects.filter(phone=phone).exists():
        raise Refused("accounts.phone_taken", "Số điện thoại này đã có tài khoản.")
    if email and User.objects.filter(email=email).exists():
        raise Refused("accounts.email_taken", "Địa chỉ thư điện tử này đã có tài khoản.")
    if username and User.objects.filter(username__iexact=username).exists():
        raise Refused("accounts.username_taken", "Tên đăng nhập này đã có người dùng.")
    user = User(
        full_name=full_name.strip(),
        phone=phone or None,
        email=email,
        title=title.strip(),
        username=username or free_username(full_name),
        **columns,
    )
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(checked_password(password, user))
    user.save()
    announce("accounts.opened", by=by, subject=user)
    return user


@transaction.atomic
def register_producer_user(
    phone: str,
    *,
    full_name: str,
    by: User | None,
    unit: Any = None,
    password: str | None = None,
    consents: frozenset[str] | set[str] = frozenset(),
    at: datetime | None = None,
) -> tuple[User, str]:
    """Open a producer's account by phone; answers the user and a temporary password ('' when one was chosen).

    A person registers alone (`by` None) with a password and confirms the phone afterwards; a number that was
    registered before and never confirmed starts anew. A commune registers for its own reach; the account is open at
    once and asks for a new password at the first sign-in. Raises `Refused` for a taken number, a weak password and a
    missing consent (Decree 13/2023/NĐ-CP art. 11), `Forbidden` outside the reach of `by`.
    """
    number = checked_phone(phone)
    if ConsentPurpose.ACCOUNT not in consents:
        raise Refused(
            "accounts.consent",
            "Cần đồng ý cho dùng họ tên và số điện thoại để mở tài khoản.",
            "Nghị định 13/2023/NĐ-CP, Điều 11",
        )
    if by is not None:
        require(permissions.may_register_for(by, unit))
    known = User.objects.select_for_update().filter(phone=number).first()
    if known is not None and known.status != UserStatus.UNCONFIRMED:
        raise Refused(
            "accounts.phone_taken", "Số điện thoại này đã có tài khoản. Hãy đăng nhập hoặc lấy lại mật khẩu."
        )
    temporary = "" if by is None else made_up.temporary_password()
    chosen = temporary or password or ""
    user = known or User(phone=number, username=free_username(full_name))
    user.full_name, user.unit = full_name.strip(), unit
    user.status = UserStatus.UNCONFIRMED if by is None else UserStatus.ACTIVE
    user.is_active = by is not None
    user.must_set_password = bool(temporary)
    user.set_password(checked_password(chosen, user))
    user.save()
    record_consents(user, purposes=consents, by=by, at=at)
    announce("accounts.registered", by=by, subject=user, unit=user.unit_id)
    return user, temporary


@transaction.atomic
def reset_password_by_commune(user: User, *, by: User, basis: str) -> str:
    """A temporary password for somebody who lost theirs; shown once, a new one is asked at the next sign-in.

    Every session of the person ends. `basis` says how the officer knew the person. Raises `Forbidden` outside the
    reach of `by`, `Refused` without a basis or for a closed account.
    """
    require(permissions.may_help(by, user))
    if not basis.strip():
        raise Refused(
            "accounts.basis",
            "Cần ghi cách bạn đã xác minh đúng người (ví dụ: đối chiếu căn cước tại trụ sở).",
        )
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise Refused("accounts.locked", "Tài khoản này đang bị khóa hoặc chưa xác nhận.")
    temporary = made_up.temporary_password()
    user.set_password(temporary)
    user.must_set_password = True
    user.save()
    end_sessions(user)
    announce("accounts.password_reset", by=by, subject=user, by_agency=True)
    return temporary


@transaction.atomic
def set_own_password(user: User, password: str) -> User:
    """Replace a temporary password by the person's own; raises `Refused` for a weak one or the temporary one."""
    if user.check_password(password):
        raise Refused("accounts.same_password", "Mật khẩu mới phải khác mật khẩu tạm.")
    user.set_password(checked_password(password, user))
    user.must_set_password = False
    user.save()
    announce("accounts.password_changed", by=user, subject=user)
    return user


@transaction.atomic
def reset_second_factor(user: User, *, by: User, basis: str) -> None:
    """Forget the authenticator of somebody who lost the phone; the next sign-in sets up a new one.

    Raises `Forbidden` outside the reach of `by`, `Refused` without a basis.
    """
    require(permissions.may_help(by, user))
    if not basis.strip():
        raise Refused("accounts.basis", "Cần ghi cách bạn đã xác minh đúng người.")
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    announce("accounts.second_factor_reset", by=by, subject=user)


def end_sessions(user: User) -> None:
    """End every session of the person."""
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def deactivate(user: User, *, by: User, reason: str) -> User:
    """Lock an account: no sign-in, sessions end, roles no longer count; raises `Forbidden`, or `Refused` unreasoned."""
    require(permissions.may_help(by, user))
    if not reason.strip():
        raise Refused("accounts.reason", "Cần ghi lý do khóa tài khoản.")
    user.is_active, user.status = False, UserStatus.DEACTIVATED
    user.save()
    end_sessions(user)
    announce("accounts.deactivated", by=by, subject=user)
    return user


@transaction.atomic
def reactivate(user: User, *, by: User) -> User:
    """Unlock an account that was locked; raises `Forbidden`, or `Refused` when it is not locked."""
    require(permissions.may_help(by, user))
    if user.status != UserStatus.DEACTIVATED:
        raise Refused("accounts.state", "Tài khoản này không ở trạng thái khóa.")
    user.is_active, user.status = True, UserStatus.ACTIVE
    user.save()
    announce("accounts.reactivated", by=by, subject=user)
    return user


@transaction.atomic
def update_profile(user: User, *, full_name: str, email: str, title: str = "") -> User:
    """The person corrects name, e-mail address and title; raises `Refused` when the address is another's."""
    email = email.strip().lower()
    if email and User.objects.filter(email=email).exclude(pk=user.pk).exists():
        raise Refused("accounts.email_taken", "Địa chỉ thư điện tử này đã có tài khoản.")
    user.full_name, user.email, user.title = full_name.strip(), email, title.strip()
    user.save()
    EmailAddress.objects.filter(user=user).exclude(email=email).delete()
    announce("accounts.profile_changed", by=user, subject=user)
    return user


@transaction.atomic
def erase_personal_data(user: User, *, by: User, at: datetime | None = None) -> User:
    """Erase what identifies a person; the row and what it did stay, without a name.

    Decree 13/2023/NĐ-CP art. 16. The log keeps digests and ids only, so its chain holds. Apps above erase theirs on
    `signals.personal_data_erased`. Raises `Forbidden`, or `Refused` while the person holds a role in an agency.
    """
    require(permissions.may_erase(by, user))
    if Membership.objects.filter(user=user).overlapping(clock.today(), None).exists():
        raise Refused(
            "accounts.holds_role",
            "Người này đang giữ vai trò tại cơ quan, hãy bàn giao trước khi xóa dữ liệu.",
        )
    at = at or clock.now()
    user = User.objects.select_for_update().get(pk=user.pk)
    end_sessions(user)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.phone_codes.all().delete()
    user.consents.filter(withdrawn_at__isnull=True).update(withdrawn_at=at)
    Invitation.objects.filter(accepted_by=user).update(full_name=ERASED_NAME, email="", phone="")
    user.full_name, user.title, user.phone, user.email = ERASED_NAME, "", None, ""
    user.username, user.phone_verified_at, user.unit = f"da-xoa-{user.pk}", None, None
    user.is_active, user.status, user.must_set_password = False, UserStatus.ERASED, False
    user.set_unusable_password()
    user.save()
    personal_data_erased.send(User, user=user, at=at)
    announce("accounts.erased", by=by, subject=user)
    return user
