"""What the desk of verifications asks."""

from typing import Any

from django import forms

from ocop.kit.once import OnceMixin
from ocop.recognition.enums import RevocationGround

GROUNDS = [
    (value, f"Điểm {'đ' if value == 'dd' else value}. {label}") for value, label in RevocationGround.choices
]


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class VerifyForm(OnceMixin, forms.Form):
    """On which ground, what happened, the paper that says so."""

    ground = forms.ChoiceField(label="Căn cứ", choices=GROUNDS, widget=forms.RadioSelect)
    account = forms.CharField(
        label="Sự việc", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        error_messages={"required": "Hãy ghi sự việc."},
        help_text="Ai phản ánh, khi nào, ở đâu. Không ghi điện thoại, số định danh của cá nhân.",
    )  # fmt: skip
    file = forms.FileField(
        label="Tài liệu (nếu có)",
        required=False,
        help_text="PDF hoặc ảnh chụp: biên bản, kết luận, văn bản của xã.",
    )


class FindingsForm(VerifyForm):
    """The same, with the conclusion and its day."""

    conclusion = forms.CharField(
        label="Kết luận xác minh", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, required=False
    )
    concluded_on = forms.DateField(
        label="Ngày kết luận, hoặc ngày xã xác nhận ngừng sản xuất", widget=DayInput(), required=False
    )


class ReasonForm(OnceMixin, forms.Form):
    """One press of the flow."""

    verb = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Lý do", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )

    def __init__(self, *args: Any, needs_reason: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not needs_reason and not self.is_bound:
            del self.fields["reason"]


class DecisionForm(OnceMixin, forms.Form):
    """Number and day of the signed decision of revocation."""

    number = forms.CharField(label="Số quyết định", max_length=60, help_text="Ví dụ: 3763/QĐ-UBND")
    issued_on = forms.DateField(label="Ngày ban hành", widget=DayInput())
    signer = forms.CharField(label="Người ký", max_length=120, required=False)
