"""What the list of instruments is asked."""

from django import forms

from ocop.law.enums import InstrumentKind


class InstrumentFilter(forms.Form):
    """A text, a kind, a day of force."""

    q = forms.CharField(label="Số hoặc trích yếu", required=False, max_length=120)
    loai = forms.ChoiceField(
        label="Loại", required=False, choices=lambda: [("", "Tất cả"), *InstrumentKind.choices]
    )
    ngay = forms.DateField(
        label="Còn hiệu lực ngày",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
