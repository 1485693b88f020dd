"""The register of consultants and experts, and the procedure of their assignments."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from ocop.accounts.enums import Role
from ocop.development.actions import advice
from ocop.development.models import Advice, Consultant
from ocop.development.registers.cases import OpenedCase
from ocop.development.registers.forms import AdviceForm, ConsultantForm, RateForm, ReportForm
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Preset, where
from ocop.producers.casework import OfficeRegister

KEEPERS = (Role.ADVISORY_OFFICER, Role.DEPARTMENT_OFFICER, Role.DISTRICT_OFFICER, Role.COMMUNE_OFFICER)


class ConsultantsRegister(OfficeRegister):
    """Who advises producers."""

    key = "consultants"
    model = Consultant
    title = "Chuyên gia, đơn vị tư vấn"
    noun = "chuyên gia, đơn vị"
    section = "Hỗ trợ & vốn"
    icon = "school"
    order = 60
    keepers = KEEPERS
    with_producers = True
    producer_path = ""
    columns = (
        Column("name", width=32, example="ThS. Nguyễn Văn Minh"),
        Column("kind"),
        Column("speciality"),
        Column("skills", on="detail excel import"),
        Column("workplace", on="list detail excel import"),
        Column("degree", on="detail excel import"),
        Column("years", on="detail excel import"),
        Column("partner", on="detail excel import", sort="partner__name"),
        Column("unit", "Địa bàn theo dõi", on="detail excel import", sort="unit__name"),
        Column("phone", on="detail import"),
        Column("email", on="detail import"),
        Column(
            "advice_count", "Số việc tư vấn", kind=Kind.INTEGER, on="list detail excel", sort="advice_count", total=True
        ),
        Column("rating", "Điểm chủ thể đánh giá", kind=Kind.DECIMAL, places=1, on="list detail excel", sort="rating"),
        Column("is_active", on="detail excel import"),
        Column("note", on="detail excel import"),
    )  # fmt: skip
    filters = ("kind", "speciality", "is_active")
    form_class = ConsultantForm
    related = ("unit", "partner")
    ordering = ("name", "pk")
    natural_key = ("name", "kind", "workplace")
    story = ("partner",)
    presets = (Preset("nhan-viec", "Đang nhận việc", where(is_active=True), "Chưa có ai đang nhận việc."),)
    empty_text = "Chuyên gia, đơn vị tư vấn giới thiệu cho chủ thể ghi ở đây."

    def scope(self, user: Any) -> QuerySet:
        return Consultant.objects.visible_to(user).counted()


class AdvicesProcedure(OpenedCase):
    """Consultants at work for producers."""

    key = "advices"
    model = Advice
    title = "Việc tư vấn"
    noun = "việc tư vấn"
    section = "Hỗ trợ & vốn"
    icon = "briefcase"
    order = 62
    desk = advice.ADVICE_DESK
    keepers = KEEPERS
    marks = {
        "running": ("water", "player-play"), "reported": ("leaf", "hourglass"), "rated": ("leaf", "check"),
        "unrated": ("grey", "check"), "cancelled": ("grey", "slash"),
    }  # fmt: skip
    verb_forms = {"report": ReportForm, "rate": RateForm}
    columns = (
        Column("task", "Việc giao", width=45, example="Hoàn thiện bao bì, nhãn hàng hóa"),
        Column("consultant", on="list detail excel import", sort="consultant__name"),
        Column("producer", on="list detail excel import", sort="producer__name"),
        Column("product", on="detail excel", sort="product__name"),
        Column("unit", "Địa bàn", on="detail excel", sort="unit__name"),
        Column("state", on="list detail excel api"),
        Column("starts_on", on="list detail excel import api"),
        Column("ends_on", on="list detail excel import api"),
        Column("days", on="detail excel import", total=True),
        Column("cost", kind=Kind.MONEY, on="detail excel import", total=True),
        Column("done_on", on="detail excel"),
        Column("result", on="detail excel"),
        Column("rating", on="list detail excel"),
        Column("rating_note", on="detail excel"),
    )
    filters = ("state",)
    form_class = AdviceForm
    related = ("consultant", "producer", "product", "unit")
    ordering = ("-starts_on", "-pk")
    natural_key = ("consultant", "producer", "task", "starts_on")
    story = ("producer", "product", "consultant")
    empty_text = "Việc giao cho chuyên gia, đơn vị tư vấn ở từng chủ thể."

    def open_row(self, values: dict[str, Any], *, by: Any) -> Advice:
        return advice.assign_advice(values.pop("consultant"), values.pop("producer"), by=by, **values)

    def act(self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        return advice.press_advice(row, verb, by=by, reason=reason, at=at, **data)

    def verb_form(self, verb: str, user: Any, row: Any, *args: Any) -> forms.Form | None:
        """The report starts from what was planned."""
        form = super().verb_form(verb, user, row, *args)
        if form is not None and verb == "report":
            form.initial |= {"days": row.days, "cost": row.cost}
        return form
