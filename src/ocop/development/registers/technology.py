"""The register of technologies, the procedures of needs and of the yearly research list."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from ocop.accounts.enums import Role
from ocop.development.actions import technology
from ocop.development.models import ResearchList, Technology, TechnologyNeed
from ocop.development.papers import research_list_paper
from ocop.development.registers.cases import OpenedCase
from ocop.development.registers.forms import (
    ApproveListForm,
    IntroduceForm,
    ListForm,
    NeedForm,
    TechnologyForm,
    TransferForm,
)
from ocop.kit.cases import CasePaper
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Section
from ocop.producers.casework import OfficeRegister

SECTION = "Hỗ trợ & vốn"
SCIENCE = (Role.DEPARTMENT_OFFICER, Role.ADVISORY_OFFICER)
KEEPERS = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, *SCIENCE)


class TechnologiesRegister(OfficeRegister):
    """Technologies and equipment introduced to producers."""

    key = "technologies"
    model = Technology
    title = "Công nghệ, thiết bị giới thiệu"
    noun = "công nghệ"
    section = SECTION
    icon = "tools"
    order = 64
    keepers = SCIENCE
    with_producers = True
    producer_path = ""
    columns = (
        Column("name", width=40, example="Máy sấy lạnh 500 kg/mẻ"),
        Column("field"),
        Column("supplier", on="list detail excel import", sort="supplier__name"),
        Column("capacity", on="list detail excel import"),
        Column("cost", kind=Kind.MONEY, on="detail excel import"),
        Column("origin", on="detail excel import"),
        Column("description", on="detail excel import"),
        Column("introduced_on", on="list detail excel import"),
        Column("introduced_by", on="detail excel import"),
        Column("unit", "Địa bàn giới thiệu", on="detail excel import", sort="unit__name"),
        Column("producers_told", on="detail excel import", total=True),
        Column(
            "need_count", "Nhu cầu được đáp", kind=Kind.INTEGER, on="list detail excel", sort="need_count", total=True
        ),
        Column(
            "transfer_count", "Đã chuyển giao", kind=Kind.INTEGER, on="list detail excel", sort="transfer_count",
            total=True,
        ),
    )  # fmt: skip
    filters = ("field",)
    form_class = TechnologyForm
    related = ("supplier", "unit")
    ordering = ("-introduced_on", "pk")
    natural_key = ("name", "introduced_on")
    story = ("supplier",)
    empty_text = "Công nghệ bảo quản, chế biến sâu và thiết bị mới giới thiệu cho chủ thể."

    def scope(self, user: Any) -> QuerySet:
        return Technology.objects.visible_to(user).counted()


class NeedsProcedure(OpenedCase):
    """Technology needs, from the proposal to the result of the transfer."""

    key = "needs"
    model = TechnologyNeed
    title = "Nhu cầu công nghệ"
    noun = "nhu cầu"
    section = SECTION
    icon = "bulb"
    order = 66
    desk = technology.NEED_DESK
    keepers = KEEPERS
    opened_by_producers = True
    marks = {
        "proposed": ("clay", "bulb"), "gathered": ("water", "list"), "listed": ("water", "list-details"),
        "approved": ("water", "list-check"), "introduced": ("water", "tools"), "transferred": ("leaf", "check"),
        "declined": ("grey", "slash"), "withdrawn": ("grey", "slash"),
    }  # fmt: skip
    verb_forms = {"introduce": forms.Form, "transfer": forms.Form}
    columns = (
        Column("title", "Cần gì", width=45, example="Máy sấy lạnh cho bưởi khô"),
        Column("producer", on="list detail excel import", sort="producer__name"),
        Column("product", on="detail excel", sort="product__name"),
        Column("unit", "Địa bàn", on="detail excel", sort="unit__name"),
        Column("field"),
        Column("year", kind=Kind.CODE),
        Column("state", on="list detail excel api"),
        Column("due_on", on="list detail excel"),
        Column("description", on="detail excel import"),
        Column("capacity_now", on="detail excel import"),
        Column("capacity_wanted", on="detail excel import"),
        Column("capacity_unit", on="detail excel import"),
        Column("cost_estimate", kind=Kind.MONEY, on="list detail excel import", total=True),
        Column("own_money", kind=Kind.MONEY, on="detail excel import", total=True),
        Column("research_list", on="detail excel", sort="research_list__year"),
        Column("technology", on="detail excel", sort="technology__name"),
        Column("introduced_on", on="detail excel"),
        Column("transferred_on", on="detail excel"),
        Column("contract_number", on="detail excel"),
        Column("transfer_cost", kind=Kind.MONEY, on="detail excel", total=True),
        Column("support_money", kind=Kind.MONEY, on="detail excel", total=True),
        Column("capacity_before", on="detail excel"),
        Column("capacity_after", on="detail excel"),
        Column("people_trained", on="detail excel", total=True),
        Column("result", on="detail excel"),
        Column("code", on="detail excel api"),
    )
    sections = (
        Section("Nhu cầu", ("title", "field", "producer", "product", "unit", "year", "description")),
        Section(
            "Năng lực, kinh phí", ("capacity_now", "capacity_wanted", "capacity_unit", "cost_estimate", "own_money")
        ),
        Section("Danh mục, công nghệ", ("research_list", "technology", "introduced_on")),
        Section(
            "Chuyển giao",
            ("transferred_on", "contract_number", "transfer_cost", "support_money", "capacity_before", "capacity_after",
             "people_trained", "result"),
        ),
    )  # fmt: skip
    filters = ("year", "field", "state")
    form_class = NeedForm
    related = ("producer", "product", "unit", "research_list", "technology")
    ordering = ("-opened_at", "-pk")
    natural_key = ("producer", "title", "year")
    story = ("producer", "product", "research_list", "technology")
    empty_text = (
        "Chủ thể đề xuất công nghệ, thiết bị cần; Sở Khoa học và Công nghệ tổng hợp vào danh mục năm."
    )

    def open_row(self, values: dict[str, Any], *, by: Any) -> TechnologyNeed:
        return technology.propose_need(values.pop("producer"), by=by, **values)

    def act(self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        return technology.press_need(row, verb, by=by, reason=reason, at=at, **data)

    def verb_form(self, verb: str, user: Any, row: Any, *args: Any) -> forms.Form | None:
        if verb == "introduce":
            return IntroduceForm(user, *args)
        return TransferForm(row, *args) if verb == "transfer" else super().verb_form(verb, user, row, *args)


class ListsProcedure(OpenedCase):
    """The research list of a year."""

    key = "lists"
    model = ResearchList
    title = "Danh mục nghiên cứu KH&CN"
    noun = "danh mục"
    section = SECTION
    icon = "clipboard-list"
    order = 68
    desk = technology.LIST_DESK
    keepers = SCIENCE
    with_producers = False
    producer_path = ""
    marks = {
        "draft": ("grey", "pencil"), "submitted": ("water", "hourglass"), "approved": ("leaf", "check"),
    }  # fmt: skip
    verb_forms = {"approve": ApproveListForm}
    papers = (CasePaper("danh-muc", "Danh mục (Word)", write=research_list_paper),)
    columns = (
        Column("title", "Tên danh mục", on="list detail excel"),
        Column("year", kind=Kind.CODE, on="list detail excel api"),
        Column("unit", "Địa bàn", on="detail excel", sort="unit__name"),
        Column("compiler", on="detail excel"),
        Column("state", on="list detail excel api"),
        Column(
            "need_count",
            "Số nhu cầu",
            kind=Kind.INTEGER,
            on="list detail excel",
            sort="need_count",
            total=True,
        ),
        Column("number", on="list detail excel"),
        Column("decided_on", on="list detail excel"),
    )
    filters = ("year", "state")
    form_class = ListForm
    related = ("unit",)
    ordering = ("-year", "pk")
    natural_key = ("year", "unit", "title")
    empty_text = "Lập danh mục của năm rồi lấy mọi nhu cầu địa phương đã tổng hợp."

    def scope(self, user: Any) -> QuerySet:
        return ResearchList.objects.visible_to(user).counted()

    def open_row(self, values: dict[str, Any], *, by: Any) -> ResearchList:
        return technology.open_list(by=by, **values)

    def act(self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        return technology.press_list(row, verb, by=by, reason=reason, at=at, **data)
