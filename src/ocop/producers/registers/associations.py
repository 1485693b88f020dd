"""The registers of OCOP associations (clause IV.8) and of their members, officers, activities and support."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet

from ocop.kit import clock
from ocop.kit.excel import Kind
from ocop.kit.models import count_of
from ocop.kit.registers import Column, Preset, Section
from ocop.producers import permissions
from ocop.producers.casework import OfficeForm, OfficeRegister
from ocop.producers.models import (
    Association,
    AssociationActivity,
    AssociationMember,
    AssociationOfficer,
    AssociationSupport,
)
from ocop.producers.registers.parts import UnitFilter, associations_by_name

SECTION = "Chủ thể & sản phẩm"


class AssociationForm(OfficeForm):
    """An association."""

    class Meta:
        model = Association
        fields = [
            "name", "unit", "decision", "decided_on", "decided_by", "valid_from", "valid_to", "end_basis", "address",
            "note",
        ]  # fmt: skip
        labels = {"valid_from": "Thành lập từ ngày", "valid_to": "Hoạt động đến hết ngày"}
        help_texts = {"unit": "Tỉnh, huyện (đến 30/6/2025) hoặc xã, phường."}


class AssociationFilters(django_filters.FilterSet):
    """Level, unit."""

    level = django_filters.ChoiceFilter(
        label="Cấp",
        field_name="unit__level",
        choices=[("province", "Tỉnh"), ("district", "Huyện"), ("commune", "Xã, phường")],
    )
    unit = UnitFilter(field_name="unit_id", label="Địa bàn")

    class Meta:
        model = Association
        fields = ["level", "unit"]


def _alive(register: Any, rows: QuerySet, user: Any) -> QuerySet:
    return rows.valid_on(clock.today())


def _left_over(register: Any, rows: QuerySet, user: Any) -> QuerySet:
    today = clock.today()
    return rows.valid_on(today).filter(unit__valid_to__lt=today)


class AssociationsRegister(OfficeRegister):
    """OCOP associations of the units in reach; producers see those that they belong to."""

    key = "associations"
    model = Association
    title = "Hội OCOP"
    noun = "hội"
    section = SECTION
    icon = "users-group"
    order = 60
    with_producers = True
    story = ("unit",)
    columns = (
        Column("name", example="Hội OCOP huyện Hương Khê"),
        Column("unit.title", "Địa bàn", on="list detail excel api", sort="unit__name"),
        Column("unit", "Địa bàn", on="import", example="Xã Phúc Trạch"),
        Column("decision", on="list detail excel import api"),
        Column("decided_on", on="detail excel import api"),
        Column("decided_by", on="detail excel import"),
        Column("valid_from", "Thành lập từ ngày"),
        Column("valid_to", "Hoạt động đến hết ngày"),
        Column("member_count", "Hội viên", value=lambda row: row.member_count, kind=Kind.INTEGER, total=True,
               on="list excel api"),
        Column("end_basis", on="detail excel import"),
        Column("address", on="detail excel import"),
        Column("note", on="detail excel import"),
    )  # fmt: skip
    filterset_class = AssociationFilters
    form_class = AssociationForm
    sections = (
        Section("Hội", ("name", "unit.title", "address", "note")),
        Section("Thành lập", ("decision", "decided_on", "decided_by", "valid_from")),
        Section("Kết thúc, tổ chức lại", ("valid_to", "end_basis")),
    )
    related = ("unit",)
    ordering = ("name", "pk")
    natural_key = ("name", "unit", "valid_from")
    presets = (
        Preset("dang-hoat-dong", "Đang hoạt động", _alive, "Chưa ghi hội nào."),
        Preset("cho-to-chuc-lai", "Chờ tổ chức lại", _left_over, "Không hội nào còn gắn với đơn vị đã thôi."),
    )
    detail_template = "producers/association_detail.html"
    empty_text = "Hội OCOP cấp tỉnh, huyện, xã sẽ có ở đây."

    def scope(self, user: Any) -> QuerySet:
        """With the number of members of today, without a query per row."""
        today = clock.today()
        members = AssociationMember.objects.valid_on(today)
        return super().scope(user).annotate(member_count=count_of(members, "association"))

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """An association ends after it was founded."""
        yield from super().check_row(values, user)
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            yield "Ngày kết thúc phải từ ngày thành lập trở đi."

    def detail_context(self, user: Any, row: Association) -> dict[str, Any]:
        """What it came from and what it became; whether the user may restructure it."""
        return {
            "before": list(row.succeeds.visible_to(user)),  # type: ignore[attr-defined]
            "after": list(row.succeeded_by.visible_to(user)),  # type: ignore[attr-defined]
            "can_restructure": bool(permissions.may_restructure(user, row)) and row.in_force(clock.today()),
        }


class OfAssociation(OfficeRegister):
    """What all registers on the page of an association share."""

    section = SECTION
    under = "association"
    unit_path = "association__unit_id"
    producer_path = ""
    with_producers = True
    related: tuple[str, ...] = ("association__unit",)
    lookups = OfficeRegister.lookups | {Association: associations_by_name}

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """A span ends after it begins."""
        yield from super().check_row(values, user)
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            yield "Ngày kết thúc phải từ ngày bắt đầu trở đi."


class MemberForm(OfficeForm):
    """A member."""

    class Meta:
        model = AssociationMember
        fields = ["association", "producer", "valid_from", "valid_to", "document"]
        labels = {"valid_from": "Vào hội ngày", "valid_to": "Ra hội sau ngày"}


class MembersRegister(OfAssociation):
    """Producers in associations: on the page of both."""

    key = "association_members"
    model = AssociationMember
    title = "Hội viên Hội OCOP"
    noun = "hội viên"
    icon = "users"
    order = 61
    story = ("producer",)
    related = ("association__unit", "producer")
    columns = (
        Column("association", sort="association__name"),
        Column("producer", sort="producer__name"),
        Column("valid_from", "Vào hội ngày"),
        Column("valid_to", "Ra hội sau ngày"),
        Column("document", on="list detail excel import"),
    )
    form_class = MemberForm
    ordering = ("-valid_from", "pk")
    natural_key = ("association", "producer", "valid_from")
    empty_text = "Chưa ghi hội viên nào."


class OfficerForm(OfficeForm):
    """An officer of an association."""

    class Meta:
        model = AssociationOfficer
        fields = ["association", "person", "position", "producer", "term", "valid_from", "valid_to"]
        labels = {"valid_from": "Giữ chức từ ngày", "valid_to": "Đến hết ngày"}
        help_texts = {"term": "Ví dụ 2024-2029.", "producer": "Chủ thể mà người này đại diện, nếu có."}


class OfficersRegister(OfAssociation):
    """Who holds which seat in which term."""

    key = "association_officers"
    model = AssociationOfficer
    title = "Ban chấp hành"
    noun = "cán bộ hội"
    icon = "id"
    order = 62
    related = ("association__unit", "producer")
    columns = (
        Column("person"),
        Column("association", sort="association__name"),
        Column("position"),
        Column("producer", sort="producer__name"),
        Column("term", kind=Kind.CODE),
        Column("valid_from", "Giữ chức từ ngày"),
        Column("valid_to", "Đến hết ngày"),
    )
    filters = ("position",)
    form_class = OfficerForm
    ordering = ("-valid_from", "pk")
    natural_key = ("association", "person", "position", "valid_from")
    empty_text = "Chưa ghi cán bộ nào."


class ActivityForm(OfficeForm):
    """An activity."""

    class Meta:
        model = AssociationActivity
        fields = ["association", "on", "kind", "what", "participants", "cost"]


class ActivitiesRegister(OfAssociation):
    """What associations did, with participants and cost."""

    key = "association_activities"
    model = AssociationActivity
    title = "Hoạt động của hội"
    noun = "hoạt động"
    icon = "calendar-event"
    order = 63
    columns = (
        Column("what"),
        Column("association", sort="association__name"),
        Column("on"),
        Column("kind"),
        Column("participants", total=True),
        Column("cost", kind=Kind.MONEY, total=True),
    )
    filters = {"kind": ["exact"], "on": ["gte", "lte"]}
    form_class = ActivityForm
    ordering = ("-on", "pk")
    natural_key = ("association", "on", "what")
    empty_text = "Chưa ghi hoạt động nào."


class SupportForm(OfficeForm):
    """Support given to an association."""

    class Meta:
        model = AssociationSupport
        fields = ["association", "year", "what", "amount", "money", "given_by"]


class SupportsRegister(OfAssociation):
    """What associations were given, by year and source."""

    key = "association_supports"
    model = AssociationSupport
    title = "Hỗ trợ cho hội"
    noun = "khoản hỗ trợ"
    icon = "calculator"
    order = 64
    columns = (
        Column("what"),
        Column("association", sort="association__name"),
        Column("year", kind=Kind.CODE),
        Column("amount", kind=Kind.MONEY, total=True),
        Column("money"),
        Column("given_by", on="detail excel import"),
    )
    filters = ("year", "money")
    form_class = SupportForm
    ordering = ("-year", "pk")
    natural_key = ("association", "year", "what", "money")
    empty_text = "Chưa ghi khoản hỗ trợ nào."


ASSOCIATIONS = AssociationsRegister()
MEMBERS = MembersRegister()
OFFICERS = OfficersRegister()
ACTIVITIES = ActivitiesRegister()
SUPPORTS = SupportsRegister()
