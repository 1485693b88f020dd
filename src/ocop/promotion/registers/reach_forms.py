"""Forms of communication, places of use and sales channels."""

from django import forms

from ocop.producers.casework import FilesForm, OfficeForm
from ocop.promotion.models import CommunicationItem, CommunicationPlan, SalesChannel, UsePlace


class PlanForm(OfficeForm):
    """A line of the year's plan."""

    class Meta:
        model = CommunicationPlan
        fields = [
            "unit", "year", "quarter", "medium", "audience", "topic", "agency", "planned", "budget", "note",
        ]  # fmt: skip


class ItemForm(FilesForm, OfficeForm):
    """Something that was told."""

    class Meta:
        model = CommunicationItem
        fields = [
            "title", "on", "medium", "audience", "unit", "agency", "pieces", "reach", "cost", "link", "plan", "note",
        ]  # fmt: skip


class UsePlaceForm(OfficeForm):
    """A place that uses OCOP products."""

    class Meta:
        model = UsePlace
        fields = [
            "name", "kind", "unit", "address", "phone", "website", "products", "how", "since", "until", "lat", "lng",
            "is_public", "note",
        ]  # fmt: skip
        widgets = {"products": forms.CheckboxSelectMultiple}


class ChannelForm(FilesForm, OfficeForm):
    """A sales channel of a producer."""

    class Meta:
        model = SalesChannel
        fields = ["producer", "kind", "name", "url", "valid_from", "valid_to", "checked_on", "share", "note"]
