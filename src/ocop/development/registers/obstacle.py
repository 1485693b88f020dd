"""The procedure of obstacles."""

from typing import Any

from django import forms
from django.db.models import Q

from ocop.accounts.enums import Role
from ocop.development.actions import obstacles
from ocop.development.models import Obstacle, given_to
from ocop.development.registers.cases import OpenedCase
from ocop.development.registers.forms import AnswerForm, AssignForm, ObstacleForm, SettleForm
from ocop.development.rules.roles import ASSIGNEE
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Section

KEEPERS = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER, Role.DISTRICT_OFFICER, Role.DISTRICT_LEADER, Role.ADVISORY_OFFICER,
)  # fmt: skip


class ObstaclesProcedure(OpenedCase):
    """What holds producers up, until they say that it is gone."""

    key = "obstacles"
    model = Obstacle
    title = "Khó khăn, vướng mắc"
    noun = "vướng mắc"
    section = "Chu trình"
    icon = "alert-octagon"
    order = 60
    desk = obstacles.OBSTACLE_DESK
    keepers = KEEPERS
    opened_by_producers = True
    marks = {
        "raised": ("clay", "alert-circle"), "assigned": ("water", "user-check"), "answered": ("water", "message"),
        "settled": ("leaf", "hourglass"), "confirmed": ("leaf", "check"), "closed": ("grey", "slash"),
        "withdrawn": ("grey", "slash"),
    }  # fmt: skip
    verb_forms = {"assign": forms.Form, "reassign": forms.Form, "answer": AnswerForm, "settle": SettleForm}
    columns = (
        Column("title", "Vướng mắc", width=45, example="Thiếu 500 m² đất làm xưởng sấy"),
        Column("producer", on="list detail excel import", sort="producer__name"),
        Column("product", on="detail excel", sort="product__name"),
        Column("unit", "Địa bàn", on="detail excel", sort="unit__name"),
        Column("kind"),
        Column("description", on="detail excel import"),
        Column("state", on="list detail excel api"),
        Column("due_on", on="list detail excel"),
        Column("level", on="list detail excel"),
        Column("assigned_agency", on="detail excel", sort="assigned_agency__name"),
        Column("assignee", on="detail", sort="assignee__full_name"),
        Column("answer_by", on="detail excel"),
        Column("answered_on", on="detail excel"),
        Column("answer", on="detail excel"),
        Column("settle_by", on="detail excel"),
        Column("outcome", on="detail excel"),
        Column("result", on="detail excel"),
        Column("settled_on", on="detail excel"),
        Column("granted_m2", on="detail excel", total=True),
        Column("granted_money", kind=Kind.MONEY, on="detail excel", total=True),
        Column("escalations", on="detail excel"),
        Column("reopened", on="detail excel"),
        Column("opened_at", on="detail excel"),
        Column("code", on="detail excel api"),
    )
    sections = (
        Section("Vướng mắc", ("title", "kind", "producer", "product", "unit", "description", "opened_at", "code")),
        Section("Xử lý", ("assigned_agency", "assignee", "answer_by", "answered_on", "answer", "settle_by")),
        Section("Kết quả", ("outcome", "result", "settled_on", "granted_m2", "granted_money")),
        Section("Quá hạn", ("level", "escalations", "reopened")),
    )  # fmt: skip
    filters = ("kind", "state", "level", "outcome")
    form_class = ObstacleForm
    related = ("producer", "product", "unit", "assigned_agency", "assignee")
    ordering = ("-opened_at", "-pk")
    natural_key = ("producer", "title")
    story = ("producer", "product")
    empty_text = "Chủ thể hoặc cán bộ nêu khó khăn về đất đai, mặt bằng, vốn, giấy tờ… ở đây."

    def holding(self, user: Any) -> dict[str, Q]:
        return super().holding(user) | {ASSIGNEE: given_to(user)}

    def open_row(self, values: dict[str, Any], *, by: Any) -> Obstacle:
        return obstacles.raise_obstacle(values.pop("producer"), by=by, **values)

    def act(self, row: Any, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        return obstacles.press_obstacle(row, verb, by=by, reason=reason, at=at, **data)

    def verb_form(self, verb: str, user: Any, row: Any, *args: Any) -> forms.Form | None:
        if verb in ("assign", "reassign"):
            return AssignForm(row, *args)
        return super().verb_form(verb, user, row, *args)
