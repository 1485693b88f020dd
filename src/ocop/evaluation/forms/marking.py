"""Forms of a member's score sheet and of the sheet agreed in the session."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from ocop.rulebook.rules.sheet import Sheet


class AnswerForm(forms.Form):
    """One criterion: the place of the level (0 = không đạt mức nào), a note, the version that the page showed."""

    level = forms.IntegerField(required=False, min_value=0, max_value=50)
    note = forms.CharField(required=False, max_length=2000)
    version = forms.IntegerField(required=False, min_value=0)
    go = forms.CharField(required=False, max_length=10)

    def clean_version(self) -> int | None:
        """0 stands for a sheet that was not begun when the page was shown: nothing to compare with."""
        return self.cleaned_data["version"] or None


class ReviewForm(forms.Form):
    """Grounds for dropping, each with reason and evidence, and a free opinion."""

    opinion = forms.CharField(
        label="Ý kiến khác", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, ticks: list[dict[str, Any]], in_writing: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ticks = ticks
        if in_writing:
            self.fields["meeting"] = forms.CharField(
                label="Đề nghị họp Hội đồng, vì", required=False, max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="Để trống khi không cần họp. Ghi lý do thì hồ sơ được đưa ra phiên họp.",
            )  # fmt: skip
        for row in ticks:
            number, tick = row["number"], row["tick"] or {}
            self.fields[f"tick{number}"] = forms.BooleanField(
                label=row["text"], required=False, initial=bool(row["tick"])
            )
            self.fields[f"reason{number}"] = forms.CharField(
                label="Lý do", required=False, max_length=2000, initial=tick.get("reason", ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
            self.fields[f"evidence{number}"] = forms.CharField(
                label="Minh chứng", required=False, max_length=1000, initial=tick.get("evidence", ""),
                help_text="Tệp, trang, văn bản hoặc kết quả kiểm tra làm căn cứ.",
            )  # fmt: skip

    def clean_version(self) -> int | None:
        """As in `AnswerForm`."""
        return self.cleaned_data["version"] or None

    def rows(self) -> list[dict[str, Any]]:
        """The bound fields of each ground, for the page."""
        return [
            {
                "tick": self[f"tick{row['number']}"],
                "reason": self[f"reason{row['number']}"],
                "evidence": self[f"evidence{row['number']}"],
            }
            for row in self.ticks
        ]

    def ticked(self) -> list[dict[str, str]]:
        """The grounds that were ticked, as the action takes them."""
        data = self.cleaned_data
        return [
            {
                "text": row["text"],
                "reason": data[f"reason{row['number']}"],
                "evidence": data[f"evidence{row['number']}"],
            }
            for row in self.ticks
            if data[f"tick{row['number']}"]
        ]


class AgreedForm(forms.Form):
    """The sheet agreed in the session: one level per criterion.

    `votes` (criterion -> (place, points, sheets), the most chosen first) stand beside each criterion; a level that
    all sheets chose is filled in, where they differ the session chooses.
    """

    def __init__(
        self,
        *args: Any,
        sheet: Sheet,
        case: int | None,
        votes: Mapping[str, Sequence[tuple[int, int, int]]],
        known: Mapping[str, int] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes: dict[str, str] = {}
        for number, criterion in enumerate(sheet.criteria, start=1):
            levels = criterion.levels_of(case if criterion.has_cases else None)
            choices = [(str(level.place), f"{level.points} điểm: {level.text}") for level in levels]
            given = votes.get(criterion.code, ())
            self.codes[f"c{number}"] = criterion.code
            if known:
                self.initial[f"c{number}"] = known.get(criterion.code)
            elif len(given) == 1:
                self.initial[f"c{number}"] = given[0][0]
            self.fields[f"c{number}"] = forms.TypedChoiceField(
                label=f"{criterion.code}. {criterion.name}",
                choices=[("", "Chọn mức"), *choices, ("0", "0 điểm: không đạt mức nào")],
                coerce=int,
                help_text=_votes_in_words(given),
            )

    def answers(self) -> dict[str, int]:
        """Places of the levels by the code of the criterion."""
        return {code: self.cleaned_data[name] for name, code in self.codes.items()}


def _votes_in_words(given: Sequence[tuple[int, int, int]]) -> str:
    if len(given) == 1:
        return f"Cả {given[0][2]} phiếu cùng mức này."
    parts = [
        f"{points} điểm{'' if place else ' (không đạt mức nào)'}: {times} phiếu"
        for place, points, times in given
    ]
    return f"Các phiếu khác nhau – {', '.join(parts)}." if parts else ""
