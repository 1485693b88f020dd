"""The registers of partners: partners, contracts, conferences, assessments, messages."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse

from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Preset, Register, Section
from ocop.partners import permissions
from ocop.partners.actions import assessment, messages
from ocop.partners.enums import PartnerState
from ocop.partners.forms import (
    AgreementForm,
    AttendanceForm,
    ConcludeForm,
    ConferenceForm,
    ConsentForm,
    ContractForm,
    MarkForm,
    PartnerForm,
    WithdrawForm,
)
from ocop.partners.models import (
    ConferenceAgreement,
    ConferenceAttendance,
    Partner,
    PartnerAssessment,
    PartnerConference,
    PartnerContract,
    PartnerMessage,
    Service,
)
from ocop.partners.rules.messages import PARTNER
from ocop.producers.casework import OfficeProcedure, OfficeRegister
from ocop.producers.permissions import access_kinds_of
from ocop.producers.queries import producers_of
from ocop.producers.registers import UnitFilter

SECTION = "Xúc tiến"


class PartnerFilters(django_filters.FilterSet):
    """Kind, part in the chain, what it offers, state."""

    services = django_filters.ModelChoiceFilter(queryset=Service.objects.all(), label="Lĩnh vực cung cấp")

    class Meta:
        model = Partner
        fields = ["kind", "part", "services", "state"]


def _active(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(state=PartnerState.ACTIVE)


def _hidden(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    public = Partner.objects.published_on(clock.today()).values("pk")
    return rows.filter(state=PartnerState.ACTIVE).exclude(pk__in=public)


class PartnersRegister(OfficeRegister):
    """Partners by the plan's six kinds (clause IV.9)."""

    key = "partners"
    model = Partner
    title = "Sổ đối tác"
    noun = "đối tác"
    section = SECTION
    icon = "users-group"
    order = 60
    keepers = permissions.KEEPERS
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
        Preset("dang-hop-tac", "Đang hợp tác", _active, "Chưa có đối tác nào đang hợp tác."),
        Preset("chua-cong-khai", "Chưa công khai", _hidden, "Mọi đối tác đang hợp tác đều đã đồng ý công khai."),
    )
    detail_template = "partners/partner_detail.html"
    empty_text = "Đối tác của Chương trình OCOP, theo sáu nhóm của kế hoạch, ghi ở đây."

    def detail_context(self, user: Any, row: Partner) -> dict[str, Any]:
        """The consent to publication and its two presses."""
        keeps = bool(permissions.may_keep(user, row))
        consent = row.consent_on()
        today = clock.today()
        return {
            "consent": consent, "consents": list(row.consents.select_related("recorded_by")), "keeps": keeps,
            "agreed": _agreed_words(consent), "consenting": ConsentForm() if keeps else None,
            "withdrawing": WithdrawForm() if keeps and consent else None,
            "public_url": reverse("partners:public_partner", args=[row.code])
            if Partner.objects.published_on(today).filter(pk=row.pk).exists() else "",
        }  # fmt: skip


def _agreed_words(consent: Any) -> str:
    labels = dict(ConsentForm.base_fields["fields_agreed"].choices)
    return ", ".join(labels[name].lower() for name in consent.fields if name in labels) if consent else ""


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
    section = SECTION
    icon = "file-certificate"
    order = 62
    keepers = permissions.CONTRACT_KEEPERS
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
            form.fields["partner"].queryset = Partner.objects.filter(Q(pk__in=public.values("pk")) | Q(pk__in=own))
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

    def prepare(self, row: PartnerContract, *, by: Any) -> None:
        row.unit = row.producer.unit

    def check_row(self, values: dict[str, Any], user: Any) -> Any:
        """The last day is not before the first, nothing more is done than was agreed on a negative sum."""
        yield from super().check_row(values, user)
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            yield "Ngày kết thúc phải từ ngày bắt đầu trở đi"


class ConferencesRegister(OfficeRegister):
    """Conferences that connect partners and producers, with who came and what was signed."""

    key = "conferences"
    model = PartnerConference
    title = "Hội nghị kết nối đối tác"
    noun = "hội nghị"
    section = SECTION
    icon = "message-circle"
    order = 64
    keepers = permissions.CONFERENCE_KEEPERS
    producer_path = ""
    columns = (
        Column("name", width=45, example="Hội nghị kết nối đối tác OCOP năm 2026"),
        Column("held_on"),
        Column("ends_on", on="detail excel import"),
        Column("place", on="list detail excel import"),
        Column("unit", "Địa bàn tổ chức", on="detail excel import", sort="unit__name"),
        Column("organiser", on="detail excel import api"),
        Column("topic", on="detail excel import"),
        Column("visitors", on="detail excel import", total=True),
        Column("meetings", on="list detail excel import api", total=True),
        Column("partner_count", "Số đối tác dự", kind=Kind.INTEGER, on="list detail excel", sort="partner_count"),
        Column("producer_count", "Số chủ thể dự", kind=Kind.INTEGER, on="detail excel", sort="producer_count"),
        Column(
            "agreement_count", "Thỏa thuận đã ký", kind=Kind.INTEGER, total=True, on="list detail excel",
            sort="agreement_count",
        ),
        Column(
            "agreement_value", "Giá trị đã ký", kind=Kind.MONEY, total=True, on="list detail excel",
            sort="agreement_value",
        ),
        Column("cost", kind=Kind.MONEY, total=True, on="detail excel import"),
        Column("result", on="detail excel import"),
    )  # fmt: skip
    form_class = ConferenceForm
    filters = {"held_on": ["gte", "lte"]}
    related = ("unit",)
    ordering = ("-held_on", "pk")
    natural_key = ("name", "held_on")
    story = ("unit",)
    empty_text = "Hội nghị chia sẻ thông tin, gặp gỡ, đàm phán, ký kết giữa chủ thể và đối tác."

    def scope(self, user: Any) -> QuerySet:
        return PartnerConference.objects.visible_to(user).counted()


class _OfConference(OfficeRegister):
    """What is kept on the page of a conference."""

    section = SECTION
    under = "conference"
    keepers = permissions.CONFERENCE_KEEPERS
    unit_path = "conference__unit_id"
    producer_path = ""

    def may_edit(self, user: Any, row: Any) -> Verdict:
        return self.may_keep(user, row.conference.unit_id)


class AttendancesRegister(_OfConference):
    """Who came to a conference."""

    key = "attendances"
    model = ConferenceAttendance
    title = "Bên dự hội nghị"
    noun = "bên dự"
    columns = (
        Column("conference", "Hội nghị", on="list detail excel import", sort="conference__held_on"),
        Column("partner", on="list detail excel import", sort="partner__name"),
        Column("producer", on="list detail excel import", sort="producer__name"),
        Column("people", total=True),
        Column("meetings", total=True),
        Column("note", on="detail excel import"),
    )
    form_class = AttendanceForm
    related = ("conference__unit", "partner", "producer")
    ordering = ("-conference__held_on", "pk")
    natural_key = ("conference", "partner", "producer")
    story = ("partner", "producer")

    def check_row(self, values: dict[str, Any], user: Any) -> Any:
        """A line is a partner or a producer."""
        if bool(values.get("partner_id")) == bool(values.get("producer_id")):
            yield "Mỗi dòng ghi một đối tác hoặc một chủ thể"


class AgreementsRegister(_OfConference):
    """What was signed at a conference."""

    key = "agreements"
    model = ConferenceAgreement
    title = "Thỏa thuận ký tại hội nghị"
    noun = "thỏa thuận"
    columns = (
        Column("conference", "Hội nghị", on="list detail excel import", sort="conference__held_on"),
        Column("partner", on="list detail excel import", sort="partner__name"),
        Column("producer", on="list detail excel import", sort="producer__name"),
        Column("kind"),
        Column("number"),
        Column("signed_on"),
        Column("subject", on="detail excel import"),
        Column("value", kind=Kind.MONEY, total=True),
    )
    form_class = AgreementForm
    related = ("conference__unit", "partner", "producer")
    ordering = ("-signed_on", "pk")
    natural_key = ("conference", "partner", "producer", "kind", "number")
    story = ("partner", "producer")


class AssessmentsProcedure(OfficeProcedure):
    """The yearly assessment of the capacity of partners."""

    key = "assessments"
    model = PartnerAssessment
    title = "Đánh giá năng lực đối tác"
    noun = "bản đánh giá"
    section = SECTION
    icon = "checklist"
    order = 66
    desk = assessment.ASSESSMENT_DESK
    with_producers = False
    producer_path = ""
    keepers = permissions.KEEPERS
    marks = {
        "draft": ("grey", "pencil"), "proposed": ("water", "hourglass"), "concluded": ("leaf", "check"),
        "published": ("leaf", "world"), "dropped": ("grey", "slash"),
    }  # fmt: skip
    verb_forms = {"mark": forms.Form, "conclude": ConcludeForm}
    columns = (
        Column("partner", on="list detail excel", sort="partner__name"),
        Column("year", kind=Kind.CODE),
        Column("state", on="list detail excel"),
        Column("points", on="list detail excel"),
        Column("most", on="detail excel"),
        Column("grade", on="list detail excel"),
        Column("areas", on="detail excel"),
        Column("volume", on="detail excel"),
        Column("volume_unit", on="detail excel"),
        Column("staff", on="detail excel"),
        Column("certificates", on="detail excel"),
        Column("contracts", on="list detail excel", total=True),
        Column("contract_value", kind=Kind.MONEY, on="list detail excel", total=True),
        Column("conclusion", on="detail excel"),
        Column("concluded_on", on="detail excel"),
        Column("published_on", on="detail excel"),
        Column("due_on", on="list excel"),
    )
    filters = ("year", "state", "grade")
    related = ("partner", "unit")
    ordering = ("-year", "partner__name", "pk")
    story = ("partner",)
    list_template = "partners/assessment_list.html"
    detail_template = "partners/assessment_detail.html"
    empty_text = "Mở đợt đánh giá của năm để lập bản đánh giá cho từng đối tác."

    def act(self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        if verb == "mark":
            return assessment.mark(row, by=by, reason=reason, at=at, **data)
        return assessment.press_assessment(row, verb, by=by, reason=reason, at=at, **data)

    def verb_form(self, verb: str, user: Any, row: Any, *args: Any) -> forms.Form | None:
        return MarkForm(row, *args) if verb == "mark" else super().verb_form(verb, user, row, *args)

    def detail_context(self, user: Any, row: PartnerAssessment) -> dict[str, Any]:
        return {"lines": row.marked()}


class MessagesProcedure(OfficeProcedure):
    """Messages from the public site to partners."""

    key = "messages"
    model = PartnerMessage
    title = "Lời nhắn tới đối tác"
    noun = "lời nhắn"
    section = SECTION
    icon = "mail"
    order = 68
    desk = messages.MESSAGE_DESK
    producer_path = ""
    has_api = False
    marks = {
        "received": ("water", "mail"), "forwarded": ("water", "send"), "answered": ("leaf", "check"),
        "closed": ("grey", "slash"),
    }  # fmt: skip
    columns = (
        Column("code", "Mã", on="list detail excel"),
        Column("partner", on="list detail excel", sort="partner__name"),
        Column("state", on="list detail excel"),
        Column("opened_at", "Nhận lúc", on="list detail excel"),
        Column("due_on", on="list excel"),
        Column("sender", on="detail"),
        Column("place", on="detail"),
        Column("contact", on="detail"),
        Column("text", on="detail"),
        Column("forwarded_on", on="detail excel"),
        Column("answered_on", on="detail excel"),
    )
    filters = ("state",)
    related = ("partner", "unit")
    ordering = ("-opened_at", "-pk")
    story = ("partner",)
    empty_text = "Chủ thể, người mua nhắn từ trang đối tác công khai."

    def may_see(self, user: Any) -> Verdict:
        """The desk of partners, and a partner with an account."""
        if super().may_see(user):
            return ALLOWED
        own = Partner.objects.filter(account=getattr(user, "pk", None)).exists()
        return ALLOWED if own else Refusal("register.hidden", "Sổ này dành cho cán bộ và đối tác.")

    def may_create(self, user: Any) -> Verdict:
        return Refusal("messages.public", "Lời nhắn được gửi từ trang công khai của đối tác.")

    def holding(self, user: Any) -> dict[str, Q]:
        return super().holding(user) | {PARTNER: Q(partner__account=user.pk)}

    def act(self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        return messages.press_message(row, verb, by=by, reason=reason, at=at)


PARTNERS = PartnersRegister()
CONTRACTS = ContractsRegister()
CONFERENCES = ConferencesRegister()
ATTENDANCES = AttendancesRegister()
AGREEMENTS = AgreementsRegister()
ASSESSMENTS = AssessmentsProcedure()
MESSAGES = MessagesProcedure()
ALL = (PARTNERS, CONTRACTS, CONFERENCES, ATTENDANCES, AGREEMENTS, ASSESSMENTS, MESSAGES)
