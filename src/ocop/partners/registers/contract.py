"""The register of contracts between partners and producers."""

from dataclasses import replace
from typing import Any

import django_filters
from django.db.models import Q

from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Verdict
from ocop.kit.excel import Importer, Kind
from ocop.kit.registers import Column, Preset, where
from ocop.partners import guards, permissions
from ocop.partners.enums import ContractKind, ContractState
from ocop.partners.models import (
    Partner,
    PartnerContract,
)
from ocop.partners.registers.forms import NOT_YET, ContractForm
from ocop.partners.rules.twins import Deal
from ocop.producers.casework import OfficeRegister
from ocop.producers.models import Producer
from ocop.producers.permissions import access_kinds_of
from ocop.producers.queries import producers_of
from ocop.producers.registers import UnitFilter


class ContractFilters(django_filters.FilterSet):
    """Partner, kind, state, unit, year of signing."""

    unit = UnitFilter(field_name="unit_id", label="Địa bàn")
    year = django_filters.NumberFilter(field_name="signed_on", lookup_expr="year", label="Năm ký")

    class Meta:
        model = PartnerContract
        fields = ["kind", "state", "unit", "year"]


class ContractsRegister(OfficeRegister):
    """Contracts of partners with producers; producers write down their own."""

    key = "contracts"
    model = PartnerContract
    title = "Hợp đồng với đối tác"
    noun = "hợp đồng"
    section = "Xúc tiến"
    icon = "file-certificate"
    order = 62
    keepers = permissions.CONTRACT_KEEPERS
    presets = (
        Preset(
            "dang-thuc-hien",
            "Đang thực hiện",
            where(state=ContractState.RUNNING),
            "Không có hợp đồng nào đang thực hiện.",
        ),
    )
    with_producers = True
    columns = (
        Column("number", on="list detail excel import api", example="12/2026/HĐTT"),
        Column("partner", on="list detail excel import", sort="partner__name"),
        Column("producer", on="list detail excel import", sort="producer__name"),
        Column("unit", "Địa bàn", on="detail excel", sort="unit__name"),
        Column("kind"),
        Column("subject", on="detail excel import api"),
        Column("signed_on"),
        Column("starts_on", on="detail excel import"),
        Column("ends_on", on="detail excel import"),
        Column("value", kind=Kind.MONEY, total=True),
        Column("done_value", kind=Kind.MONEY, total=True),
        Column("state"),
        Column("result", on="detail excel import"),
        Column("conference", on="detail excel"),
    )
    filterset_class = ContractFilters
    form_class = ContractForm
    related = ("unit", "partner", "producer", "conference")
    ordering = ("-signed_on", "pk")
    natural_key = ("partner", "producer", "number")
    story = ("partner", "producer", "conference")
    empty_text = "Hợp đồng giữa chủ thể và đối tác: vật tư, dịch vụ, tiêu thụ, vay vốn, tài trợ."

    def may_create(self, user: Any) -> Verdict:
        """Officers of the producer's unit, and producers for themselves."""
        return ALLOWED if super().may_create(user) or producers_of(user) else super().may_create(user)

    def may_import(self, user: Any) -> Verdict:
        return super().may_create(user)

    def may_edit(self, user: Any, row: PartnerContract) -> Verdict:
        return ALLOWED if access_kinds_of(user, row.producer) else super().may_edit(user, row)

    def make_form(self, user: Any, row: Any, form_type: Any, *args: Any, **kwargs: Any) -> Any:
        """Producers choose among active partners, whom they may otherwise read of on the public site."""
        form = super().make_form(user, row, form_type, *args, **kwargs)
        if not OfficeRegister.may_create(self, user):
            public = Partner.objects.published_on(clock.today())
            own = [row.partner_id] if row is not None else []
            form.fields["partner"].queryset = Partner.objects.filter(
                Q(pk__in=public.values("pk")) | Q(pk__in=own)
            )
            form.fields.pop("conference")
        return form

    def save(self, form: Any, *, by: Any, is_new: bool) -> PartnerContract:
        """The unit is the producer's of the day; a producer's own people need no office."""
        row = form.instance
        if is_new:
            row.unit = row.producer.unit
        return super().save(form, by=by, is_new=is_new)

    def may_keep(self, user: Any, unit_id: int | None) -> Verdict:
        verdict = super().may_keep(user, unit_id)
        if not verdict and any(one.unit_id == unit_id for one in producers_of(user)):
            return ALLOWED
        return verdict

    def write_rows(self, rows: list[dict[str, Any]], *, by: Any) -> int:
        """Rows with their partner and producer at hand, each fetched once; the unit is the producer's."""
        partners = Partner.objects.in_bulk({row["partner_id"] for row in rows})
        producers = Producer.objects.in_bulk({row["producer_id"] for row in rows})
        for row in rows:
            row["partner"], row["producer"] = (
                partners[row.pop("partner_id")],
                producers[row.pop("producer_id")],
            )
            row["unit_id"] = row["producer"].unit_id
        return super().write_rows(rows, by=by)

    def importer(self, user: Any) -> Importer:
        """A sale that stands in another book of contracts is refused."""
        made, elsewhere = super().importer(user), guards.WrittenElsewhere(guards.OWN.key)
        partners = dict(Partner.objects.values_list("pk", "name"))

        def check(values: dict[str, Any]) -> Any:
            yield from made.check(values)
            if values.get("kind", ContractKind.SALE) == ContractKind.SALE:
                partner_id = values.get("partner_id")
                yield from elsewhere(
                    Deal(values.get("producer_id"), partner_id, partners.get(partner_id, ""),
                         values.get("number") or "", values.get("signed_on"))
                )  # fmt: skip

        return replace(made, check=check)

    def check_row(self, values: dict[str, Any], user: Any) -> Any:
        """The last day is not before the first, nothing more is done than was agreed on a negative sum."""
        yield from super().check_row(values, user)
        if values.get("signed_on") and values["signed_on"] > clock.today():
            yield NOT_YET
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            yield "Ngày kết thúc phải từ ngày bắt đầu trở đi"
