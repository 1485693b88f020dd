"""The registers of producers and craft villages."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Refusal, Refused, Verdict
from ocop.kit.excel import Importer, Kind
from ocop.kit.registers import Column, Register, Section
from ocop.kit.registry import announce
from ocop.producers import actions, permissions
from ocop.producers.actions.register import checked_tax_code
from ocop.producers.enums import LegalForm
from ocop.producers.excel import ProducersImport
from ocop.producers.models import VIEWING_ROLES, CraftVillage, Producer, ProducerForm
from ocop.producers.rules import tax_codes
from ocop.units.enums import UnitLevel
from ocop.units.fields import UnitField
from ocop.units.models import Unit
from ocop.units.queries import match_ids

YES_NO = [("True", "chỉ dòng chưa rõ"), ("False", "bỏ dòng chưa rõ")]
HIDDEN = Refusal("register.hidden", "Sổ này dành cho cán bộ.")


def units_in_reach(user: Any, roles: tuple[str, ...], *levels: str) -> list[tuple[str, int]]:
    """(title, id) of the units in force today over which the person holds one of the roles; for imports."""
    rows = Unit.objects.valid_on(clock.today()).filter(pk__in=scope_of(user).unit_ids(*roles))
    return [(row.title, row.pk) for row in (rows.filter(level__in=levels) if levels else rows)]


def communes_registered_by(user: Any) -> list[tuple[str, int]]:
    """Communes whose register the person keeps."""
    return units_in_reach(user, permissions.REGISTRARS, UnitLevel.COMMUNE)


def day_input() -> forms.DateInput:
    """A native date input."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class UnitFilter(django_filters.Filter):
    """A unit by its old or new name; the rows of its subtree and of what it wholly absorbed."""

    field_class = UnitField

    def filter(self, rows: QuerySet, value: Unit | None) -> QuerySet:
        if value is None:
            return rows
        return rows.filter(**{f"{self.field_name}__in": match_ids(value, clock.today())})


class ProducerFilters(django_filters.FilterSet):
    """Legal form of today, unit, demo rows, rows without a known producer."""

    form = django_filters.ChoiceFilter(label="Loại hình", choices=LegalForm.choices, method="by_form")
    unit = UnitFilter(field_name="unit_id", label="Địa bàn")
    is_unknown = django_filters.ChoiceFilter(label="Chưa rõ chủ thể", choices=YES_NO)

    class Meta:
        model = Producer
        fields = ["form", "unit", "is_unknown"]

    def by_form(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Producers whose legal form of today is that; "unknown" also takes those without one."""
        today = ProducerForm.objects.valid_on(clock.today()).filter(producer=OuterRef("pk"))
        if value == LegalForm.UNKNOWN:
            return rows.exclude(Exists(today.exclude(form=LegalForm.UNKNOWN)))
        return rows.filter(Exists(today.filter(form=value)))


class ProducerEditForm(forms.ModelForm):
    """Plain facts of a producer; what is dated has pages of its own."""

    class Meta:
        model = Producer
        fields = [
            "name", "brand", "tax_code", "registration_number", "registration_issuer", "registered_on", "founded_year",
            "note",
        ]  # fmt: skip
        widgets = {"registered_on": day_input(), "note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "brand": "Tên công khai. Hộ sản xuất nên ghi tên thương hiệu hoặc biển hiệu, không ghi họ tên chủ hộ.",
            "tax_code": "10 số, 13 số, hoặc 12 số (số định danh cá nhân, được giữ kín).",
        }

    def clean_tax_code(self) -> str:
        """Digits of a right and free number."""
        try:
            return checked_tax_code(self.cleaned_data["tax_code"], but=self.instance)
        except Refused as refused:
            raise forms.ValidationError(refused.reason) from refused


class ProducersRegister(Register):
    """Who makes OCOP products; rows enter by the counter page, by registration or from Excel."""

    key = "producers"
    model = Producer
    title = "Sổ chủ thể"
    noun = "chủ thể"
    section = "Chủ thể & sản phẩm"
    icon = "building-store"
    order = 10
    columns = (
        Column("name", "Tên chủ thể", template="producers/_name_cell.html"),
        Column("public_name", "Tên công khai", on="detail api", sort=""),
        Column("code", "Mã", on="list detail excel api"),
        Column("form_label", "Loại hình", on="list detail excel api", sort=""),
        Column("unit.title", "Địa bàn", on="list detail excel api", sort="unit__name"),
        Column("tax_code_shown", "Mã số thuế", on="detail excel", sort=""),
        Column("registration_number", on="detail excel"),
        Column("registration_issuer", on="detail"),
        Column("registered_on", on="detail excel"),
        Column("founded_year", kind=Kind.CODE, on="detail excel", sort=""),
        Column("source", on="detail"),
        Column("note", on="detail"),
    )
    filterset_class = ProducerFilters
    form_class = ProducerEditForm
    sections = (
        Section(
            "Thông tin chung", ("name", "public_name", "code", "form_label", "unit.title", "founded_year")
        ),
        Section(
            "Đăng ký kinh doanh",
            ("tax_code_shown", "registration_number", "registration_issuer", "registered_on"),
        ),
        Section("Ghi chú, nguồn", ("note", "source")),
    )
    related = ("unit",)
    prefetch = ("forms", "sites__unit")
    ordering = ("name", "pk")
    list_template = "producers/producer_list.html"
    detail_template = "producers/producer_detail.html"
    empty_text = "Chủ thể được ghi khi người dân đăng ký, khi xã ghi giúp hoặc nhập từ Excel."

    def may_import(self, user: Any) -> Verdict:
        return permissions.may_register(user)

    def importer(self, user: Any) -> Importer:
        """A row is a producer with its legal form and address."""
        return ProducersImport(user).importer

    def may_export(self, user: Any) -> Verdict:
        return ALLOWED if scope_of(user).has_any(*VIEWING_ROLES) else HIDDEN

    def may_edit(self, user: Any, row: Producer) -> Verdict:
        return permissions.may_edit(user, row)

    def make_form(self, user: Any, row: Any, form_type: Any, *args: Any, **kwargs: Any) -> Any:
        """A person's tax code is shown to those whose work needs it, and their look at it is announced."""
        form = super().make_form(user, row, form_type, *args, **kwargs)
        if row is not None and tax_codes.is_personal(row.tax_code):
            if not permissions.may_see_personal(user, row):
                form.fields.pop("tax_code")
            elif not permissions.access_kinds_of(user, row):
                announce("personal.viewed", by=user, subject=row, fields=["tax_code"])
        return form

    def save(self, form: Any, *, by: Any, is_new: bool) -> Producer:
        names = set(form.changed_data) & set(ProducerEditForm.Meta.fields)
        return actions.update_producer(form.instance, by=by, changes={n: form.cleaned_data[n] for n in names})

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        return {"tax_code": ""}

    def menu_entry(self) -> Any:
        """Officers see it in the rail; producers reach their own rows from "Cơ sở của tôi"."""
        entry = super().menu_entry()
        return type(entry)(**{**vars(entry), "shown": lambda user: bool(self.may_export(user))})


class VillageForm(forms.ModelForm):
    """A craft village."""

    unit = UnitField(label="Địa bàn", levels=["commune"])

    class Meta:
        model = CraftVillage
        fields = [
            "name", "kind", "craft", "unit", "place", "status", "recognised_year", "decision", "valid_from", "valid_to",
            "households", "workers", "source", "note",
        ]  # fmt: skip
        widgets = {"valid_from": day_input(), "valid_to": day_input()}


class VillageFilters(django_filters.FilterSet):
    """Kind, state, unit."""

    unit = UnitFilter(field_name="unit_id", label="Địa bàn")

    class Meta:
        model = CraftVillage
        fields = ["kind", "status", "unit"]


class VillagesRegister(Register):
    """Craft villages and traditional crafts, recognised or proposed."""

    key = "villages"
    model = CraftVillage
    title = "Sổ làng nghề, nghề truyền thống"
    noun = "làng nghề"
    icon = "home"
    order = 40
    columns = (
        Column("name", "Tên", on="list detail excel import api", example="Làng nghề nước mắm Cương Gián"),
        Column("kind", on="list detail excel import api"),
        Column("craft", on="list detail excel import api"),
        Column("unit.title", "Địa bàn", on="list detail excel api", sort="unit__name"),
        Column("unit", "Địa bàn", on="import", lookup=communes_registered_by, example="Xã Thạch Khê"),
        Column("place", on="detail excel import"),
        Column("recognised_year", kind=Kind.CODE, label="Năm công nhận", on="list detail excel api"),
        Column("status", on="list detail excel import api"),
        Column("decision", on="detail excel import api"),
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


PRODUCERS = ProducersRegister()
VILLAGES = VillagesRegister()
