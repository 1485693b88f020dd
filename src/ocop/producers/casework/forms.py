"""Forms of office registers: units typed by old or new names, choices that the person sees, several files."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ocop.kit.errors import Refused
from ocop.kit.typed import as_typed
from ocop.producers.casework.files import Held, taken
from ocop.producers.models import Producer
from ocop.units.fields import UnitField
from ocop.units.models import Unit

HELD = "_da_nhan"
"""What follows a field's name in the hidden inputs that name files which a refused form brought."""


class SeveralFilesInput(forms.FileInput):
    """A file input that takes several; a phone offers its camera. Beside it the keys of files that came before."""

    allow_multiple_selected = True
    held: Sequence[str] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        keys = data.getlist(name + HELD) if hasattr(data, "getlist") else data.get(name + HELD, [])
        sent = files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []
        return [*(Held(key) for key in keys), *(sent if isinstance(sent, list | tuple) else [sent])]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        hidden = ((name + HELD, key) for key in self.held)
        return super().render(name, None, attrs, renderer) + format_html_join(
            "", '<input type="hidden" name="{}" value="{}">', hidden
        )


class SeveralFilesField(forms.FileField):
    """Several files at once; answers a list of uploads and of files held since a refused sending."""

    widget = SeveralFilesInput(attrs={"accept": "image/*,application/pdf"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if not sent:
            super().clean(None, initial)
        return [
            one if isinstance(one, Held) else super(SeveralFilesField, self).clean(one, initial)
            for one in sent
        ]


def hold_files(form: forms.BaseForm, *, by: Any) -> None:
    """Keep the files of a form that is shown again, so that nobody has to choose or photograph them anew.

    What is not accepted (not a picture, too large) is said beside the field.
    """
    for name, field in form.fields.items():
        if not isinstance(field, SeveralFilesField) or not form.is_bound:
            continue
        files, faults = [], []
        for one in field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name)):
            try:
                files.append(taken(one, by=by))
            except Refused as refused:
                faults.append(refused.reason)
        found = [file for file in files if file is not None]
        field.widget.held = [str(file.key) for file in found]
        if found:
            names = ", ".join(file.name for file in found)
            words = format_html("Đã nhận: {}; không cần chọn lại. Có thể chọn thêm.", names)
            field.help_text = form[name].help_text = words
            field.required = field.widget.is_required = False
        for fault in faults:
            form.add_error(name, fault)


class FilesForm(forms.BaseForm):
    """Adds `attached` to a form: photographs and papers, several at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attached"] = SeveralFilesField(
            label="Ảnh, minh chứng",
            required=False,
            help_text="Chụp hoặc chọn nhiều tệp một lần (ảnh, PDF).",
        )


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
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and hasattr(field.queryset, "visible_to"):
                field.queryset = field.queryset.visible_to(user)
                if field.queryset.model is Producer:  # a placeholder is nobody, but a row of its own keeps it
                    kept = Q(is_unknown=False) | Q(pk=self.initial.get(name))
                    field.queryset = field.queryset.filter(kept)
