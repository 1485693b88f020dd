"""Forms of sign-in and passwords, in our words."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms

from ocop.accounts.rules import phones

RULES = "Ít nhất 10 ký tự, không chỉ gồm chữ số, không giống tên của bạn."


def plain(field: forms.Field, label: str, **attrs: Any) -> None:
    """Give a borrowed field our label and take its English placeholder and help away."""
    field.label, field.help_text = label, ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignInForm(allauth_forms.LoginForm):
    """One box for phone, e-mail address or user name."""

    errors_title = "Chưa đăng nhập được:"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(
            self.fields["login"],
            "Số điện thoại, email hoặc tên đăng nhập",
            autocomplete="username",
            autofocus=True,
            autocapitalize="none",
            spellcheck="false",
        )
        plain(self.fields["password"], "Mật khẩu")
        plain(self.fields["remember"], "Giữ đăng nhập trên máy này")

    def clean_login(self) -> str:
        """A phone in its one form, so that limits and look-ups know it however it was typed."""
        typed = super().clean_login()
        return phones.normalise(typed) or typed


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    """The old password and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["oldpassword"], "Mật khẩu hiện tại")
        new_password_labels(self)


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """The address to which the link is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["email"], "Địa chỉ email đã ghi trong tài khoản", autofocus=True)


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    """Twice the new password, after the link of the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new_password_labels(self)


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    """The password again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["password"], "Mật khẩu", autofocus=True)


def new_password_labels(form: forms.Form) -> None:
    """Words of the two boxes for a new password."""
    plain(form.fields["password1"], "Mật khẩu mới")
    form.fields["password1"].help_text = RULES
    plain(form.fields["password2"], "Nhập lại mật khẩu mới")


class NewPasswordForm(forms.Form):
    """Twice the new password, instead of a temporary one."""

    password1 = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        help_text=RULES,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
    )
    password2 = forms.CharField(
        label="Nhập lại mật khẩu mới",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", "Hai lần nhập chưa giống nhau.")
        return data
