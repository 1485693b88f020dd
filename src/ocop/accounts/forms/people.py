"""Forms of the pages about people and their roles."""

from typing import Any, cast

from django import forms

from ocop.accounts.enums import EndReason, Role
from ocop.accounts.forms.fields import (
    AgencyChoice,
    DateInput,
    KnownPersonField,
    PhoneField,
    UnitChoice,
    communes_today,
)
from ocop.accounts.forms.signin import NewPasswordForm
from ocop.accounts.models import Membership, User
from ocop.accounts.permissions import roles_grantable
from ocop.accounts.queries import agencies_managed_by, scope_of
from ocop.accounts.rules.consents import asked_of_producers
from ocop.kit import clock
from ocop.units.models import Agency, Unit


class ConsentsMixin(forms.Form):
    """One unticked box per purpose; the purposes ticked are in `consents()`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for text in asked_of_producers():
            self.fields[f"consent_{text.purpose}"] = forms.BooleanField(
                label=text.text, required=text.required
            )

    def consents(self) -> frozenset[str]:
        """Purposes that were ticked."""
        chosen = (str(text.purpose) for text in asked_of_producers())
        return frozenset(purpose for purpose in chosen if self.cleaned_data.get(f"consent_{purpose}"))


class RegisterForm(ConsentsMixin, NewPasswordForm):
    """A producer opens an account alone."""

    full_name = forms.CharField(
        label="Họ và tên", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField(label="Số điện thoại", help_text="Chúng tôi nhắn một mã xác nhận tới số này.")
    unit = UnitChoice(
        label="Xã, phường nơi sản xuất", queryset=Unit.objects.none(), empty_label="Chọn xã, phường"
    )
    field_order = ["full_name", "phone", "unit", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["unit"]).queryset = communes_today()
        self.fields["password1"].label, self.fields["password2"].label = "Mật khẩu", "Nhập lại mật khẩu"
        self.fields["password1"].widget.attrs.pop("autofocus", None)


class RegisterForForm(ConsentsMixin):
    """The commune opens an account for a producer who stands at the counter."""

    full_name = forms.CharField(label="Họ và tên chủ thể", max_length=150)
    phone = PhoneField(label="Số điện thoại", autocomplete="off")
    unit = UnitChoice(label="Xã, phường", queryset=Unit.objects.none())

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = scope_of(by).unit_ids(Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER, Role.ADMINISTRATOR)
        communes = (
            Unit.objects.valid_on(clock.today()).filter(level="commune", pk__in=reach).order_by("search_text")
        )
        cast(forms.ModelChoiceField, self.fields["unit"]).queryset = communes
        first = list(communes[:2])
        if len(first) == 1:
            self.fields["unit"].initial = first[0]


class CodeForm(forms.Form):
    """The six digits of the message."""

    code = forms.CharField(
        label="Mã xác nhận gồm 6 chữ số",
        min_length=6,
        max_length=8,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )


class NewPhoneForm(forms.Form):
    """A number that takes the place of the old one once confirmed."""

    phone = PhoneField(label="Số điện thoại mới")


class RoleFieldsMixin(forms.Form):
    """Agency and role, only those that this officer may give."""

    agency = AgencyChoice(label="Cơ quan", queryset=Agency.objects.none())
    role = forms.ChoiceField(label="Vai trò")
    basis = forms.CharField(
        label="Căn cứ phân công", max_length=250, help_text="Quyết định, thông báo phân công: số, ngày."
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        agencies = agencies_managed_by(by)
        cast(forms.ModelChoiceField, self.fields["agency"]).queryset = agencies
        known = {
            role
            for kind in set(agencies.values_list("kind", flat=True))
            for role in _grantable(by, kind, agencies)
        }
        cast(forms.ChoiceField, self.fields["role"]).choices = [
            (role.value, role.label) for role in Role if role in known
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        agency, role = data.get("agency"), data.get("role")
        if agency and role and role not in roles_grantable(self.by, agency):
            self.add_error("role", "Bạn không phân công được vai trò này tại cơ quan đã chọn.")
        return data


def _grantable(by: User, kind: str, agencies: Any) -> list[str]:
    """Roles to offer for one kind of agency: those of the first agency of the kind."""
    return roles_grantable(by, agencies.filter(kind=kind).first())


class GrantForm(RoleFieldsMixin):
    """A role for somebody who has an account."""

    person = KnownPersonField(label="Người được phân công")
    valid_from = forms.DateField(label="Từ ngày", widget=DateInput())
    valid_to = forms.DateField(
        label="Đến hết ngày", required=False, widget=DateInput(), help_text="Bỏ trống nếu chưa định."
    )
    field_order = ["person", "agency", "role", "valid_from", "valid_to", "basis"]


class InviteForm(RoleFieldsMixin):
    """A role for somebody who has no account yet."""

    full_name = forms.CharField(label="Họ và tên", max_length=150)
    email = forms.EmailField(label="Thư điện tử công vụ", required=False)
    phone = PhoneField(label="Số điện thoại", required=False, autocomplete="off")
    field_order = ["full_name", "email", "phone", "agency", "role", "basis"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("email") and not data.get("phone") and not self.errors:
            self.add_error("email", "Cần thư điện tử hoặc số điện thoại để gửi lời mời.")
        return data


class AcceptForm(NewPasswordForm):
    """The invited officer chooses a password and says the phone."""

    phone = PhoneField(label="Số điện thoại", required=False)
    field_order = ["phone", "password1", "password2"]


class EndForm(forms.Form):
    """The last day of a role and why it ends."""

    on = forms.DateField(label="Ngày cuối cùng giữ vai trò", widget=DateInput())
    reason = forms.ChoiceField(
        label="Lý do", choices=[(r.value, r.label) for r in EndReason if r != EndReason.HANDED_OVER]
    )


class HandOverForm(forms.Form):
    """To whom, from when, on what basis."""

    to_user = KnownPersonField(label="Người nhận bàn giao")
    on = forms.DateField(label="Người mới giữ vai trò từ ngày", widget=DateInput())
    basis = forms.CharField(
        label="Căn cứ", max_length=250, help_text="Quyết định, biên bản bàn giao: số, ngày."
    )


class DelegateForm(forms.Form):
    """To whom, how long, on what basis."""

    to_user = KnownPersonField(label="Người được ủy quyền")
    valid_from = forms.DateField(label="Từ ngày", widget=DateInput())
    valid_to = forms.DateField(label="Đến hết ngày", widget=DateInput())
    basis = forms.CharField(
        label="Văn bản ủy quyền", max_length=250, help_text="Số, ngày của văn bản ủy quyền."
    )


class BasisForm(forms.Form):
    """How the officer knew the person."""

    basis = forms.CharField(
        label="Đã xác minh đúng người bằng cách nào",
        max_length=250,
        help_text="Ví dụ: đối chiếu căn cước tại trụ sở UBND xã.",
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Lý do", max_length=250)


class ProfileForm(forms.Form):
    """What a person may correct alone."""

    full_name = forms.CharField(
        label="Họ và tên", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    title = forms.CharField(label="Chức vụ", max_length=150, required=False)
    email = forms.EmailField(label="Thư điện tử", required=False, help_text="Để lấy lại mật khẩu khi quên.")


class EraseForm(forms.Form):
    """A ticked box before the data go."""

    sure = forms.BooleanField(label="Tôi hiểu rằng việc xóa không thể hoàn tác.")


class PeopleFilter(forms.Form):
    """The list of people: words, role, with or without role."""

    q = forms.CharField(
        label="Tìm",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Tên, chức vụ, tên đăng nhập"}),
    )
    vai_tro = forms.ChoiceField(label="Vai trò", required=False)
    nhom = forms.ChoiceField(
        label="Nhóm",
        required=False,
        choices=[
            ("", "Tất cả"),
            ("can-bo", "Cán bộ"),
            ("chu-the", "Người của chủ thể"),
            ("khoa", "Đang khóa"),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["vai_tro"]).choices = [("", "Mọi vai trò"), *Role.choices]

    def narrowed(self, rows: Any) -> Any:
        """The rows that the filter asks for."""
        data = self.cleaned_data
        today = clock.today()
        if data["vai_tro"]:
            held = Membership.objects.valid_on(today).filter(role=data["vai_tro"])
            rows = rows.filter(pk__in=held.values("user_id"))
        if data["nhom"] == "khoa":
            rows = rows.filter(is_active=False)
        elif data["nhom"]:
            officials = Membership.objects.valid_on(today).values("user_id")
            wanted = data["nhom"] == "can-bo"
            rows = rows.filter(pk__in=officials) if wanted else rows.exclude(pk__in=officials)
        return rows.found_by(data["q"])


class UploadForm(forms.Form):
    """A sheet of officers."""

    file = forms.FileField(label="Tệp Excel", widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods"}))
