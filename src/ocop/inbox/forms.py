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
        self.kinds: dict[str, str] = {}
        for number, (entry, now) in enumerate(queries.choices_of(user)):
            self.fields[f"kind{number}"] = forms.MultipleChoiceField(
                label=entry.label,
                choices=Channel.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[channel for channel, wanted in now.items() if wanted],
            )
            self.kinds[f"kind{number}"] = entry.key

    def save(self) -> None:
        """Keep every row."""
        for name, kind in self.kinds.items():
            actions.choose(kind, channels=self.cleaned_data[name], by=self.user)
