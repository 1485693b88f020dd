"""Filters of the ledger, those of the page of totals among them."""

import django_filters
from django import forms
from django.db.models import QuerySet

from ocop.funding import enums
from ocop.funding.models import Activity, FundEntry
from ocop.funding.queries.ledger import own_ids
from ocop.units.models import Unit


class EntryFilter(django_filters.FilterSet):
    """What an officer narrows the ledger by; the hidden ones are those by which a total opens its rows."""

    kind = django_filters.ChoiceFilter(label="Giai đoạn", choices=enums.entry_kinds)
    year = django_filters.NumberFilter(label="Năm")
    source = django_filters.ChoiceFilter(label="Nguồn vốn", choices=enums.fund_sources)
    budget_level = django_filters.ChoiceFilter(label="Cấp ngân sách", choices=enums.budget_levels)
    activity = django_filters.ModelChoiceFilter(label="Hoạt động", queryset=Activity.objects.all())
    management = django_filters.BooleanFilter(label="Chi quản lý, giám sát", method="for_activities")
    unit = django_filters.NumberFilter(label="Mã đơn vị", field_name="unit_id", widget=forms.HiddenInput)
    within = django_filters.NumberFilter(label="Trong đơn vị", method="lying_in", widget=forms.HiddenInput)
    clause = django_filters.CharFilter(
        label="Mục của Kế hoạch", method="for_activities", widget=forms.HiddenInput
    )
    first = django_filters.NumberFilter(
        label="Từ năm", field_name="year", lookup_expr="gte", widget=forms.HiddenInput
    )
    last = django_filters.NumberFilter(
        label="Đến năm", field_name="year", lookup_expr="lte", widget=forms.HiddenInput
    )

    class Meta:
        model = FundEntry
        fields: list[str] = []

    def for_activities(self, rows: QuerySet, name: str, value: object) -> QuerySet:
        """Of activities of one kind; they are few, so their keys are read first and the entries go by an index."""
        asked = {"management": "is_management", "clause": "clause"}[name]
        keys = Activity.objects.filter(**{asked: value}).values_list("pk", flat=True)
        return rows.filter(activity__in=list(keys))

    def lying_in(self, rows: object, name: str, value: object) -> object:
        """The rows of a unit and of what lies in it, without the units from which it was made."""
        unit = Unit.objects.filter(pk=value).first()
        return rows.filter(unit__in=own_ids(unit)) if unit else rows.none()  # type: ignore[attr-defined]
