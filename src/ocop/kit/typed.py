"""Numbers in forms, as people write them."""

from typing import Any

from django import forms

from ocop.kit.numbers import parse_whole

NO_SUM = "Hãy ghi số tiền, ví dụ 24.000.000 hoặc 24 triệu."


def as_typed(name: str, field: forms.Field) -> None:
    """Let a number be typed as people write it: "4,5", "250.000.000", "24 triệu"; a year stays four digits."""
    if not isinstance(field, forms.IntegerField) or type(field.widget) is not forms.NumberInput:
        return
    if name == "year" or name.endswith("_year"):
        return
    mode = "decimal" if isinstance(field, forms.DecimalField | forms.FloatField) else "numeric"
    field.localize = True
    field.widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})
    field.widget.is_localized = True
    field.widget.is_required = field.required
    if mode == "numeric":
        _take_words(field)
    if str(field.label).endswith("(đồng)"):
        field.error_messages["invalid"] = NO_SUM


def _take_words(field: forms.IntegerField) -> None:
    """Let the field read "24 triệu" and "1,2 tỷ"; what is no such number it reads, or refuses, as before."""
    plain = field.to_python

    def to_python(value: Any) -> int | None:
        text = value.strip() if isinstance(value, str) else value
        try:
            return parse_whole(text) if text and isinstance(text, str) else plain(text)
        except ValueError:
            return plain(text)

    field.to_python = to_python  # type: ignore[method-assign]


def numbers_as_typed(form: forms.BaseForm) -> None:
    """The same for every number of a form."""
    for name, field in form.fields.items():
        as_typed(name, field)
