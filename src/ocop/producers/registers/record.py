"""The register of producers."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Refused, Verdict
from ocop.kit.excel import Importer, Kind
from ocop.kit.registers import Column, Section
from ocop.kit.registry import announce
from ocop.producers import actions, permissions
from ocop.producers.actions.register import checked_tax_code
from ocop.producers.casework.registers import UnitStory
from ocop.producers.enums import LegalForm
from ocop.producers.excel import ProducersImport
from ocop.producers.models import VIEWING_ROLES, Producer, ProducerForm
from ocop.producers.registers.parts import HIDDEN, UnitFilter, day_input
from ocop.producers.rules import tax_codes
from ocop.producers.watching import share_lines

YES_NO = [("True", "chỉ dòng chưa rõ"), ("False", "bỏ dòng chưa rõ")]


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


class ProducersRegister(UnitStory):
    """Who makes OCOP products; rows enter by the counter page, by registration or from Excel."""

    key = "producers"
    model = Producer
    title = "Sổ chủ thể"
    noun = "chủ thể"
    section = "Chủ thể & sản phẩm"
    icon = "building-store"
    order = 10
    story = ("unit",)
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
    list_related = ("unit", "forms")
    ordering = ("name", "pk")
    list_template = "producers/producer_list.html"
    detail_template = "producers/producer_detail.html"
    empty_text = "Chủ thể được ghi khi người dân đăng ký, khi xã ghi giúp hoặc nhập từ Excel."

    def detail_context(self, user: Any, row: Producer) -> dict[str, Any]:
        """Local labour and material by year, with their trend."""
        return {
            "shares": share_lines(row),
            "shares_add": f"{reverse('producers:local_shares_create')}?producer={row.pk}",
        }

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


PRODUCERS = ProducersRegister()
