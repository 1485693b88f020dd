"""What a person wants to hear of."""

from typing import Any

from django import forms

from ocop.inbox import actions, queries
from ocop.inbox.enums import Channel


class ChoicesForm(forms.Form):
    """One row per kind of notice, one box per channel."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for number, (entry, now) in enumerate(queries.choices_of(user)):
            self.fields[f"kind{number}"] = forms.MultipleChoiceField(
                label=entry.label,
                choices=Channel.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[channel for channel, wanted in now.items() if wanted],
            )
            self.fields[f"kind{number}"].kind = entry.key

    def save(self) -> None:
        """Keep every row."""
        for name, field in self.fields.items():
            actions.choose(field.kind, channels=self.cleaned_data[name], by=self.user)
