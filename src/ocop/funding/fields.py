"""Fields that the forms of this app share."""

from datetime import date

from django import forms

from ocop.funding.models.entry import MOST
from ocop.kit import clock
from ocop.kit.fields import MONEY_HELP, WholeField


def day_input() -> forms.DateInput:
    """A date as browsers offer it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def money(label: str, *, required: bool = True, help_text: str = MONEY_HELP) -> WholeField:
    """An amount in whole đồng, typed as people type it."""
    return WholeField(label=label, required=required, help_text=help_text, highest=MOST)


def not_later(day: date) -> date:
    """The day of a document; raises ValidationError for one after today."""
    if day > clock.today():
        raise forms.ValidationError("Ngày chứng từ không thể sau hôm nay.")
    return day
