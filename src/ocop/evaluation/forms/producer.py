"""What the producer's pages ask: one screen of form 01 or 02, the level of a criterion, the set, a reason."""

from typing import Any

from django import forms

from ocop.evaluation.enums import DossierKind
from ocop.evaluation.rules.forms import Question, Step, mark_of_values, step_mark
from ocop.kit.fields import MONEY_HELP, OLD_CODING, KeepTextMixin, WholeField
from ocop.kit.once import OnceMixin
from ocop.kit.text import looks_like_tcvn3
from ocop.rulebook.rules.view import CriterionView

LONGEST = 6000


def _field(question: Question) -> forms.Field:
    label = question.label if question.required else f"{question.label} (nếu có)"
    if question.kind in ("number", "money"):
        unit = f" ({question.unit})" if question.unit else ""
        highest = 100 if question.unit == "%" else None
        widget = forms.TextInput(
            attrs={"inputmode": "text" if question.kind == "money" else "numeric", "autocomplete": "off"}
        )
        help_text = question.help or (MONEY_HELP if question.kind == "money" else "")
        return WholeField(
            label=label + unit, help_text=help_text, required=False, widget=widget, highest=highest
        )
    if question.kind == "many":
        return forms.MultipleChoiceField(
            label=label, choices=question.choices, required=False, help_text=question.help,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
    if question.kind == "long":
        widget = forms.Textarea(attrs={"rows": 5})
        return forms.CharField(
            label=label, required=False, max_length=LONGEST, help_text=question.help, widget=widget
        )
    return forms.CharField(label=label, required=False, max_length=300, help_text=question.help)


class StepForm(OnceMixin, KeepTextMixin, forms.Form):
    """One screen. Nothing is required here: what is missing is said on the list before handing in, not in the way.

    Text in the old TCVN3 coding is warned about once; `keep_text` says that it is right as it stands.
    """

    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, step: Step, answers: dict[str, Any]) -> None:
        kept = {question.key: answers.get(question.key) for question in step.questions}
        super().__init__(data, initial={**kept, "seen": step_mark(step, answers)})
        self.step = step
        for question in step.questions:
            self.fields[question.key] = _field(question)

    def texts(self) -> list[str]:
        return [question.key for question in self.step.questions if question.kind in ("text", "long")]

    def answers(self) -> dict[str, Any]:
        """The answers of the screen as they are kept."""
        return {question.key: self.cleaned_data.get(question.key) for question in self.step.questions}

    def show_again(self, mark: str) -> None:
        """After a conflict: the same text typed, marked as seen against what is kept now."""
        data = self.data.copy()
        data["seen"] = mark
        self.data = data


class CriterionForm(OnceMixin, forms.Form):
    """The level of one criterion ("" = not marked, 0 = no level fits) and the remark."""

    place = forms.IntegerField(required=False, min_value=0)
    note = forms.CharField(label="Thuyết minh (nếu có)", required=False, max_length=2000,
                           widget=forms.Textarea(attrs={"rows": 3}),
                           help_text="Vì sao chọn mức này: số liệu, tên giấy tờ, năm.")  # fmt: skip
    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, view: CriterionView, note: str = "") -> None:
        self.view = view
        mark = mark_of_values([view.place, note])
        super().__init__(data, initial={"place": view.place, "note": note, "seen": mark})

    def clean_place(self) -> int | None:
        place = self.cleaned_data["place"]
        if place is not None and place not in {level.place for level in self.view.levels} | {0}:
            raise forms.ValidationError("Tiêu chí này không có mức đó.")
        return place

    def clean_note(self) -> str:
        note = self.cleaned_data["note"]
        if looks_like_tcvn3(note):
            raise forms.ValidationError(OLD_CODING)
        return note


class OpenForm(OnceMixin, forms.Form):
    """Open a dossier: the set; first time, re-evaluation or upgrade."""

    criteria_set = forms.IntegerField(
        error_messages={"required": "Hãy chọn bộ tiêu chí.", "invalid": "Hãy chọn bộ tiêu chí."}
    )
    kind = forms.ChoiceField(
        label="Loại hồ sơ", choices=DossierKind.choices, initial=DossierKind.FIRST, widget=forms.RadioSelect
    )


class EvidenceForm(forms.Form):
    """One press on a piece of evidence: its words, or a place up or down."""

    caption = forms.CharField(label="Tệp này cho thấy gì", max_length=300, required=False)
    viec = forms.ChoiceField(choices=(("ghi", "Lưu"), ("len", "Lên"), ("xuong", "Xuống")))


class CaseForm(OnceMixin, forms.Form):
    """The case of set 26."""

    case = forms.IntegerField(
        error_messages={"required": "Hãy chọn một trường hợp.", "invalid": "Hãy chọn một trường hợp."}
    )


class SubmitForm(OnceMixin, forms.Form):
    """Hand in, with the pledge of form 01."""

    commitment = forms.BooleanField(
        required=True, error_messages={"required": "Cần đánh dấu cam kết trước khi nộp."}
    )


class WithdrawForm(OnceMixin, forms.Form):
    """Take a dossier back."""

    reason = forms.CharField(
        label="Vì sao rút hồ sơ?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Hãy ghi lý do."},
    )  # fmt: skip
