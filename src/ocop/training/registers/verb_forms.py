"""What presses ask for more than a reason."""

from typing import Any

from django import forms

from ocop.training.models import Course


def day_input() -> forms.DateInput:
    """A native date field."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ApproveForm(forms.Form):
    """The paper that approves a plan."""

    number = forms.CharField(label="Số văn bản", max_length=60)
    decided_on = forms.DateField(label="Ngày văn bản", widget=day_input())


class CloseForm(forms.Form):
    """Results of an activity as numbers."""

    cost = forms.IntegerField(
        label="Kinh phí đã dùng (đồng)", min_value=0, help_text="Số nguyên đồng, không có thì ghi 0."
    )
    unlisted = forms.IntegerField(
        label="Người dự không ghi tên",
        min_value=0,
        required=False,
        help_text="Người ngồi hội trường không có trong danh sách.",
    )
    agreements = forms.IntegerField(label="Số thỏa thuận đã ký", min_value=0, required=False)
    agreements_value = forms.IntegerField(label="Giá trị các thỏa thuận (đồng)", min_value=0, required=False)
    ideas_onward = forms.IntegerField(label="Số ý tưởng đưa vào chu trình OCOP", min_value=0, required=False)
    result = forms.CharField(
        label="Kết quả, kiến nghị", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ideas_onward"].initial = (
            course.entries.filter(went_on=True).count() if course.is_judged else None
        )
        if not course.is_judged:
            del self.fields["ideas_onward"]
        if course.kind != "matching":
            del self.fields["agreements"], self.fields["agreements_value"]

    def clean_unlisted(self) -> int:
        """Nothing typed means nobody."""
        return self.cleaned_data["unlisted"] or 0
