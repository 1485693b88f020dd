"""Ideas for a meeting's list, and the points that it gives."""

from typing import Any

from django import forms

from ocop.cycle.enums import Verdict
from ocop.cycle.models import Idea, MeetingLine
from ocop.cycle.rules.selection import Criterion, proposed
from ocop.kit.once import OnceMixin


class AddIdeasForm(OnceMixin, forms.Form):
    """Registered ideas to put on a meeting's list."""

    ideas = forms.ModelMultipleChoiceField(
        Idea.objects.none(), label="Ý tưởng chờ xét", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một ý tưởng."},
    )  # fmt: skip

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ideas"].queryset = waiting
        self.fields["ideas"].label_from_instance = lambda idea: (
            f"{idea.name} – {idea.producer.public_name}, {idea.unit.title}"
        )


class ScoreForm(OnceMixin, forms.Form):
    """Points by criterion, what is proposed, and why. Points of priorities follow from the facts."""

    verdict = forms.ChoiceField(
        label="Đề nghị", required=False, widget=forms.RadioSelect,
        choices=[("", "Theo điểm"), *Verdict.choices],
    )  # fmt: skip
    reason = forms.CharField(
        label="Nhận xét; lý do nếu không chọn", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Lý do được gửi cho chủ thể.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, line: MeetingLine, criteria: list[Criterion], helps: dict[str, str], needed: int
    ) -> None:
        kept = {f"c_{key}": points for key, points in line.scores.items()}
        follows = line.verdict == proposed(line.points, needed=needed)
        own = (
            "" if follows else line.verdict
        )  # what followed from the points follows from the next points too
        super().__init__(*args, initial={**kept, "verdict": own, "reason": line.reason})
        self.criteria = [one for one in criteria if not one.fact]
        for one in self.criteria:
            self.fields[f"c_{one.key}"] = forms.IntegerField(
                label=f"{one.name} (tối đa {one.most})", min_value=0, max_value=one.most,
                help_text=helps.get(one.key, ""),
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
        self.order_fields([*(f"c_{one.key}" for one in self.criteria), "verdict", "reason"])

    def clean(self) -> dict[str, Any]:
        """A refusal says why while the idea is before the meeting, not when the list is sent."""
        data = super().clean() or self.cleaned_data
        if data.get("verdict") == Verdict.REFUSE and not data.get("reason", "").strip():
            self.add_error("reason", "Hãy ghi lý do không chọn; lý do được gửi cho chủ thể.")
        return data

    def scores(self) -> dict[str, int]:
        """The points by criterion."""
        return {one.key: self.cleaned_data[f"c_{one.key}"] for one in self.criteria}
