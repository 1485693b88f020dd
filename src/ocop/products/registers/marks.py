"""The register of marks (clause IV.6.2): who may use them, what was given towards them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ocop.kit.errors import Refusal, Refused, Verdict
from ocop.kit.excel import Kind
from ocop.kit.registers import Column
from ocop.producers.casework import OfficeForm, OfficeRegister
from ocop.producers.casework.lookups import ReachLookup, row_lookup
from ocop.producers.casework.registers import UnitStory
from ocop.producers.registers import day_input
from ocop.products import permissions
from ocop.products.models import Mark, MarkEntitlement, MarkSupport
from ocop.products.registers.record import officers_only, units_of_marks
from ocop.units.fields import UnitField


class MarkForm(forms.ModelForm):
    """A mark."""

    unit = UnitField(label="Địa bàn")

    class Meta:
        model = Mark
        fields = [
            "name", "kind", "goods", "unit", "owner", "scope", "registration_number", "registered_on", "valid_to",
            "status", "source", "note",
        ]  # fmt: skip
        widgets = {
            "registered_on": day_input(),
            "valid_to": day_input(),
            "scope": forms.Textarea(attrs={"rows": 3}),
        }


class MarksRegister(UnitStory):
    """Geographical indications, certification and collective marks of the province (clause IV.6.2)."""

    key = "marks"
    model = Mark
    title = "Sổ nhãn hiệu, chỉ dẫn địa lý"
    noun = "nhãn hiệu"
    icon = "award"
    section = "Chủ thể & sản phẩm"
    order = 30
    story = ("unit",)
    columns = (
        Column("name", "Tên", on="list detail excel import api"),
        Column("kind", on="list detail excel import api"),
        Column("goods", on="list detail excel import api"),
        Column("unit.title", "Địa bàn", on="list detail excel api", sort="unit__name"),
        Column("unit", "Địa bàn", on="import", lookup=units_of_marks, example="Xã Phúc Trạch"),
        Column("owner", on="detail excel import api"),
        Column("scope", on="detail excel import", sort=""),
        Column("registration_number", on="detail excel import api"),
        Column("registered_on", on="list detail excel import api"),
        Column("valid_to", on="detail excel import api"),
        Column("status", on="list detail excel import api"),
        Column("source", on="detail excel import", sort=""),
        Column("note", on="detail excel import", sort=""),
    )
    filters = ("kind", "status")
    form_class = MarkForm
    related = ("unit",)
    ordering = ("kind", "name", "pk")
    natural_key = ("name", "kind", "unit")
    detail_template = "products/mark_detail.html"
    empty_text = "Chỉ dẫn địa lý, nhãn hiệu chứng nhận và nhãn hiệu tập thể của tỉnh sẽ có ở đây."

    def may_see(self, user: Any) -> Verdict:
        return officers_only(user)

    def may_create(self, user: Any) -> Verdict:
        return permissions.may_keep_marks(user)

    def may_edit(self, user: Any, row: Mark) -> Verdict:
        return permissions.may_keep_marks(user, row.unit_id)

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """Protection does not end before it begins."""
        first, last = values.get("registered_on"), values.get("valid_to")
        if first and last and last < first:
            yield "Ngày hết bảo hộ phải từ ngày đăng ký trở đi"

    def save(self, form: Any, *, by: Any, is_new: bool) -> Mark:
        verdict = permissions.may_keep_marks(by, form.cleaned_data["unit"].pk)
        if isinstance(verdict, Refusal):
            raise Refused.because([verdict])
        return form.save()


def marks_by_name(user: Any) -> ReachLookup:
    """Marks that the person sees, by code and by name."""
    return row_lookup(Mark.objects.visible_to(user), what="sổ nhãn hiệu")


class OfMark(OfficeRegister):
    """What the registers on the page of a mark share."""

    section = "Chủ thể & sản phẩm"
    under = "mark"
    unit_path = "mark__unit_id"
    producer_path = ""
    keepers = permissions.MARK_KEEPERS
    related: tuple[str, ...] = ("mark__unit",)
    lookups = OfficeRegister.lookups | {Mark: marks_by_name}


class EntitlementForm(OfficeForm):
    """A producer that may use a mark."""

    class Meta:
        model = MarkEntitlement
        fields = ["mark", "producer", "document", "documented_on", "valid_from", "valid_to"]
        labels = {"valid_from": "Được dùng từ ngày", "valid_to": "Đến hết ngày"}


class EntitlementsRegister(OfMark):
    """Producers that may use a mark, by which document: on the page of both."""

    key = "mark_entitlements"
    model = MarkEntitlement
    title = "Quyền sử dụng nhãn hiệu"
    noun = "chủ thể được dùng"
    icon = "id"
    order = 31
    with_producers = True
    story = ("producer",)
    related = ("mark__unit", "producer")
    columns = (
        Column("mark", sort="mark__name"),
        Column("producer", sort="producer__name"),
        Column("document", kind=Kind.CODE),
        Column("documented_on", on="detail excel import api"),
        Column("valid_from", "Được dùng từ ngày"),
        Column("valid_to", "Đến hết ngày"),
    )
    form_class = EntitlementForm
    ordering = ("-valid_from", "pk")
    natural_key = ("mark", "producer", "valid_from")
    empty_text = "Chưa ghi chủ thể nào được quyền sử dụng."

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """A right ends after it begins."""
        yield from super().check_row(values, user)
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            yield "Ngày kết thúc phải từ ngày bắt đầu trở đi."


class MarkSupportForm(OfficeForm):
    """Support towards a mark."""

    class Meta:
        model = MarkSupport
        fields = ["mark", "year", "what", "amount", "money", "given_by"]


class MarkSupportsRegister(OfMark):
    """What was given towards registering, renewing and using marks, by year and source."""

    key = "mark_supports"
    model = MarkSupport
    title = "Hỗ trợ sở hữu trí tuệ"
    noun = "khoản hỗ trợ"
    icon = "calculator"
    order = 32
    columns = (
        Column("what", example="Đăng ký chỉ dẫn địa lý"),
        Column("mark", sort="mark__name"),
        Column("year", kind=Kind.CODE),
        Column("amount", kind=Kind.MONEY, total=True),
        Column("money"),
        Column("given_by"),
    )
    filters = ("year", "money")
    form_class = MarkSupportForm
    ordering = ("-year", "pk")
    natural_key = ("mark", "year", "what", "money")
    empty_text = "Chưa ghi khoản hỗ trợ nào."


MARKS = MarksRegister()
MARK_ENTITLEMENTS = EntitlementsRegister()
MARK_SUPPORTS = MarkSupportsRegister()
