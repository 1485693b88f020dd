"""Forms of office registers: units typed by old or new names, choices that the person sees, several files."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from ocop.units.fields import UnitField
from ocop.units.models import Unit


class SeveralFilesInput(forms.FileInput):
    """A file input that takes several; a phone offers its camera."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several files at once; answers a list."""

    widget = SeveralFilesInput(attrs={"accept": "image/*,application/pdf"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if not sent:
            super().clean(None, initial)
        return [super(SeveralFilesField, self).clean(one, initial) for one in sent]


class FilesForm(forms.BaseForm):
    """Adds `attached` to a form: photographs and papers, several at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attached"] = SeveralFilesField(
            label="Ảnh, minh chứng",
            required=False,
            help_text="Chụp hoặc chọn nhiều tệp một lần (ảnh, PDF).",
        )


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


class DegreesField(forms.DecimalField):
    """A coordinate, with a comma or a point before the decimals."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class OfficeForm(forms.ModelForm):
    """A model form whose units are typed and whose choices are those of the person; numbers as people write them.

    `narrow(user)` is called by the register: what the person cannot see cannot be chosen.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            as_typed(name, field)
            if isinstance(field, forms.ModelChoiceField) and field.queryset.model is Unit:
                self.fields[name] = UnitField(
                    label=field.label, required=field.required, help_text=field.help_text
                )
                if self.instance.pk and not self.is_bound:
                    self.initial[name] = getattr(self.instance, name)

    def narrow(self, user: Any) -> None:
        """Cut every list of rows down to what the user sees."""
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and hasattr(field.queryset, "visible_to"):
                field.queryset = field.queryset.visible_to(user)
