"""What the commune's pages ask: checklist, day of receipt, reason of a return, form 03, the letter."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from ocop.evaluation.enums import Assessment, CheckVerdict
from ocop.evaluation.rules.checklists import CheckItem
from ocop.evaluation.rules.supplement import FAULTS
from ocop.kit.fields import WholeField
from ocop.kit.once import OnceMixin

LONG = 8000
Verdicts = dict[str, tuple[str, str]]


def day_input() -> forms.DateInput:
    """A day field that shows its day in every browser."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def long_text(label: str, *, rows: int = 4, required: bool = False, help_text: str = "") -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label, required=required, max_length=LONG, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def seen_mark(verdicts: Mapping[str, tuple[str, str]]) -> str:
    """What a checklist's page was opened with, for its hidden field."""
    return json.dumps({key: list(line) for key, line in verdicts.items()}, ensure_ascii=False)


class ChecklistForm(OnceMixin, forms.Form):
    """The intake checklist of an office: a verdict per line, a note where something is at fault.

    `seen` carries what the page was opened with, so that a line that a colleague filled meanwhile is not wiped out.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, items: Sequence[CheckItem], verdicts: Mapping[str, tuple[str, str]], *args: Any
    ) -> None:
        super().__init__(*args)
        self.items = items
        self.fields["seen"].initial = seen_mark(verdicts)
        for item in items:
            verdict, note = verdicts.get(item.key, ("", ""))
            self.fields[f"verdict_{item.key}"] = forms.ChoiceField(
                label=item.label, choices=CheckVerdict.choices, required=False, initial=verdict,
                help_text=item.help, widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[f"note_{item.key}"] = forms.CharField(
                label="Ghi rõ thiếu gì, sai gì", required=False, max_length=300, initial=note,
                widget=forms.TextInput(attrs={"aria-label": f"Ghi chú: {item.label}", "placeholder": " "}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for item in self.items:
            if data.get(f"verdict_{item.key}") in FAULTS and not (data.get(f"note_{item.key}") or "").strip():
                self.add_error(f"note_{item.key}", "Ghi rõ thiếu gì, sai gì để chủ thể biết cách bổ sung.")
        return data

    def rows(self) -> list[tuple[CheckItem, Any, Any]]:
        """(item, verdict field, note field) per line, for the template."""
        return [(item, self[f"verdict_{item.key}"], self[f"note_{item.key}"]) for item in self.items]

    def verdicts(self) -> Verdicts:
        """Item key -> (verdict, note) of the lines that carry a verdict and no error."""
        data = self.cleaned_data
        return {
            item.key: (data[f"verdict_{item.key}"], data[f"note_{item.key}"])
            for item in self.items
            if data.get(f"verdict_{item.key}") and f"note_{item.key}" in data
        }

    def was_seen(self) -> Verdicts | None:
        """The lines as they stood when the page was opened; None where the page did not say."""
        try:
            kept = json.loads(self.cleaned_data.get("seen") or "null")
            return {str(key): (str(verdict), str(note)) for key, (verdict, note) in kept.items()}
        except (ValueError, TypeError, AttributeError):
            return None

    def seen_after(self, held: Mapping[str, tuple[str, str]]) -> str:
        """The mark of a page shown again after a colleague's change: what is kept now for the lines changed here."""
        seen = self.was_seen() or {}
        changed = [key for key, line in self.verdicts().items() if line != seen.get(key) and key in held]
        return seen_mark({**seen, **{key: held[key] for key in changed}})


class ReceiveForm(OnceMixin, forms.Form):
    """The day on which the commune received the dossier."""

    on = forms.DateField(
        label="Ngày tiếp nhận", widget=day_input(),
        help_text="Nếu đã nhận bản giấy hôm trước thì ghi ngày đó; thời hạn tính từ ngày làm việc kế tiếp.",
    )  # fmt: skip


class ReturnForm(OnceMixin, forms.Form):
    """Why a dossier goes back."""

    reason = forms.CharField(
        label="Nội dung cần bổ sung", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Chủ thể nhận nguyên văn nội dung này.",
        error_messages={"required": "Ghi rõ cần bổ sung gì; không trả lại hồ sơ mà không nêu lý do."},
    )  # fmt: skip


class ReportForm(OnceMixin, forms.Form):
    """Form 03: four assessments, the meeting where one was held, the proposal."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    material = long_text(Assessment.MATERIAL.label)
    material_share = WholeField(label="Tỷ lệ nguyên liệu trong xã (%)", required=False, highest=100)
    labour = long_text(Assessment.LABOUR.label)
    labour_total = WholeField(label="Tổng số lao động (người)", required=False)
    labour_local = WholeField(label="Lao động là người địa bàn xã (người)", required=False)
    idea = long_text(Assessment.IDEA.label)
    identity = long_text(Assessment.IDENTITY.label)
    meeting_held = forms.BooleanField(label="Xã có tổ chức họp lấy ý kiến", required=False)
    meeting_on = forms.DateField(label="Ngày họp", required=False, widget=day_input())
    meeting_place = forms.CharField(label="Địa điểm", required=False, max_length=200)
    meeting_people = long_text("Thành phần dự họp", rows=3)
    meeting_opinions = long_text("Ý kiến tại cuộc họp", rows=4)
    proposal = long_text("Đề nghị của UBND cấp xã", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("material_share", "labour_total", "labour_local"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        total, local = data.get("labour_total"), data.get("labour_local")
        if total is not None and local is not None and local > total:
            self.add_error("labour_local", "Lao động địa phương đang nhiều hơn tổng số lao động.")
        return data

    def values(self) -> dict[str, Any]:
        """The report's columns."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "once")}


class SignForm(OnceMixin, forms.Form):
    """The leader signs; number and day of the letter may be left to the clerk."""

    letter_number = forms.CharField(
        label="Số công văn đề nghị", required=False, max_length=60,
        help_text="Để trống nếu văn thư cấp số sau.",
    )  # fmt: skip
    letter_on = forms.DateField(label="Ngày công văn", required=False, widget=day_input())
