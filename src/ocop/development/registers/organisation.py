"""The procedure of producer organisations, with the advice given."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from ocop.accounts.enums import Role
from ocop.development.actions import organisations
from ocop.development.models import OrganisationAdvice, OrganisationCase
from ocop.development.registers.cases import STEPS, OpenedCase
from ocop.development.registers.forms import AdviseForm, CompleteForm, OrganisationForm
from ocop.kit.errors import Verdict
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Section
from ocop.producers.casework import OfficeRegister

KEEPERS = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.ADVISORY_OFFICER)


class OrganisationsProcedure(OpenedCase):
    """Organisations founded, strengthened, restructured."""

    key = "organisations"
    model = OrganisationCase
    title = "Phát triển tổ chức sản xuất"
    noun = "việc"
    section = "Chủ thể & sản phẩm"
    icon = "sitemap"
    order = 78
    desk = organisations.ORGANISATION_DESK
    keepers = KEEPERS
    opened_by_producers = True
    marks = {
        "asked": ("clay", "hourglass"), "advised": ("water", "message"), "done": ("leaf", "check"),
        "stopped": ("grey", "slash"), "withdrawn": ("grey", "slash"),
    }  # fmt: skip
    verb_forms = {"advise": AdviseForm, "advise_again": AdviseForm, "complete": forms.Form}
    columns = (
        Column("name", "Tổ chức", on="list detail excel import api", width=40, example="Tổ hợp tác nuôi ong Sơn Kim"),
        Column("change"),
        Column("producer", on="list detail excel import", sort="producer__name"),
        Column("unit", "Địa bàn", on="list detail excel import", sort="unit__name"),
        Column("form", on="detail excel import api"),
        Column("state", on="list detail excel api"),
        Column("due_on", on="list detail excel"),
        Column("wish", on="detail excel import"),
        Column("members_before", on="detail excel import"),
        Column("capital_before", kind=Kind.MONEY, on="detail excel import"),
        Column(
            "advice_count", "Số lần tư vấn", kind=Kind.INTEGER, on="list detail excel", sort="advice_count", total=True
        ),
        Column("members_after", on="list detail excel", total=True),
        Column("capital_after", kind=Kind.MONEY, on="detail excel", total=True),
        Column("registration", on="detail excel"),
        Column("registered_on", on="detail excel"),
        Column("result", on="detail excel"),
        Column("code", on="detail excel api"),
    )  # fmt: skip
    sections = (
        Section("Đề nghị", ("name", "change", "producer", "unit", "form", "wish", "members_before", "capital_before")),
        Section(
            "Kết quả", ("members_after", "capital_after", "registration", "registered_on", "result", "advice_count")
        ),
    )  # fmt: skip
    filters = ("change", "form", "state")
    form_class = OrganisationForm
    related = ("producer", "unit")
    ordering = ("-opened_at", "-pk")
    natural_key = ("name", "unit", "change")
    story = ("producer", "unit")
    empty_text = (
        "Đề nghị thành lập, củng cố, tái cấu trúc tổ hợp tác, hợp tác xã, liên hiệp hợp tác xã, doanh nghiệp."
    )

    def scope(self, user: Any) -> QuerySet:
        return OrganisationCase.objects.visible_to(user).counted()

    def open_row(self, values: dict[str, Any], *, by: Any) -> OrganisationCase:
        return organisations.ask_organisation(by=by, **values)

    def act(self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        if verb in ("advise", "advise_again"):
            return organisations.advise(row, by=by, reason=reason, at=at, **data)
        if verb == "complete":
            return organisations.complete(row, by=by, reason=reason, at=at, **data)
        return organisations.press_organisation(row, verb, by=by, reason=reason, at=at)

    def verb_form(self, verb: str, user: Any, row: Any, *args: Any) -> forms.Form | None:
        if verb == "complete":
            return CompleteForm(row, *args)
        return super().verb_form(verb, user, row, *args)


class OrganisationAdvicesRegister(OfficeRegister):
    """Advice given to organisations; written by the steps of a case."""

    key = "organisation_advices"
    model = OrganisationAdvice
    title = "Các lần tư vấn"
    noun = "lần tư vấn"
    section = "Chủ thể & sản phẩm"
    under = "case"
    with_producers = True
    unit_path = "case__unit_id"
    producer_path = "case__producer_id"
    columns = (
        Column("advised_on", on="list detail excel api"),
        Column("case", "Việc", on="list detail excel", sort="case__name"),
        Column("content", on="list detail excel api"),
        Column("adviser", on="list detail excel api"),
        Column("people", on="list detail excel api", total=True),
        Column("hours", places=1, on="list detail excel api", total=True),
    )
    related = ("case__unit",)
    ordering = ("case", "advised_on", "pk")

    def may_create(self, user: Any) -> Verdict:
        return STEPS

    def may_edit(self, user: Any, row: Any) -> Verdict:
        return STEPS
