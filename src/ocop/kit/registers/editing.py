"""The forms of a register: sent once, and aware of what somebody else wrote in the meantime."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db import models
from django.http import QueryDict

from ocop.kit.errors import Stale
from ocop.kit.once import OnceMixin
from ocop.kit.registers.history import version_of

if TYPE_CHECKING:
    from ocop.kit.registers.register import Register

VERSION = "opened_version"


def day_inputs(form: Any) -> None:
    """Give plain dates the native input."""
    for field in form.fields.values():
        if type(field) is forms.DateField and type(field.widget) is forms.DateInput:
            field.widget = forms.DateInput(attrs={**field.widget.attrs, "type": "date"}, format="%Y-%m-%d")


class _Versioned(OnceMixin):
    """Adds the hidden version of the row that the form was opened on; plain dates get the native input."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day_inputs(self)
        row = self.instance  # type: ignore[attr-defined]
        self.fields[VERSION] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=version_of(row) if row.pk else ""
        )

    def renew_version(self, row: models.Model) -> None:
        """Show the form again on what is stored now, keeping what was typed."""
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix(VERSION)] = version_of(row)
        self.data = data


class UploadForm(forms.Form):
    """The one file of an import."""

    file = forms.FileField(
        label="Tệp Excel",
        help_text="Tệp .xlsx, .xls hoặc .ods, tối đa 10 MB và 20.000 dòng.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods"}),
        error_messages={"required": "Hãy chọn tệp.", "empty": "Tệp rỗng."},
    )


def form_for(register: "Register", user: Any, row: Any, *args: Any) -> Any:
    """The register's form with the hidden key and version."""
    assert register.form_class is not None  # noqa: S101 - views ask first
    form_type = type(register.form_class)(register.form_class.__name__, (_Versioned, register.form_class), {})
    return register.make_form(user, row, form_type, *args)


def start_from(register: "Register", form: Any, query: QueryDict) -> None:
    """Fill links of a new row from the address ("?producer=12"), as the presses beside other objects ask for.

    What the person may not choose in the form is not filled either. A needed choice with one answer is made already.
    """
    for name, field in form.fields.items():
        if not isinstance(field, forms.ModelChoiceField) or isinstance(field, forms.ModelMultipleChoiceField):
            _start_typed(register, form, name, query)
            continue
        key = query.get(name, "")
        rows = list(field.queryset.filter(pk=key)[:1]) if key.isdigit() else []
        if not key and field.required and not form.is_bound:
            rows = list(field.queryset[:2])
        if len(rows) == 1:
            form.initial[name] = rows[0]


def _start_typed(register: "Register", form: Any, name: str, query: QueryDict) -> None:
    key = query.get(name, "")
    if key.isdigit() and name in (*register.story, register.under):
        found = register.target_of(name)._default_manager.filter(pk=key).first()
        if found is not None:
            form.initial[name] = found


def lock_unchanged(register: "Register", form: Any) -> None:
    """Lock the row for this transaction; raises `Stale` when it is not what the form was opened on any more."""
    stored = register.model._base_manager.select_for_update().get(pk=form.instance.pk)
    if version_of(stored) != form.cleaned_data.get(VERSION):
        raise Stale("register.stale", "Người khác vừa sửa mục này sau khi bạn mở trang.")
