"""What visitors ask the open site."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop.accounts.rules import phones
from ocop.kit import clock
from ocop.kit.once import OnceMixin
from ocop.kit.templatetags.ui_marks import GROUPS
from ocop.public.queries import STANDING, unit_ids
from ocop.recognition.enums import MisuseKind, State
from ocop.rulebook.queries import book_in_force
from ocop.rulebook.rules.sheet import Sheet
from ocop.units.models import Unit
from ocop.units.queries import Found, find_units
from ocop.units.rules.names import take_apart

STATES = (
    State.VALID,
    State.EXPIRING,
    State.EXTENDED,
    State.EXPIRED,
    State.REVOKED,
    State.UNKNOWN,
    State.NOT_YET,
)


def state_choices() -> list[tuple[str, Any]]:
    """What the register can be narrowed to, "in validity" first."""
    labels = [(state.value, gettext(state.label)) for state in STATES]
    return [("", gettext("Tất cả")), (STANDING, gettext("Đang còn hiệu lực")), *labels]


class RegisterFilter(forms.Form):
    """The filters of the register. A wrong value narrows nothing."""

    q = forms.CharField(required=False, max_length=100, label=_("Tìm"))
    hieu_luc = forms.ChoiceField(required=False, label=_("Hiệu lực"), choices=state_choices)
    sao = forms.ChoiceField(required=False, label=_("Hạng sao"))
    nhom = forms.ChoiceField(required=False, label=_("Nhóm"))
    bo = forms.ChoiceField(required=False, label=_("Bộ sản phẩm"))
    dia_ban = forms.CharField(
        required=False,
        max_length=100,
        label=_("Xã, phường, huyện (cũ hoặc mới)"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        everything = ("", gettext("Tất cả"))
        words = [(str(star), gettext("%(n)s sao") % {"n": star}) for star in (5, 4, 3)]
        self.fields["sao"].choices = [everything, *words]
        self.fields["nhom"].choices = [everything, *((code, gettext(GROUP_NAMES[code])) for code in GROUPS)]
        self.fields["bo"].choices = [everything, *self._sets()]
        self.unit: Unit | None = None
        self.found: list[Found] = []

    def _sets(self) -> list[tuple[str, str]]:
        """The sets of the book in force; of the chosen group only, when one is chosen."""
        book = book_in_force(clock.today())
        if book is None:
            return []
        rows = book.sets.order_by("number")
        if self.data.get("nhom") in GROUPS:
            rows = rows.filter(group__code=self.data["nhom"])
        return [(str(number), f"{number}. {name}") for number, name in rows.values_list("number", "name")]

    def asked(self, day: date) -> dict[str, Any]:
        """The filters that stand, with the unit found for what was typed."""
        self.is_valid()
        asked = dict(self.cleaned_data)
        typed = asked.get("dia_ban", "").strip()
        if typed:
            self.found = find_units(typed, day, limit=6)
            if self.found:
                self.unit = self.found[0].unit
                asked["unit_ids"] = unit_ids(self.unit, day)
            else:
                asked["unit_ids"] = set()
        return asked

    @property
    def others(self) -> list[Found]:
        """Other units that what was typed may mean, offered beside the one taken."""
        return [] if not self.found or take_apart(self.data.get("dia_ban", "")).code else self.found[1:]

    def is_filtered(self) -> bool:
        """True when anything is asked."""
        return any(self.cleaned_data.values())

    def words(self) -> str:
        """The filter in words."""
        data = self.cleaned_data
        parts = [f"“{data['q']}”"] if data.get("q") else []
        chosen = [name for name in ("hieu_luc", "sao", "nhom", "bo") if data.get(name)]
        parts += [str(dict(self.fields[name].choices)[data[name]]) for name in chosen]
        if self.found:
            parts.append(self.found[0].name + (f" ({self.found[0].hint})" if self.found[0].hint else ""))
        return " · ".join(parts)


GROUP_NAMES = {
    "I": "Thực phẩm",
    "II": "Đồ uống",
    "III": "Dược liệu và sản phẩm từ dược liệu",
    "IV": "Hàng thủ công mỹ nghệ",
    "V": "Sinh vật cảnh",
    "VI": "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch",
}


class CheckForm(forms.Form):
    """What stands on a label: a code, a certificate's number, a name."""

    ma = forms.CharField(max_length=100, label=_("Mã tra cứu, số giấy chứng nhận hoặc tên sản phẩm"))


PHOTO_MB = 10
PHOTO_ENDINGS = ("jpg", "jpeg", "png", "heic", "heif")
CONSENT = _(
    "Tôi đồng ý cho cơ quan quản lý OCOP lưu số điện thoại này để hỏi thêm về phản ánh, không dùng việc khác."
)


def misuse_choices() -> list[tuple[str, Any]]:
    """What may have been seen, in the language of the page."""
    return [(one.value, gettext(one.label)) for one in MisuseKind]


class ReportForm(OnceMixin, forms.Form):
    """What somebody saw of a star wrongly used. Only what and where must be said; nobody's name is asked for.

    `website` is a trap: a person does not see it and leaves it empty, a program fills it in.
    """

    kind = forms.ChoiceField(label=_("Bạn thấy gì?"), choices=misuse_choices, widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Thấy ở đâu?"), max_length=300,
        help_text=_("Tên cửa hàng, chợ, địa chỉ hoặc đường dẫn trang bán hàng."),
    )  # fmt: skip
    seen_on = forms.DateField(
        label=_("Ngày nào? (nếu nhớ)"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Kể thêm (nếu cần)"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Không cần ghi tên ai."),
    )  # fmt: skip
    photo = forms.FileField(
        label=_("Ảnh nhãn, sản phẩm (nếu có)"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/heic,.heic,.heif"}),
        help_text=_("Ảnh JPEG, PNG hoặc HEIC, không quá 10 MB. Vị trí chụp được xóa khỏi ảnh."),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Số điện thoại (không bắt buộc)"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    consent = forms.BooleanField(label=CONSENT, required=False)
    website = forms.CharField(
        label=_("Để trống ô này"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self.fields.values():
            field.error_messages["required"] = gettext("Hãy điền ô này.")
        self.fields["kind"].error_messages["required"] = gettext("Hãy chọn điều bạn thấy.")

    def clean_seen_on(self) -> date | None:
        """Nobody saw it tomorrow."""
        day: date | None = self.cleaned_data["seen_on"]
        if day and day > clock.today():
            raise forms.ValidationError(gettext("Ngày này ở tương lai."))
        return day

    def clean_photo(self) -> UploadedFile | None:
        """A photograph by its name and weight; what is inside is looked at when it is kept."""
        sent: UploadedFile | None = self.cleaned_data["photo"]
        if sent is None:
            return None
        ending = (sent.name or "").rpartition(".")[2].lower()
        if ending not in PHOTO_ENDINGS or (sent.size or 0) > PHOTO_MB * 1024 * 1024:
            raise forms.ValidationError(gettext("Chỉ nhận ảnh JPEG, PNG hoặc HEIC không quá 10 MB."))
        return sent

    def clean_phone(self) -> str:
        """In one form, or nothing."""
        typed = self.cleaned_data["phone"].strip()
        number = phones.normalise(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(gettext("Số điện thoại chưa đúng. Ví dụ: 0912 345 678."))
        return number

    def clean(self) -> dict[str, Any]:
        """A number is kept only with consent; a program that fills in every field is sent back."""
        data = super().clean() or self.cleaned_data
        if data.get("phone") and not data.get("consent"):
            self.add_error("consent", gettext("Cần đồng ý, hoặc để trống số điện thoại."))
        if data.get("website"):
            self.add_error(
                None, gettext("Ô ẩn phải để trống. Hãy xóa nội dung trình duyệt tự điền rồi gửi lại.")
            )
        return data

    @property
    def asked(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("kind", "place", "seen_on", "text", "photo", "phone")
        consent = str(CONSENT) if self.cleaned_data["consent"] else ""
        return {**{name: self.cleaned_data[name] for name in names}, "consent_text": consent}


class FollowForm(forms.Form):
    """The code under which a report is followed."""

    ma = forms.CharField(max_length=60, label=_("Mã phản ánh"))


def read_answers(sheet: Sheet, sent: Mapping[str, Any]) -> tuple[dict[str, int | None], int | None]:
    """The answers and the case of a sent sheet; what the sheet does not have is left out."""
    cases = {str(one.number): one.number for one in sheet.cases}
    case = cases.get(str(sent.get("case", "")), next(iter(cases.values()), None))
    answers: dict[str, int | None] = {}
    for code, criterion in sheet.by_code.items():
        text = str(sent.get(f"c.{code}", ""))
        places = len(criterion.levels_of(case if criterion.has_cases else None))
        if text.isascii() and text.isdecimal() and len(text) < 4 and int(text) <= places:
            answers[code] = int(text)
    return answers, case
