"""How allauth does things here: phones of the country, Vietnamese words, no open sign-up."""

import logging
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.forms import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.accounts.rules import phones
from ocop.accounts.sealing import seal, unseal
from ocop.accounts.texting import send_text
from ocop.accounts.unsent import waiting
from ocop.kit import clock

logger = logging.getLogger(__name__)
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."
PATIENCE = "Bạn thao tác quá nhanh. Hãy chờ ít phút rồi thử lại."


def display_name(user: User) -> str:
    """How messages name a person."""
    return str(user)


def needs_second_factor(user: Any) -> bool:
    """True for people who act for an agency, except in the demo."""
    return settings.OCOP_MFA_REQUIRED and scope_of(user).is_official


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by phone, e-mail address or user name; accounts are opened by our own pages only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đang bị khóa.",
        "email_password_mismatch": WRONG,
        "phone_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": "Mật khẩu hiện tại chưa đúng.",
        "incorrect_code": "Mã chưa đúng.",
        "incorrect_password": "Mật khẩu chưa đúng.",
        "invalid_password_reset": "Liên kết đặt lại mật khẩu không đúng hoặc đã được dùng.",
        "too_many_login_attempts": "Sai quá nhiều lần. Hãy chờ 5 phút rồi thử lại.",
        "rate_limited": PATIENCE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_phone(self, phone: str) -> str:
        number = phones.normalise(phone)
        if number is None:
            raise ValidationError("Số điện thoại chưa đúng. Ví dụ: 0912 345 678.")
        return number

    def phone_form_field(self, **kwargs: Any) -> Any:
        return super().phone_form_field(**{"validators": [], **kwargs})

    def get_user_by_phone(self, phone: str) -> User | None:
        number = phones.normalise(phone)
        return User.objects.filter(phone=number).first() if number else None

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone, user.phone_verified_at = phone, clock.now() if verified else None
        user.save()

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, True)

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        send_text(phone, f"{code} là mã xác nhận OCOP Hà Tĩnh. Không đưa mã này cho ai.")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send; a mail server that is away takes nothing from what was just done, and is written to the log.

        Who waits for a link to a new password asks for another one; the page says the same either way, so that a
        bad day of the server does not tell which addresses are known.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # SMTPException is one too
            logger.error("mail %s was not sent: %s", template_prefix, type(error).__name__)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """The password again before changes of the second factor, unless the sign-in itself is fresh."""
        request = context.request
        records = get_authentication_records(request, request.user) if request is not None else []
        fresh = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        if any(record["at"] > fresh for record in records):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home, or to what was typed when the session ended and has not been sent since."""
        if waiting(request):
            return reverse("accounts:unsent")
        return super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: named after the user name, and not to be removed by those who must have one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Tài khoản công vụ phải có xác thực hai bước, không thể tắt.",
        "cannot_generate_recovery_codes": "Hãy bật ứng dụng xác thực trước khi tạo mã dự phòng.",
        "incorrect_code": "Mã chưa đúng. Hãy nhập mã đang hiện trên ứng dụng.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        return user.username

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not needs_second_factor(authenticator.user)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """An outside identity signs in only people who linked it to an account that they already had."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
