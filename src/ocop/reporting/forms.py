"""The day and the unit of a board; the words of a freeze."""

from datetime import date
from typing import Any

from django import forms

from ocop.kit import clock
from ocop.kit.once import OnceMixin
from ocop.units.fields import UnitField


def _day_field(label: str, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class BoardForm(forms.Form):
    """What a board is asked for; empty answers mean today, the own unit, the running period."""

    don_vi = UnitField(label="Địa bàn", required=False)
    ngay = _day_field("Tính đến hết ngày", required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["don_vi"].day = day

    def clean_ngay(self) -> date:
        """Today for an empty day; figures of days to come do not exist."""
        day = self.cleaned_data["ngay"] or clock.today()
        if day > clock.today():
            raise forms.ValidationError("Ngày này chưa tới.")
        return day


class FreezeForm(OnceMixin, forms.Form):
    """The period to freeze, and why."""

    title = forms.CharField(label="Tên kỳ", max_length=120, help_text="Ví dụ: Năm 2025; Quý III/2026.")
    first = _day_field("Từ ngày")
    last = _day_field("Đến hết ngày")
    note = forms.CharField(label="Lý do, văn bản", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """The period does not end before it begins."""
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", "Ngày cuối phải từ ngày đầu trở đi.")
        return data
