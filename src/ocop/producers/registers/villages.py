"""The register of craft villages, with their producers and their figures by year."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms

from ocop.accounts.queries import scope_of
from ocop.kit.errors import ALLOWED, Refusal, Refused, Verdict
from ocop.kit.excel import Kind
from ocop.kit.registers import Column
from ocop.producers import permissions
from ocop.producers.casework import OfficeForm, OfficeRegister
from ocop.producers.casework.registers import UnitStory
from ocop.producers.models import VIEWING_ROLES, CraftVillage, VillageProducer, VillageYear
from ocop.producers.registers.parts import (
    HIDDEN,
    UnitFilter,
    communes_registered_by,
    day_input,
    villages_by_name,
)
from ocop.units.fields import UnitField


class VillageForm(forms.ModelForm):
    """A craft village."""

    unit = UnitField(label="Địa bàn", levels=["commune"])

    class Meta:
        model = CraftVillage
        fields = [
            "name", "kind", "craft", "unit", "place", "status", "recognised_year", "decision", "decided_on",
            "valid_from", "valid_to", "households", "workers", "source", "note",
        ]  # fmt: skip
        widgets = {"decided_on": day_input(), "valid_from": day_input(), "valid_to": day_input()}


class VillageFilters(django_filters.FilterSet):
    """Kind, state, unit."""

    unit = UnitFilter(field_name="unit_id", label="Địa bàn")

    class Meta:
        model = CraftVillage
        fields = ["kind", "status", "unit"]


class VillagesRegister(UnitStory):
    """Craft villages and traditional crafts, recognised or proposed."""

    key = "villages"
    model = CraftVillage
    title = "Sổ làng nghề, nghề truyền thống"
    noun = "làng nghề"
    icon = "home"
    section = "Chủ thể & sản phẩm"
    order = 40
    story = ("unit",)
    columns = (
        Column("name", "Tên", on="list detail excel import api", example="Làng nghề nước mắm Cương Gián"),
        Column("kind", on="list detail excel import api"),
        Column("craft", on="list detail excel import api"),
        Column("unit.title", "Địa bàn", on="list detail excel api", sort="unit__name"),
        Column("unit", "Địa bàn", on="import", lookup=communes_registered_by, example="Xã Thạch Khê"),
        Column("place", on="detail excel import"),
        Column("recognised_year", kind=Kind.CODE, label="Năm công nhận", on="list detail excel api"),
        Column("status", on="list detail excel import api"),
        Column("status_today", "Tình trạng hôm nay", on="detail excel api", sort=""),
        Column("decision", on="detail excel import api"),
        Column("decided_on", on="detail excel import api"),
        Column("valid_from", on="detail excel import"),
        Column("valid_to", on="detail excel import"),
        Column("households", on="list detail excel import", total=True),
        Column("workers", on="detail excel import", total=True),
        Column("source", on="detail excel import"),
        Column("note", on="detail excel import"),
    )
    filterset_class = VillageFilters
    form_class = VillageForm
    related = ("unit",)
    ordering = ("name", "pk")
    natural_key = ("name", "kind", "unit")
    empty_text = "Làng nghề được tỉnh công nhận sẽ có ở đây."

    def may_see(self, user: Any) -> Verdict:
        return ALLOWED if scope_of(user).has_any(*VIEWING_ROLES) else HIDDEN

    def may_create(self, user: Any) -> Verdict:
        return permissions.may_register(user)

    def may_edit(self, user: Any, row: CraftVillage) -> Verdict:
        return permissions.may_register(user, row.unit_id)

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """The last day is not before the first."""
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            yield "Ngày kết thúc phải từ ngày bắt đầu trở đi"

    def save(self, form: Any, *, by: Any, is_new: bool) -> CraftVillage:
        verdict = permissions.may_register(by, form.cleaned_data["unit"].pk)
        if isinstance(verdict, Refusal):
            raise Refused.because([verdict])
        return form.save()


class OfVillage(OfficeRegister):
    """What the registers on the page of a craft village share."""

    section = "Chủ thể & sản phẩm"
    under = "village"
    unit_path = "village__unit_id"
    producer_path = ""
    keepers = permissions.REGISTRARS
    related: tuple[str, ...] = ("village__unit",)
    lookups = OfficeRegister.lookups | {CraftVillage: villages_by_name}


class VillageProducerForm(OfficeForm):
    """A producer of a craft village."""

    class Meta:
        model = VillageProducer
        fields = ["village", "producer", "valid_from", "valid_to", "note"]
        labels = {"valid_from": "Từ ngày", "valid_to": "Đến hết ngày"}


class VillageProducersRegister(OfVillage):
    """Which producer works in which craft village: on the page of both."""

    key = "village_producers"
    model = VillageProducer
    title = "Chủ thể của làng nghề"
    noun = "chủ thể"
    icon = "building-store"
    order = 41
    story = ("producer",)
    related = ("village__unit", "producer")
    columns = (
        Column("village", sort="village__name"),
        Column("producer", sort="producer__name"),
        Column("valid_from", "Từ ngày"),
        Column("valid_to", "Đến hết ngày"),
        Column("note", on="detail excel import"),
    )
    form_class = VillageProducerForm
    ordering = ("-valid_from", "pk")
    natural_key = ("village", "producer", "valid_from")
    empty_text = "Chưa ghi chủ thể nào của làng nghề."

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """A span ends after it begins."""
        yield from super().check_row(values, user)
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            yield "Ngày kết thúc phải từ ngày bắt đầu trở đi"


class VillageYearForm(OfficeForm):
    """The figures of a craft village in a year."""

    class Meta:
        model = VillageYear
        fields = ["village", "year", "households", "workers", "revenue"]


class VillageYearsRegister(OfVillage):
    """Households, workers and revenue of craft villages by year."""

    key = "village_years"
    model = VillageYear
    title = "Số liệu năm của làng nghề"
    noun = "bảng số liệu năm"
    icon = "chart-bar"
    order = 42
    columns = (
        Column("village", sort="village__name"),
        Column("year", kind=Kind.CODE),
        Column("households", total=True),
        Column("workers", total=True),
        Column("revenue", kind=Kind.MONEY, total=True),
    )
    filters = ("year",)
    form_class = VillageYearForm
    ordering = ("-year", "pk")
    natural_key = ("village", "year")
    empty_text = "Chưa ghi số liệu năm nào."


VILLAGES = VillagesRegister()
VILLAGE_PRODUCERS = VillageProducersRegister()
VILLAGE_YEARS = VillageYearsRegister()
