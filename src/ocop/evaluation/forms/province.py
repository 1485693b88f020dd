"""What the province's pages ask: samples, experts, the expert team's report."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from ocop.accounts.models import User
from ocop.evaluation.forms.commune import LONG, day_input, long_text
from ocop.kit.once import OnceMixin


class SampleForm(OnceMixin, forms.Form):
    """Samples that came in."""

    on = forms.DateField(label="Ngày nhận", widget=day_input())
    units = forms.IntegerField(label="Số đơn vị mẫu", min_value=1, max_value=1000)
    condition = forms.CharField(label="Tình trạng mẫu", required=False, max_length=300)


class SampleReturnForm(OnceMixin, forms.Form):
    """Samples that were given back."""

    on = forms.DateField(label="Ngày trả", widget=day_input())
    units = forms.IntegerField(label="Số đơn vị trả", min_value=1, max_value=1000)


class ExpertsForm(OnceMixin, forms.Form):
    """Who of the expert team gets the dossier, and who leads."""

    experts = forms.MultipleChoiceField(
        label="Thành viên được phân công", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một thành viên Tổ tư vấn."},
    )  # fmt: skip
    lead = forms.ChoiceField(
        label="Chủ trì", error_messages={"required": "Chọn một người chủ trì trong số được phân công."}
    )

    def __init__(self, team: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(person.pk), person.full_name or person.username) for person in team]
        self.fields["experts"].choices = choices
        self.fields["lead"].choices = [("", "Chọn người chủ trì"), *choices]
        self.people = {str(person.pk): person for person in team}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("lead") and data.get("experts") and data["lead"] not in data["experts"]:
            self.add_error("lead", "Người chủ trì phải nằm trong danh sách được phân công.")
        return data

    def chosen(self) -> dict[str, Any]:
        """The people chosen, as the action takes them."""
        picked = [self.people[key] for key in self.cleaned_data["experts"]]
        return {"experts": picked, "lead": self.people[self.cleaned_data["lead"]]}


class ExpertReportForm(OnceMixin, forms.Form):
    """The expert team's report: a note per criterion, the visit, extra tests, findings, recommendation."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    findings = long_text("Nhận xét chung về hồ sơ", rows=5)
    visited_on = forms.DateField(label="Ngày kiểm tra thực tế", required=False, widget=day_input())
    visit_notes = long_text("Kết quả kiểm tra thực tế", rows=3)
    tests = long_text("Kiểm nghiệm bổ sung", rows=3, help_text="Phiếu số mấy, chỉ tiêu nào, kết quả ra sao.")
    recommendation = long_text("Kiến nghị với Chủ tịch Hội đồng", rows=3)

    def __init__(
        self, criteria: Sequence[tuple[str, str]], notes: Mapping[str, str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code, _ in criteria]
        for code, name in criteria:
            self.fields[self.field_of(code)] = forms.CharField(
                label=f"Lưu ý tiêu chí {code}", required=False, max_length=LONG, initial=notes.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 2, "aria-label": f"Lưu ý tiêu chí {code} {name}"}),
            )  # fmt: skip

    @staticmethod
    def field_of(code: str) -> str:
        """The field's name of a criterion."""
        return f"note_{code.replace('.', '_')}"

    def note_of(self, code: str) -> forms.BoundField:
        """The field of a criterion's note."""
        return self[self.field_of(code)]

    def values(self) -> dict[str, Any]:
        """The report's columns; criteria without a note are left out."""
        data = self.cleaned_data
        plain = ("findings", "visited_on", "visit_notes", "tests", "recommendation")
        notes = {code: data[self.field_of(code)].strip() for code in self.codes}
        return {
            **{name: data[name] for name in plain},
            "criterion_notes": {code: note for code, note in notes.items() if note},
        }
