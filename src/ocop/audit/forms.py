"""The filter of the log."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.db.models import Q

from ocop.audit import queries
from ocop.audit.models import EventQuerySet
from ocop.kit import clock


def midnight(day: date) -> datetime:
    """The first moment of a day in Vietnam."""
    return datetime.combine(day, time.min, clock.LOCAL)


class EventFilter(forms.Form):
    """Which events to show; every field may stay empty."""

    tu_ngay = forms.DateField(label="Từ ngày", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    den_ngay = forms.DateField(
        label="Đến hết ngày", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    viec = forms.ChoiceField(label="Việc", required=False)
    tim = forms.CharField(label="Người, đối tượng, mã yêu cầu", required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["viec"]).choices = [
            ("", "Tất cả"),
            *sorted(((verb, queries.verb_words(verb)) for verb in queries.verbs()), key=lambda pair: pair[1]),
        ]

    def narrow(self, events: EventQuerySet) -> EventQuerySet:
        """The events that the filter lets through; all of them when it is not valid."""
        if not self.is_valid():
            return events
        asked = self.cleaned_data
        if asked["tu_ngay"]:
            events = events.filter(at__gte=midnight(asked["tu_ngay"]))
        if asked["den_ngay"]:
            events = events.filter(at__lt=midnight(asked["den_ngay"] + timedelta(days=1)))
        if asked["viec"]:
            events = events.filter(verb=asked["viec"])
        if asked["tim"]:
            events = events.filter(
                Q(actor__username__iexact=asked["tim"])
                | Q(request_id=asked["tim"])
                | Q(subject_label__icontains=asked["tim"])
                | Q(subject_id=asked["tim"])
            )
        return events
