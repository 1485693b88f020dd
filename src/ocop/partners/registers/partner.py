"""The register of partners by the plan's six kinds."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse

from ocop.kit import clock
from ocop.kit.registers import Column, Preset, Register, Section, where
from ocop.partners import permissions
from ocop.partners.enums import PartnerState
from ocop.partners.models import (
    Partner,
    Service,
)
from ocop.partners.registers.forms import (
    ConsentForm,
    PartnerForm,
    WithdrawForm,
)
from ocop.producers.casework import OfficeRegister


class PartnerFilters(django_filters.FilterSet):
    """Kind, part in the chain, what it offers, state."""

    services = django_filters.ModelChoiceFilter(queryset=Service.objects.all(), label="Lĩnh vực cung cấp")

    class Meta:
        model = Partner
        fields = ["kind", "part", "services", "state"]


def _hidden(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    public = Partner.objects.published_on(clock.today()).values("pk")
    return rows.filter(state=PartnerState.ACTIVE).exclude(pk__in=public)


class PartnersRegister(OfficeRegister):
    """Partners by the plan's six kinds (clause IV.9)."""

    key = "partners"
    model = Partner
    title = "Sổ đối tác"
    noun = "đối tác"
    section = "Xúc tiến"
    icon = "users-group"
    order = 60
    keepers = permissions.KEEPERS
    with_producers = True
    producer_path = ""
    columns = (
        Column("name", "Tên đối tác", width=40, example="Công ty TNHH Bao bì Xanh"),
        Column("code", "Mã", on="detail excel api"),
        Column("kind"),
        Column("part", on="detail excel import api"),
        Column("service_words", "Lĩnh vực cung cấp", on="list detail excel api", sort=""),
        Column("unit", "Địa bàn theo dõi", on="detail excel import", sort="unit__name"),
        Column("introduction", on="detail excel import api"),
        Column("areas", on="list detail excel import api", places=0),
        Column("volume", on="excel import api"),
        Column("volume_unit", on="excel import api"),
        Column("volume_words", "Năng lực mỗi năm", on="list detail", sort="volume"),
        Column("staff", on="list detail excel import api"),
        Column("certificates", on="detail excel import api"),
        Column("certificate_note", on="detail excel import"),
        Column("tax_code", on="detail excel import"),
        Column("address", on="detail excel import"),
        Column("contact_person", on="detail import"),
        Column("phone", on="detail import"),
        Column("email", on="detail import"),
        Column("website", on="detail excel import"),
        Column("joined_on", on="detail excel import"),
        Column("state", on="list detail excel import api"),
        Column("note", on="detail excel import"),
        Column("source", on="detail excel import"),
    )
    filterset_class = PartnerFilters
    form_class = PartnerForm
    sections = (
        Section("Đối tác", ("name", "kind", "part", "service_words", "introduction", "state", "joined_on", "code")),
        Section("Năng lực", ("areas", "volume_words", "staff", "certificates", "certificate_note")),
        Section("Liên hệ", ("contact_person", "phone", "email", "website", "address", "tax_code")),
        Section("Theo dõi", ("unit", "note", "source")),
    )  # fmt: skip
    related = ("unit",)
    prefetch = ("services", "consents")
    ordering = ("name", "pk")
    natural_key = ("name", "kind")
    presets = (
        Preset(
            "dang-hop-tac",
            "Đang hợp tác",
            where(state=PartnerState.ACTIVE),
            "Chưa có đối tác nào đang hợp tác.",
        ),
        Preset(
            "chua-cong-khai", "Chưa công khai", _hidden, "Mọi đối tác đang hợp tác đều đã đồng ý công khai."
        ),
    )
    detail_template = "partners/partner_detail.html"
    empty_text = "Đối tác đã công khai xem được ở trang Đối tác OCOP của cổng công khai."

    def detail_context(self, user: Any, row: Partner) -> dict[str, Any]:
        """The consent to publication and its two presses."""
        keeps = bool(permissions.may_keep(user, row))
        consent = row.consent_on()
        today = clock.today()
        return {
            "consent": consent, "consents": list(row.consents.select_related("recorded_by")), "keeps": keeps,
            "agreed": _agreed_words(consent), "consenting": ConsentForm() if keeps else None,
            "withdrawing": WithdrawForm() if keeps and consent else None,
            "public_url": reverse("partners_public:partner", args=[row.code])
            if Partner.objects.published_on(today).filter(pk=row.pk).exists() else "",
        }  # fmt: skip


def _agreed_words(consent: Any) -> str:
    labels = dict(ConsentForm.base_fields["fields_agreed"].choices)
    return ", ".join(labels[name].lower() for name in consent.fields if name in labels) if consent else ""
