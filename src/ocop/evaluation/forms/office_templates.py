"""Forms of the page where the office replaces a Word template."""

from django import forms

from ocop.evaluation.forms.decision import DayInput
from ocop.kit.once import OnceMixin


class TemplateForm(OnceMixin, forms.Form):
    """A Word file, from when it counts, on what ground, and whether it was held against the official form."""

    file = forms.FileField(
        label="Tệp Word (.docx)",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text="Tối đa 5 MB, không có macro. Tải mẫu đang dùng về, sửa trong Word rồi gửi lên.",
    )
    since = forms.DateField(label="Dùng từ ngày", widget=DayInput())
    basis = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Văn bản nào ban hành mẫu này, hoặc vì sao thay."
    )
    compared = forms.BooleanField(
        label="Đã đối chiếu với mẫu gốc (giấy tờ lập ra thôi ghi “chưa đối chiếu mẫu gốc”)", required=False
    )


class TrialForm(forms.Form):
    """Only the file, to try it."""

    file = forms.FileField()


class ReturnForm(OnceMixin, forms.Form):
    """Back to the shipped template."""

    since = forms.DateField(label="Từ ngày", widget=DayInput())
    basis = forms.CharField(label="Lý do", max_length=300)
