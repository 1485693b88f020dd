"""Ideas as a procedure: registered, put before a meeting, chosen or refused (IV.3.2.a)."""

from typing import Any

import django_filters
from django.db.models import Q
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.cycle import actions, permissions
from ocop.cycle.enums import IdeaState, MeetingState
from ocop.cycle.models import Idea, SelectionMeeting
from ocop.cycle.queries.ideas import line_of, live_plan, own_drafts, without_plan
from ocop.cycle.registers.forms import IdeaForm, ListForm
from ocop.kit.cases import open_case
from ocop.kit.errors import Verdict
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Section
from ocop.producers.casework import OfficeProcedure
from ocop.producers.registers import UnitFilter
from ocop.units.queries import covered_ids


class IdeaFilters(django_filters.FilterSet):
    """State, year, unit, group, processing, priorities."""

    unit = UnitFilter(field_name="unit_id", label="Địa bàn")
    led_by_youth = django_filters.BooleanFilter(label="Thanh niên")
    led_by_women = django_filters.BooleanFilter(label="Phụ nữ")

    class Meta:
        model = Idea
        fields = ["state", "year", "unit", "group", "processing", "led_by_youth", "led_by_women"]


class IdeasProcedure(OfficeProcedure):
    """Ideas of products, from the draft on a phone to the answer of the meeting."""

    key = "ideas"
    model = Idea
    title = "Ý tưởng sản phẩm"
    noun = "ý tưởng"
    section = "Chu trình"
    icon = "bulb"
    order = 2
    desk = actions.IDEA_DESK
    keepers = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER)
    story = ("producer", "product", "unit")
    marks = {
        IdeaState.DRAFT: ("grey", "pencil"), IdeaState.REGISTERED: ("water", "send"),
        IdeaState.LISTED: ("clay", "users"), IdeaState.SELECTED: ("leaf", "circle-check"),
        IdeaState.REFUSED: ("seal", "circle-x"), IdeaState.WITHDRAWN: ("grey", "arrow-back-up"),
    }  # fmt: skip
    verb_forms = {"list": ListForm}
    columns = (
        Column("name", "Tên sản phẩm định làm", example="Mứt vỏ bưởi", required=True),
        Column("producer", sort="producer__name"),
        Column("unit", sort="unit__name", on="list detail excel api"),
        Column("year", kind=Kind.CODE),
        Column("group", sort="group__order", on="detail excel import api"),
        Column("description", on="detail excel import", sort=""),
        Column("origin", on="detail excel import", sort=""),
        Column("material", on="detail excel import", sort=""),
        Column("material_local_share", on="detail excel import api", sort=""),
        Column("processing", on="detail excel import api", sort=""),
        Column("labour_total", on="detail excel import api", total=True, sort=""),
        Column("labour_local", on="detail excel import api", total=True, sort=""),
        Column("led_by_youth", on="detail excel import api", sort=""),
        Column("led_by_women", on="detail excel import api", sort=""),
        Column("priority_words", "Ưu tiên", on="list", sort=""),
        Column("market", on="detail excel import", sort=""),
        Column("expected_revenue", kind=Kind.MONEY, on="detail excel import api", total=True, sort=""),
        Column("wanted_help", on="detail excel import", sort=""),
        Column("points", on="list detail excel api"),
        Column("state", on="list detail excel api"),
        Column("due_on", on="list detail excel api"),
        Column("opened_at", on="detail excel api", sort=""),
        Column("product", on="detail excel api", sort=""),
    )
    sections = (
        Section("Ý tưởng", ("producer", "unit", "year", "group", "description", "origin", "product")),
        Section("Nguyên liệu, người làm", (
            "material", "material_local_share", "processing", "labour_total", "labour_local", "led_by_youth",
            "led_by_women",
        )),
        Section("Thị trường", ("market", "expected_revenue", "wanted_help")),
    )  # fmt: skip
    filterset_class = IdeaFilters
    related = ("producer", "unit", "group", "product")
    ordering = ("-opened_at", "-pk")
    natural_key = ("name", "producer", "year")
    form_class = IdeaForm
    detail_template = "cycle/idea_detail.html"
    list_template = "cycle/idea_list.html"
    empty_text = "Ý tưởng của các cơ sở trên địa bàn hiện ở đây."

    def waiting_for(self, user: Any) -> Q:
        """A draft waits for its producer and for whoever began it, not for every officer who might send it; a chosen
        idea waits for its producer to write the plan."""
        return super().waiting_for(user) & own_drafts(user) | without_plan(user)

    def turn(self, row: Idea, held: set[str]) -> str:
        return "Lập phương án" if row.state == IdeaState.SELECTED else super().turn(row, held)

    def may_edit(self, user: Any, row: Idea) -> Verdict:
        verdict = super().may_edit(user, row)
        return permissions.may_write(user, row) if verdict else verdict

    def write(self, form: Any, row: Idea, *, by: Any, is_new: bool) -> None:
        if is_new:
            open_case(self.desk, row, by=by)
        else:
            row.save()

    def prepare(self, row: Idea, *, by: Any) -> None:
        row.unit = row.producer.unit

    def verb_form(self, verb: str, user: Any, row: Idea, *args: Any) -> Any:
        form = super().verb_form(verb, user, row, *args)
        if verb == "list" and form is not None:
            form.fields["meeting"].queryset = self._meetings(user, row)
        return form

    def _meetings(self, user: Any, row: Idea) -> Any:
        meetings = SelectionMeeting.objects.visible_to(user).filter(state=MeetingState.PLANNED, year=row.year)
        ids = [
            one.pk
            for one in meetings.select_related("unit")
            if row.unit_id in covered_ids(one.unit) | {one.unit_id}
        ]
        return meetings.filter(pk__in=ids)

    def act(self, row: Idea, verb: str, *, by: Any, reason: str, data: dict[str, Any], at: Any = None) -> Any:
        if verb == "list":
            return actions.list_ideas(data["meeting"], [row], by=by, at=at)
        if verb == "unlist":
            return actions.drop_idea(row, by=by, at=at)
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)

    def detail_context(self, user: Any, row: Idea) -> dict[str, Any]:
        """Where writing goes on, what the meeting said, and the plan that follows."""
        plan = live_plan(row)
        may_plan = row.state == IdeaState.SELECTED and plan is None and permissions.may_plan(user, row)
        return {
            "write_url": reverse("cycle:idea_write", args=[row.pk])
            if permissions.may_write(user, row)
            else "",
            "line": line_of(row),
            "plan": plan,
            "plan_url": reverse("cycle:plan_start", args=[row.pk]) if may_plan else "",
        }


IDEAS = IdeasProcedure()
