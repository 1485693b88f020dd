"""Forms of the decision's desk."""

from typing import Any

from django import forms

from ocop.evaluation.models import DecisionDraft, Dossier
from ocop.evaluation.queries.outcome import stars_to_award
from ocop.kit.once import OnceMixin


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DraftForm(OnceMixin, forms.Form):
    """Which dossiers go into one draft decision."""

    title = forms.CharField(
        label="Trích yếu",
        max_length=300,
        initial="Về việc công nhận kết quả đánh giá, phân hạng sản phẩm OCOP",
    )
    dossiers = forms.ModelMultipleChoiceField(
        label="Hồ sơ đưa vào phụ lục", queryset=Dossier.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dossiers"].queryset = waiting
        self.fields["dossiers"].label_from_instance = lambda row: (
            f"{row.product.name}, {stars_to_award(row)} sao – {row.producer.public_name} ({row.code})"
        )


class IssueForm(OnceMixin, forms.Form):
    """Number and date of the signed decision, and a certificate number for each product."""

    number = forms.CharField(label="Số quyết định", max_length=60, help_text="Ví dụ: 2394/QĐ-UBND")
    issued_on = forms.DateField(label="Ngày ban hành", widget=DayInput())
    signer = forms.CharField(label="Người ký", max_length=120, required=False)

    def __init__(self, *args: Any, draft: DecisionDraft, numbers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = draft.lines.filter(dropped_at__isnull=True).select_related("dossier__product")
        for line, number in zip(lines, numbers, strict=False):
            self.fields[f"so_{line.pk}"] = forms.CharField(
                label=f"Số giấy chứng nhận – {line.dossier.product.name} ({line.stars} sao)",
                max_length=60,
                initial=number,
            )

    def certificate_numbers(self) -> dict[int, str]:
        """Line id -> number."""
        return {
            int(name.removeprefix("so_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("so_")
        }


class SendForm(OnceMixin, forms.Form):
    """The letter with which the province sends a dossier to the centre."""

    document = forms.CharField(label="Số, ngày công văn gửi trung ương", max_length=200)


class ForwardForm(OnceMixin, forms.Form):
    """The letter with which a district sends a dossier to the province (Decision 148/QĐ-TTg)."""

    document = forms.CharField(
        label="Số, ngày công văn trình cấp tỉnh",
        max_length=200,
        help_text="Ví dụ: 45/TTr-UBND ngày 12/6/2024",
    )


class CentreForm(OnceMixin, forms.Form):
    """What the centre answered."""

    points = forms.DecimalField(label="Điểm trung ương", min_value=0, max_value=100, decimal_places=2)
    document = forms.CharField(label="Số, ngày văn bản của trung ương", max_length=200)
    received_on = forms.DateField(label="Ngày nhận", widget=DayInput())
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    decision_number = forms.CharField(
        label="Số quyết định công nhận của Bộ trưởng", max_length=60, required=False,
        help_text="Chỉ cần khi từ 90 điểm trở lên.",
    )  # fmt: skip
    decision_on = forms.DateField(label="Ngày quyết định", widget=DayInput(), required=False)
    certificate_number = forms.CharField(label="Số giấy chứng nhận 5 sao", max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("points") or 0) >= 90:
            for name in ("decision_number", "decision_on", "certificate_number"):
                if not data.get(name):
                    self.add_error(name, "Từ 90 điểm trở lên cần nhập mục này.")
        return data
