"""The registers of conferences: what was held, who came, what was signed."""

from typing import Any

from django.db.models import QuerySet

from ocop.kit.errors import Verdict
from ocop.kit.excel import Kind
from ocop.kit.registers import Column
from ocop.partners import permissions
from ocop.partners.models import (
    ConferenceAgreement,
    ConferenceAttendance,
    PartnerConference,
)
from ocop.partners.registers.forms import (
    AgreementForm,
    AttendanceForm,
    ConferenceForm,
)
from ocop.producers.casework import OfficeRegister


class ConferencesRegister(OfficeRegister):
    """Conferences that connect partners and producers, with who came and what was signed."""

    key = "conferences"
    model = PartnerConference
    title = "Hội nghị kết nối đối tác"
    noun = "hội nghị"
    section = "Xúc tiến"
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

    section = "Xúc tiến"
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
