"""What the desks of verifications and of reissues ask."""

from typing import Any

from django import forms

from ocop.kit.once import OnceMixin
from ocop.recognition.enums import MisuseState, ReissueGround, RevocationGround
from ocop.units.fields import UnitField

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


class RemovalForm(OnceMixin, forms.Form):
    """Why a paper or a root goes."""

    reason = forms.CharField(
        label="Lý do", max_length=300, error_messages={"required": "Cần ghi lý do."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class RootForm(OnceMixin, forms.Form):
    """The certificate of an authority, and where it was got."""

    file = forms.FileField(
        label="Tệp chứng thư gốc",
        help_text="Tệp .cer, .crt, .pem hoặc .der của cơ quan chứng thực, một chứng thư mỗi tệp.",
        error_messages={"required": "Hãy chọn tệp.", "empty": "Tệp rỗng."},
        widget=forms.FileInput(attrs={"accept": ".cer,.crt,.pem,.der"}),
    )  # fmt: skip
    source = forms.CharField(
        label="Nguồn", max_length=300, error_messages={"required": "Cần ghi nguồn: tải ở đâu, văn bản nào công bố."},
        help_text="Ví dụ: trang của Cục Chứng thực số và Bảo mật thông tin, tải ngày nào.",
    )  # fmt: skip


class ManyFiles(forms.FileField):
    """Several files at once; cleans to the list of them."""

    class Input(forms.FileInput):
        allow_multiple_selected = True

    def __init__(self, **more: Any) -> None:
        super().__init__(
            widget=self.Input(attrs={"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png,.zip"}), **more
        )

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(ManyFiles, self).clean(one, initial) for one in data or [None]]


class CopiesForm(OnceMixin, forms.Form):
    """Scans of many certificates."""

    files = ManyFiles(
        label="Các tệp chụp, quét",
        help_text="PDF hoặc ảnh, hay một tệp .zip chứa chúng; tối đa 100 tệp mỗi lần. Đặt tên tệp theo số giấy chứng "
        "nhận (ví dụ 012-2024.pdf) hoặc mã tra cứu.",
        error_messages={"required": "Hãy chọn tệp.", "empty": "Có tệp rỗng."},
    )


class DecisionForm(OnceMixin, forms.Form):
    """Number and day of the signed decision of revocation."""

    number = forms.CharField(label="Số quyết định", max_length=60, help_text="Ví dụ: 3763/QĐ-UBND")
    issued_on = forms.DateField(label="Ngày ban hành", widget=DayInput())
    signer = forms.CharField(label="Người ký", max_length=120, required=False)


class ReissueForm(OnceMixin, forms.Form):
    """Why a new copy is asked for, and what is to stand on it."""

    ground = forms.ChoiceField(
        label="Lý do cấp lại", choices=ReissueGround.choices, widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn lý do cấp lại."},
    )  # fmt: skip
    new_producer_name = forms.CharField(
        label="Tên chủ thể ghi trên giấy mới", max_length=300, required=False,
        help_text="Khi chủ thể đổi tên hoặc giấy ghi sai tên. Hộ gia đình: ghi tên cơ sở, không ghi tên người.",
    )  # fmt: skip
    new_unit = UnitField(
        label="Xã, phường ghi trên giấy mới", required=False,
        help_text="Khi địa chỉ đổi do sắp xếp đơn vị hành chính.",
    )  # fmt: skip
    new_product_name = forms.CharField(
        label="Tên sản phẩm ghi trên giấy mới", max_length=300, required=False,
        help_text="Chỉ khi sửa sai sót.",
    )  # fmt: skip
    account = forms.CharField(
        label="Trình bày (nếu cần)", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )
    file = forms.FileField(
        label="Giấy tờ chứng minh", required=False,
        help_text="Cần có khi đổi tên, sửa sai sót: giấy đăng ký kinh doanh mới, văn bản của xã. PDF hoặc ảnh chụp.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A paper whose content changes says what will stand on it."""
        data = super().clean() or self.cleaned_data
        ground = data.get("ground")
        if ground == ReissueGround.RENAMED and not data.get("new_producer_name"):
            self.add_error("new_producer_name", "Hãy ghi tên chủ thể mới.")
        if ground == ReissueGround.MERGED and not data.get("new_unit") and "new_unit" not in self.errors:
            self.add_error("new_unit", "Hãy ghi xã, phường mới.")
        return data


class CopyForm(OnceMixin, forms.Form):
    """The signed new copy: its day, who signed, the document behind it where there is one."""

    issued_on = forms.DateField(label="Ngày cấp lại", widget=DayInput())
    signer = forms.CharField(label="Người ký", max_length=120, required=False)
    number = forms.CharField(
        label="Số quyết định, văn bản (nếu có)",
        max_length=60,
        required=False,
        help_text="Ví dụ: 3763/QĐ-UBND",
    )


class AnswerForm(OnceMixin, forms.Form):
    """Why a report opens no verification."""

    state = forms.ChoiceField(
        label="Trả lời",
        choices=[(one.value, one.label) for one in (MisuseState.DISMISSED, MisuseState.REFERRED)],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        help_text="Người phản ánh đọc được. Không ghi tên, số điện thoại của cá nhân.",
    )  # fmt: skip
