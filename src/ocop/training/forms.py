"""What the pages beside the registers ask."""

from typing import Any

from django import forms

from ocop.kit.once import OnceMixin
from ocop.producers.models import Producer
from ocop.training.enums import Audience, Gender, Prize
from ocop.training.models import Topic
from ocop.training.queries.mine import SCORES
from ocop.units.fields import UnitField


def day_input() -> forms.DateInput:
    """A native date field."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NeedsForm(OnceMixin, forms.Form):
    """What somebody wants to learn in a year; on a phone."""

    for_whom = forms.ChoiceField(label="Báo cho", widget=forms.RadioSelect)
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label="Chủ đề muốn học", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một chủ đề."},
    )  # fmt: skip
    persons = forms.IntegerField(
        label="Số người muốn dự mỗi chủ đề", min_value=1, max_value=10_000, initial=1
    )
    wish = forms.CharField(label="Mong muốn thêm", max_length=300, required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["for_whom"].choices = choices
        self.fields["for_whom"].initial = choices[0][0]
        if len(choices) == 1:
            self.fields["for_whom"].widget = forms.HiddenInput()


class InviteForm(OnceMixin, forms.Form):
    """Who is invited out of those found."""

    people = forms.MultipleChoiceField(label="Cán bộ", required=False, widget=forms.CheckboxSelectMultiple)
    producers = forms.MultipleChoiceField(
        label="Chủ thể", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: list[Any], producers: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people
        self.fields["producers"].choices = producers
        for name in ("people", "producers"):
            if not self.fields[name].choices:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Somebody is chosen."""
        data = super().clean() or {}
        if not data.get("people") and not data.get("producers"):
            raise forms.ValidationError("Hãy chọn người để mời.")
        return data


class WalkInForm(OnceMixin, forms.Form):
    """Somebody who came without an invitation, or is written down by phone."""

    full_name = forms.CharField(label="Họ và tên", max_length=150)
    phone = forms.CharField(
        label="Điện thoại", max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    audience = forms.ChoiceField(label="Là", choices=Audience.choices, initial=Audience.PRODUCER)
    gender = forms.ChoiceField(
        label="Giới tính", choices=[("", "Không ghi"), *Gender.choices], required=False
    )
    organisation = forms.CharField(label="Cơ sở, nơi công tác", max_length=200, required=False)
    unit = UnitField(label="Xã, phường", required=False, levels=["commune"])


class AnswerForm(OnceMixin, forms.Form):
    """Yes or no to an invitation."""

    coming = forms.ChoiceField(choices=[("1", "Dự"), ("0", "Không dự")])
    why = forms.CharField(label="Lý do", max_length=300, required=False)


class EvaluationForm(OnceMixin, forms.Form):
    """Four marks of one to five and a word; without a name."""

    comment = forms.CharField(
        label="Góp ý", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {5: "5 – rất tốt", 4: "4 – tốt", 3: "3 – được", 2: "2 – chưa tốt", 1: "1 – kém"}
        asked = {
            name: forms.TypedChoiceField(
                label=label, choices=list(words.items()), coerce=int, widget=forms.RadioSelect,
                error_messages={"required": f"Hãy chấm mục “{label}”."},
            )
            for name, label in SCORES
        }  # fmt: skip
        self.fields = {**asked, **self.fields}


class HandOverForm(OnceMixin, forms.Form):
    """To whom a post goes, and from when."""

    to = forms.CharField(label="Người nhận bàn giao", max_length=150)
    on = forms.DateField(label="Nhận từ ngày", widget=day_input())
    title = forms.CharField(label="Chức vụ", max_length=150, required=False)
    decision_number = forms.CharField(label="Quyết định phân công", max_length=60, required=False)
    decision_on = forms.DateField(label="Ngày quyết định", widget=day_input(), required=False)
    office_phone = forms.CharField(label="Điện thoại cơ quan", max_length=20, required=False)


class MarkForm(OnceMixin, forms.Form):
    """The marks of one juror, an entry a line."""

    juror = forms.CharField(label="Giám khảo", max_length=150)

    def __init__(self, *args: Any, entries: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {f"bai_{entry.pk}": entry.pk for entry in entries}
        for entry in entries:
            self.fields[f"bai_{entry.pk}"] = forms.IntegerField(
                label=f"{entry.title} – {entry.author}", min_value=0, max_value=100, required=False
            )

    @property
    def points(self) -> dict[int, int]:
        """What was given, by entry; blank lines are left alone."""
        found = {pk: self.cleaned_data.get(name) for name, pk in self.keys.items()}
        return {pk: value for pk, value in found.items() if value is not None}


class PrizeForm(OnceMixin, forms.Form):
    """Prizes and money, an entry a line."""

    def __init__(self, *args: Any, entries: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [entry.pk for entry in entries]
        for entry in entries:
            mean = "chưa có điểm" if entry.mean is None else f"{entry.mean} điểm"
            self.fields[f"giai_{entry.pk}"] = forms.ChoiceField(
                label=f"{entry.title} ({mean})", choices=[("", "Không có giải"), *Prize.choices], required=False,
                initial=entry.prize,
            )  # fmt: skip
            self.fields[f"tien_{entry.pk}"] = forms.IntegerField(
                label="Tiền thưởng (đồng)", min_value=0, required=False, initial=entry.prize_money or None
            )

    @property
    def prizes(self) -> dict[int, tuple[str, int]]:
        """(prize, money) by entry."""
        data = self.cleaned_data
        return {pk: (data[f"giai_{pk}"], data[f"tien_{pk}"] or 0) for pk in self.keys}


def producer_choices(rows: list[Producer], wanted: set[int]) -> list[tuple[str, str]]:
    """(id, name and place) of producers; those who asked for the topic say so."""
    return [
        (
            str(row.pk),
            f"{row.public_name} – {row.unit.title}" + (" · đã báo nhu cầu" if row.pk in wanted else ""),
        )
        for row in rows
    ]
