"""What the pages of producers ask."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.errors import Refusal
from ocop.kit.once import OnceMixin
from ocop.producers.actions.access import HELPER_CONSENT, HELPER_DAYS
from ocop.producers.actions.people import CONSENT
from ocop.producers.enums import AccessKind, Gender, LegalForm, SizeClass
from ocop.producers.models import Association, Representative
from ocop.producers.rules import tax_codes
from ocop.units.enums import UnitLevel
from ocop.units.fields import UnitField

FORMS_ASKED = [choice for choice in LegalForm.choices if choice[0] != LegalForm.UNKNOWN]
SIZES_ASKED = [
    ("", "Chưa rõ hoặc không phải doanh nghiệp"),
    *(choice for choice in SizeClass.choices if choice[0]),
]


def day_input() -> forms.DateInput:
    """A native date input."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NameForm(forms.Form):
    """Step: what the business is called."""

    name = forms.CharField(
        label="Tên cơ sở",
        max_length=250,
        help_text="Như trên giấy đăng ký; nếu là hộ, ghi tên biển hiệu hoặc thương hiệu.",
    )
    brand = forms.CharField(
        label="Tên thương hiệu (nếu có)", max_length=200, required=False, help_text="Tên này được công khai."
    )


class LegalForms(forms.Form):
    """Step: what the business is before the law."""

    form = forms.ChoiceField(label="Loại hình", choices=FORMS_ASKED, widget=forms.RadioSelect)
    size = forms.ChoiceField(
        label="Quy mô (nếu là doanh nghiệp)",
        choices=SIZES_ASKED,
        required=False,
        help_text="Theo số lao động đóng bảo hiểm và doanh thu năm (Nghị định 80/2021/NĐ-CP, Điều 5).",
    )

    def clean(self) -> dict[str, Any]:
        """A size belongs to enterprises only."""
        data = super().clean() or {}
        if data.get("size") and data.get("form") != LegalForm.ENTERPRISE:
            self.add_error("size", "Quy mô chỉ ghi cho doanh nghiệp.")
        return data


class PlaceForm(forms.Form):
    """Step: where it stands."""

    unit = UnitField(
        label="Xã, phường", levels=[UnitLevel.COMMUNE], help_text="Gõ tên cũ hay mới đều tìm được."
    )
    address = forms.CharField(label="Địa chỉ (thôn, xóm, đường)", max_length=250, required=False)


class PaperForm(forms.Form):
    """Step: registration paper and tax code; may be left for later."""

    tax_code = forms.CharField(
        label="Mã số thuế",
        max_length=20,
        required=False,
        help_text="10 hoặc 13 số; hộ, cá nhân ghi 12 số định danh. Số 12 chữ số là dữ liệu cá nhân và được giữ kín.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    registration_number = forms.CharField(label="Số giấy đăng ký kinh doanh", max_length=60, required=False)
    registration_issuer = forms.CharField(label="Nơi cấp", max_length=200, required=False)
    registered_on = forms.DateField(label="Ngày cấp", required=False, widget=day_input())

    def clean_tax_code(self) -> str:
        """Digits of a number that can be a tax code."""
        typed = self.cleaned_data["tax_code"]
        verdict = tax_codes.check(typed) if typed.strip() else None
        if isinstance(verdict, Refusal):
            raise forms.ValidationError(verdict.reason)
        return tax_codes.clean(typed)


STEPS: tuple[tuple[str, str, type[forms.Form]], ...] = (
    ("ten", "Cơ sở của bạn tên là gì?", NameForm),
    ("loai-hinh", "Cơ sở thuộc loại hình nào?", LegalForms),
    ("noi", "Cơ sở ở đâu?", PlaceForm),
    ("giay-to", "Giấy đăng ký và mã số thuế", PaperForm),
)


class CounterForm(OnceMixin, PaperForm, PlaceForm, LegalForms, NameForm):
    """The commune registers a producer for a person, on one page."""

    full_name = forms.CharField(label="Họ và tên chủ cơ sở", max_length=150)
    phone = forms.CharField(
        label="Số điện thoại của chủ cơ sở",
        max_length=20,
        help_text="Chủ cơ sở đăng nhập bằng số này.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    consented = forms.BooleanField(
        label="Chủ cơ sở có mặt và đồng ý cho dùng họ tên, số điện thoại để mở tài khoản và nhận tin về hồ sơ OCOP"
    )
    field_order = [
        "name", "brand", "form", "size", "unit", "address", "tax_code", "registration_number", "registration_issuer",
        "registered_on", "full_name", "phone", "consented",
    ]  # fmt: skip

    PERSON = ("full_name", "phone", "consented")

    def details(self) -> dict[str, Any]:
        """What the action takes, without the person."""
        known = {
            *NameForm.base_fields,
            *LegalForms.base_fields,
            *PlaceForm.base_fields,
            *PaperForm.base_fields,
        }
        return {name: value for name, value in self.cleaned_data.items() if name in known}


class ClaimSearchForm(forms.Form):
    """Find the own business in the register."""

    q = forms.CharField(label="Tên hoặc mã cơ sở", max_length=120, required=False)


class ClaimForm(OnceMixin, forms.Form):
    """Why it is one's own; where the register knows only the district, the commune."""

    statement = forms.CharField(
        label="Vì sao đây là cơ sở của bạn?",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ví dụ: tôi là giám đốc hợp tác xã từ năm 2021. Không cần ghi số căn cước.",
    )
    unit = UnitField(label="Xã, phường hiện nay của cơ sở", levels=[UnitLevel.COMMUNE])

    def __init__(self, *args: Any, needs_unit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_unit:
            self.fields.pop("unit")


class RepresentativeForm(OnceMixin, forms.ModelForm):
    """The representative's personal data; a new one needs the consent."""

    gender = forms.ChoiceField(label="Giới tính", choices=Gender.choices, required=False)
    agreed = forms.BooleanField(label=CONSENT)

    class Meta:
        model = Representative
        fields = ["full_name", "position", "gender", "ethnicity", "phone", "email", "personal_id"]
        widgets = {
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "personal_id": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("agreed")

    def details(self) -> dict[str, Any]:
        """The personal columns."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ReasonForm(OnceMixin, forms.Form):
    """A reason, for erasing."""

    reason = forms.CharField(label="Lý do", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class HelperForm(OnceMixin, forms.Form):
    """The owner lets somebody help until a day."""

    person = forms.CharField(
        label="Số điện thoại hoặc tên đăng nhập của người giúp",
        max_length=80,
        help_text="Người giúp phải có tài khoản, ví dụ cán bộ xã hoặc con cháu trong nhà.",
    )
    until = forms.DateField(label="Được giúp đến hết ngày", widget=day_input())
    agreed = forms.BooleanField(label=HELPER_CONSENT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = clock.today() + timedelta(days=HELPER_DAYS)

    def clean_person(self) -> User:
        """The account of that phone or name."""
        user = User.objects.known_as(self.cleaned_data["person"])
        if user is None or not user.is_active:
            raise forms.ValidationError("Không tìm thấy tài khoản nào với số điện thoại hoặc tên này.")
        return user


class PersonForm(OnceMixin, forms.Form):
    """Let a colleague or another owner in."""

    person = forms.CharField(label="Số điện thoại hoặc tên đăng nhập", max_length=80)
    kind = forms.ChoiceField(
        label="Tư cách", choices=[(kind.value, kind.label) for kind in (AccessKind.STAFF, AccessKind.OWNER)]
    )

    clean_person = HelperForm.clean_person


class ChangeForm(OnceMixin, LegalForms):
    """A new legal form or size from a day on."""

    since = forms.DateField(label="Từ ngày", widget=day_input())
    basis = forms.CharField(label="Căn cứ", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = clock.today()


class MoveForm(OnceMixin, PlaceForm):
    """A new main address from a day on."""

    since = forms.DateField(label="Từ ngày", widget=day_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = clock.today()

    def clean_since(self) -> date:
        """Not in the future."""
        day = self.cleaned_data["since"]
        if day > clock.today():
            raise forms.ValidationError("Ngày thay đổi không được ở tương lai.")
        return day


class RestructureForm(OnceMixin, forms.Form):
    """How an association is restructured: who takes over, from which day, on what basis."""

    into = forms.ModelMultipleChoiceField(
        label="Hội kế tục",
        queryset=Association.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Mỗi hội viên chuyển về hội có địa bàn gồm nơi của chủ thể. Không chọn hội nào thì hội giải thể.",
    )
    on = forms.DateField(label="Từ ngày", widget=day_input())
    basis = forms.CharField(
        label="Căn cứ", max_length=200, help_text="Số, ngày và cơ quan ra quyết định tổ chức lại."
    )

    def __init__(self, *args: Any, association: Association, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Association.objects.valid_on(clock.today()).filter(unit__valid_to__isnull=True)
        field = cast(forms.ModelMultipleChoiceField, self.fields["into"])
        field.queryset = rows.visible_to(user).exclude(pk=association.pk).select_related("unit")
