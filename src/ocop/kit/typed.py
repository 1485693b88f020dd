"""Numbers in forms, as people write them."""

from django import forms


def as_typed(name: str, field: forms.Field) -> None:
    """Let a number be typed as people write it: "4,5", "250.000.000"; a year stays four digits."""
    if not isinstance(field, forms.IntegerField) or type(field.widget) is not forms.NumberInput:
        return
    if name == "year" or name.endswith("_year"):
        return
    mode = "decimal" if isinstance(field, forms.DecimalField) else "numeric"
    field.localize = True
    field.widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})
    field.widget.is_localized = True
    field.widget.is_required = field.required


def numbers_as_typed(form: forms.BaseForm) -> None:
    """The same for every number of a form."""
    for name, field in form.fields.items():
        as_typed(name, field)
