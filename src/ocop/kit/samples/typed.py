"""A sample row as somebody would type it: into a form, into a sheet."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db import models

from ocop.kit import clock
from ocop.kit.excel import Column, Kind

WORD = "Thử"


def posted(form: forms.BaseForm, row: models.Model | None = None, **more: Any) -> dict[str, Any]:
    """What a browser sends when the row is typed into the form; `more` stands over it.

    Fields that the row does not have keep what the form offers, required ones get what their kind admits. Files are
    left out.
    """
    sent: dict[str, Any] = {}
    for name, field in form.fields.items():
        if name in more or field.disabled:
            continue
        value = _value(form, name, field, row)
        if value is None or value == "" or isinstance(field.widget, forms.FileInput):
            continue
        sent.update(_as_sent(form.add_prefix(name), field, value))
    return {**sent, **{form.add_prefix(name): value for name, value in more.items()}}


def _value(form: forms.BaseForm, name: str, field: forms.Field, row: models.Model | None) -> Any:
    known = {one.name: one for one in row._meta.concrete_fields} if row is not None else {}
    value = getattr(row, name) if name in known else form.get_initial_for_field(field, name)
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _offered(field, value)
    if value in (None, "") and field.required:
        return _needed(field)
    return value


def _offered(field: Any, value: Any) -> Any:
    """The value if the field offers it, else the first that it offers when one is needed."""
    several = isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
    prepared = field.prepare_value(value)
    wanted = [str(one) for one in (prepared if several and prepared else [prepared])]
    offered = [str(one) for one, _ in _flat(field.choices) if str(one) != ""]
    found = [one for one in wanted if one in offered] or (offered[:1] if field.required else [])
    return found if several else (found[0] if found else None)


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _needed(field: forms.Field) -> Any:
    if isinstance(field, forms.BooleanField):
        return True
    if isinstance(field, forms.DateTimeField | forms.SplitDateTimeField):
        return clock.now()
    if isinstance(field, forms.DateField):
        return clock.today()
    if isinstance(field, forms.IntegerField):
        return max(int(field.min_value or 1), 1)  # type: ignore[arg-type]
    if isinstance(field, forms.EmailField):
        return "mau@example.vn"
    if isinstance(field, forms.URLField):
        return "https://example.vn/"
    return WORD if isinstance(field, forms.CharField) else None


def _as_sent(name: str, field: forms.Field, value: Any) -> Mapping[str, Any]:
    widget = field.widget
    if isinstance(widget, forms.CheckboxInput):
        return {name: "on"} if value else {}
    value = field.prepare_value(value)
    if isinstance(widget, forms.MultiWidget):
        multi: Any = widget
        parts = multi.decompress(value)
        return {
            f"{name}{suffix}": part.format_value(one)
            for suffix, part, one in zip(multi.widgets_names, multi.widgets, parts, strict=True)
        }
    if isinstance(widget, forms.widgets.ChoiceWidget):
        return {name: value}
    return {name: widget.format_value(value)}


def cells(columns: Iterable[Column], row: Any) -> dict[str, Any]:
    """A line of a sheet, by the labels of its columns, that says what the row says; raises LookupError for a required
    column that the row cannot fill."""
    return {column.label: _cell(column, row) for column in columns}


def _cell(column: Column, row: Any) -> Any:
    value = getattr(row, column.key, None)
    if column.lookup is not None:
        label = next((one for one in column.lookup.labels if _leads_to(column, one, value)), None)
        if label is None and column.required:
            raise LookupError(f"{column.label}: no word of the sheet means {value!r}")
        return label
    if value in (None, "") and column.required:
        raise LookupError(f"{column.label}: the row has no value")
    if column.kind is Kind.BOOLEAN and value is not None:
        return "có" if value else "không"
    return value


def _leads_to(column: Column, label: str, value: Any) -> bool:
    try:
        return column.lookup is not None and column.lookup.find(label) == value
    except ValueError:
        return False
