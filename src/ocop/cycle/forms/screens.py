"""One screen of an idea or a plan on a phone: the model's own fields, saved as they stand."""

from typing import Any

from django import forms
from django.db import models
from django.forms import inlineformset_factory, modelform_factory

from ocop.cycle.models import BusinessPlan, Idea, PlanMilestone, PlanSupport
from ocop.cycle.queries.facts import values_of
from ocop.cycle.rules.screens import Screen, mark_of
from ocop.kit import clock
from ocop.kit.fields import MONEY_HELP, KeepTextMixin, WholeField
from ocop.kit.once import OnceMixin
from ocop.producers.casework import FilesForm
from ocop.rulebook.models import ProductGroup, SupportItem


def field_for(field: Any, **kwargs: Any) -> forms.Field | None:
    """Fields as a phone asks them: money in words, short lists as large buttons, nothing required yet."""
    if isinstance(field, models.BigIntegerField):
        return WholeField(
            label=str(field.verbose_name).capitalize(), required=False, help_text=MONEY_HELP,
            widget=forms.TextInput(attrs={"autocomplete": "off"}), validators=field.validators,
        )  # fmt: skip
    if (
        isinstance(field, models.PositiveIntegerField | models.PositiveSmallIntegerField)
        and not field.choices
    ):
        return WholeField(
            label=str(field.verbose_name).capitalize(), required=False, validators=field.validators,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )  # fmt: skip
    made = field.formfield(**kwargs)
    if made is None:
        return None
    made.required = False
    if field.name == "group":
        made = forms.ModelChoiceField(
            ProductGroup.objects.order_by("order"), label="Nhóm sản phẩm", required=False, empty_label=None,
            widget=forms.RadioSelect,
        )  # fmt: skip
    elif field.name == "processing":
        made.widget = forms.RadioSelect(choices=list(field.flatchoices))
    elif isinstance(field, models.TextField):
        made.widget.attrs["rows"] = 4
    return made


class ScreenBase(OnceMixin, KeepTextMixin, forms.ModelForm):
    """A screen. Nothing is required here: what is missing is said before sending, not in the way."""

    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    screen: Screen

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = mark_of(self.screen, values_of(self.instance, self.screen))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        total, local = data.get("labour_total"), data.get("labour_local")
        if total is not None and local is not None and local > total:
            self.add_error("labour_local", "Số người trong xã không được nhiều hơn tổng số người làm.")
        return data

    def validate_constraints(self) -> None:
        """The labour rule is said at its field; the other promises are kept by the database."""

    def answers(self) -> dict[str, Any]:
        """What was typed, by field."""
        return {name: self.cleaned_data.get(name) for name in self.screen.fields}

    def show_again(self, mark: str) -> None:
        """After a conflict: the same text typed, marked as seen against what is kept now."""
        data = self.data.copy()
        data["seen"] = mark
        self.data = data


def screen_form(row: Idea | BusinessPlan, screen: Screen, data: Any = None) -> ScreenBase:
    """The form of one screen on a row; the row itself is never written by it."""
    made = modelform_factory(type(row), form=ScreenBase, fields=screen.fields, formfield_callback=field_for)
    return type(made)(made.__name__, (made,), {"screen": screen})(data, instance=_copy(row))


def _copy(row: Any) -> Any:
    """A row of its own for the form to fill in, so that a refused form leaves the page's row as it is."""
    copied = type(row)()
    for field in row._meta.concrete_fields:
        setattr(copied, field.attname, getattr(row, field.attname))
    copied._state.adding = False
    return copied


class AttachForm(OnceMixin, FilesForm, forms.Form):
    """The screen of photographs and papers."""


class StartForm(OnceMixin, forms.Form):
    """Whose idea it is, where the person may register for several producers."""

    producer = forms.ModelChoiceField(
        None, label="Cơ sở", empty_label=None, error_messages={"required": "Hãy chọn cơ sở."}
    )

    def __init__(self, *args: Any, producers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["producer"].queryset = producers


class MilestoneForm(forms.ModelForm):
    """A line of the schedule: work to come. What was done when is told once the plan is carried out."""

    class Meta:
        model = PlanMilestone
        fields = ["title", "due_on"]
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean_due_on(self) -> Any:
        """A day that is newly written lies ahead."""
        day = self.cleaned_data["due_on"]
        if "due_on" in self.changed_data and day < clock.today():
            raise forms.ValidationError("Ngày này đã qua. Hãy ghi ngày sẽ làm xong.")
        return day


class SupportForm(forms.ModelForm):
    """A line of requested support: an item in force, what for, how much."""

    amount = WholeField(
        label="Số tiền đề nghị (đồng)", help_text=MONEY_HELP,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    class Meta:
        model = PlanSupport
        fields = ["item", "purpose", "amount"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = SupportItem.objects.in_force(clock.today()).select_related("policy")
        self.fields["item"].queryset = items


PARTS = {
    "milestones": inlineformset_factory(
        BusinessPlan,
        PlanMilestone,
        form=MilestoneForm,
        extra=2,
        max_num=30,
        validate_max=True,
        can_delete_extra=False,
    ),
    "supports": inlineformset_factory(
        BusinessPlan,
        PlanSupport,
        form=SupportForm,
        extra=1,
        max_num=20,
        validate_max=True,
        can_delete_extra=False,
    ),
}
"""The screens of a plan that hold lines of their own."""
