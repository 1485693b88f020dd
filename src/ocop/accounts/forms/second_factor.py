"""Forms of the second factor, in our words."""

from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms

from ocop.accounts.forms.signin import plain

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class AuthenticateForm(base_forms.AuthenticateForm):
    """The code of the app, or a recovery code, at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["code"], "Mã trên ứng dụng xác thực, hoặc mã dự phòng", **CODE)


class ReauthenticateForm(base_forms.ReauthenticateForm):
    """The code again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["code"], "Mã trên ứng dụng xác thực, hoặc mã dự phòng", **CODE)


class ActivateForm(totp_forms.ActivateTOTPForm):
    """The first code, which proves that the app is set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["code"], "Mã 6 chữ số trên ứng dụng", **CODE)
