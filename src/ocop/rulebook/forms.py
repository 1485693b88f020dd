"""Forms of the settings and of the calendar."""

from decimal import Decimal
from typing import Any

from django import forms

from ocop.kit import clock
from ocop.kit.once import OnceMixin
from ocop.rulebook.rules.settings import KnownSetting


def day_input() -> forms.DateInput:
    """A native date input."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def value_field(known: KnownSetting) -> forms.Field:
    """The field that fits the kind of a setting, with its bounds."""
    if known.kind == "boolean":
        return forms.TypedChoiceField(
            choices=[("1", "Có"), ("0", "Không")], coerce=lambda text: text == "1", widget=forms.RadioSelect
        )
    if known.kind == "choice":
        return forms.ChoiceField(choices=known.choices, widget=forms.RadioSelect)
    bounds: dict[str, Any] = {"min_value": known.at_least, "max_value": known.at_most}
    if known.kind == "integer":
        return forms.IntegerField(**bounds)
    return forms.DecimalField(max_digits=6, decimal_places=2, localize=False, **bounds)


class SettingForm(OnceMixin, forms.Form):
    """A new value of one setting from a day on, and what it stands on."""

    since = forms.DateField(label="Áp dụng từ ngày", widget=day_input())
    source = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Quy chế, quyết định, biên bản: số, ngày, điều khoản."
    )
    confirmed = forms.BooleanField(
        label="Đã có văn bản chính thức (bỏ trống nếu mới là cách hiểu hoặc tạm dùng)", required=False
    )

    def __init__(self, *args: Any, known: KnownSetting, value: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = value_field(known)
        self.fields["value"].label = known.label
        if isinstance(value, bool):
            value = "1" if value else "0"
        self.fields["value"].initial = value
        self.fields["since"].initial = clock.today()
        self.order_fields(["value", "since", "source", "confirmed"])

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        value = data["value"]
        return {
            "value": str(value) if isinstance(value, Decimal) else value,
            "since": data["since"],
            "source": data["source"],
            "confirmed": data["confirmed"],
        }


class DayForm(OnceMixin, forms.Form):
    """One day that differs from the ordinary calendar."""

    day = forms.DateField(label="Ngày", widget=day_input())
    is_working = forms.TypedChoiceField(
        label="Ngày này", choices=[("0", "Nghỉ"), ("1", "Làm việc (làm bù)")], coerce=lambda text: text == "1"
    )
    name = forms.CharField(label="Tên", max_length=120, help_text="Ví dụ: Nghỉ bù Quốc khánh.")
    source = forms.CharField(label="Căn cứ", max_length=200, help_text="Thông báo, quyết định: số, ngày.")

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("day", "is_working", "name", "source")}


class YearForm(forms.Form):
    """The year of the calendar."""

    nam = forms.IntegerField(label="Năm", min_value=2000, max_value=2100, required=False)
