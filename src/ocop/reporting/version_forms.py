"""What a page asks of a form version: one change at a time, so that it works without scripts."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms

from ocop.kit.indicators import indicators
from ocop.kit.once import OnceMixin
from ocop.reporting.enums import SectionKind
from ocop.reporting.models import FormVersion
from ocop.reporting.rules import layout as rules

STEPS = {"up": -1, "down": 1}


class TitleForm(forms.Form):
    """The name of the form."""

    title = forms.CharField(label="Tên mẫu", max_length=200)


class SectionForm(forms.Form):
    """The words of a section."""

    title = forms.CharField(label="Tên phần", max_length=200)
    help = forms.CharField(
        label="Hướng dẫn viết", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    required = forms.BooleanField(label="Bắt buộc viết", required=False)

    def __init__(self, *args: Any, section: rules.Section, **kwargs: Any) -> None:
        initial = {"title": section.title, "help": section.help, "required": section.required}
        super().__init__(*args, initial=initial, auto_id=f"id_{section.key}_%s", **kwargs)
        if section.kind != SectionKind.TEXT:
            del self.fields["help"], self.fields["required"]


class NewSectionForm(forms.Form):
    """A section to be added at the end."""

    title = forms.CharField(label="Tên phần mới", max_length=200)
    kind = forms.ChoiceField(label="Loại", choices=SectionKind.choices)


class FigureForm(forms.Form):
    """A figure to be added to a table: one that the form does not have yet."""

    indicator = forms.ChoiceField(label="Thêm chỉ tiêu")

    def __init__(self, *args: Any, version: FormVersion, key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{key}_%s", **kwargs)
        used = set(version.indicators)
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]
            (one.key, f"{one.name} ({one.measure})") for one in indicators if one.key not in used
        ]


class PublishForm(OnceMixin, forms.Form):
    """From which day on it is used."""

    day = forms.DateField(
        label="Dùng từ ngày", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Kỳ báo cáo có hạn từ ngày này trở đi dùng mẫu này; kỳ đã mở giữ mẫu cũ.",
    )  # fmt: skip


Change = Callable[[rules.Layout], rules.Layout]


def asked_change(data: Any, version: FormVersion) -> tuple[Change | None, forms.Form | None]:
    """The change that a press asks for, or the form that says what is wrong with it; (None, None) for nonsense."""
    verb, key, indicator = (str(data.get(name, "")) for name in ("verb", "key", "indicator"))
    if verb in STEPS:
        step = STEPS[verb]
        if indicator:
            return partial(rules.move_figure, key=key, indicator=indicator, step=step), None
        return partial(rules.move_section, key=key, step=step), None
    if verb == "remove":
        if indicator:
            return partial(rules.remove_figure, key=key, indicator=indicator), None
        return partial(rules.remove_section, key=key), None
    form = _form(verb, key, data, version)
    if form is None:
        return None, None
    if not form.is_valid():
        return None, form
    values = form.cleaned_data
    if verb == "add":
        return partial(rules.add_section, **values), form
    if verb == "figure":
        return partial(rules.add_figure, key=key, **values), form
    return partial(rules.change_section, key=key, **values), form


def _form(verb: str, key: str, data: Any, version: FormVersion) -> forms.Form | None:
    section = next((one for one in version.sections if one.key == key), None)
    if verb == "add":
        return NewSectionForm(data)
    if verb == "figure":
        return FigureForm(data, version=version)
    return SectionForm(data, section=section) if verb == "section" and section is not None else None
