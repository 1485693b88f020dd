"""The filter of the board."""

from django import forms

from ocop.cycle.enums import CycleStep
from ocop.units.fields import UnitField


class BoardForm(forms.Form):
    """What the board is narrowed to."""

    q = forms.CharField(label="Tìm", required=False, widget=forms.SearchInput(attrs={"autocomplete": "off"}))
    unit = UnitField(label="Địa bàn", required=False)
    buoc = forms.ChoiceField(
        label="Bước", required=False,
        choices=[("", "Tất cả"), *((step.value, f"{step.value}. {step.label}") for step in CycleStep)],
    )  # fmt: skip
    loai = forms.ChoiceField(
        label="Loại", required=False, choices=[("", "Tất cả"), ("idea", "Ý tưởng"), ("product", "Sản phẩm")]
    )
    vuong = forms.BooleanField(label="Chỉ mục đang vướng", required=False)
    xem = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def words(self) -> str:
        """The filter in words."""
        typed = self.cleaned_data if hasattr(self, "cleaned_data") else {}
        parts = [
            f"Tìm: “{typed['q']}”" if typed.get("q") else "",
            f"Địa bàn: {typed['unit'].title}" if typed.get("unit") else "",
            f"Bước: {CycleStep(int(typed['buoc'])).label}" if typed.get("buoc") else "",
            f"Loại: {dict(self.fields['loai'].choices)[typed['loai']]}" if typed.get("loai") else "",
            "chỉ mục đang vướng" if typed.get("vuong") else "",
        ]
        return "; ".join(part for part in parts if part)
