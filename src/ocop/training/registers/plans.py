"""Needs, yearly plans and their lines."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from ocop.kit import clock
from ocop.kit.cases import CasePaper
from ocop.kit.errors import Verdict
from ocop.kit.excel import Kind
from ocop.kit.models import sum_of
from ocop.kit.registers import Column, Preset, this_year
from ocop.producers.casework import OfficeProcedure, OfficeRegister
from ocop.producers.registers import UnitFilter
from ocop.training import papers
from ocop.training.actions import plans as actions
from ocop.training.actions.desks import PLAN_DESK
from ocop.training.enums import PLAN_MARKS, PlanState
from ocop.training.models import Need, PlanLine, YearPlan
from ocop.training.permissions import KEEPERS, is_draft, narrowed
from ocop.training.queries.organisers import agency_of, plan_progress
from ocop.training.registers.row_forms import LineForm, NeedForm, PlanForm
from ocop.training.registers.verb_forms import ApproveForm

SECTION = "Đào tạo"


class NeedFilters(django_filters.FilterSet):
    """Year, topic, audience, unit."""

    unit = UnitFilter(field_name="unit_id", label="Địa bàn")

    class Meta:
        model = Need
        fields = ["year", "topic", "audience", "unit"]


class NeedsRegister(OfficeRegister):
    """What people want to learn; producers say it on a page of their own, officers here or from Excel."""

    key = "training_needs"
    model = Need
    title = "Nhu cầu đào tạo"
    noun = "nhu cầu"
    section = SECTION
    icon = "bulb"
    order = 30
    keepers = KEEPERS
    presets = (
        Preset("nam-nay", "Năm nay và năm sau", this_year("year__gte"), "Chưa ai báo nhu cầu cho năm nay."),
    )
    story = ("producer", "unit")
    list_template = "training/need_list.html"
    columns = (
        Column("topic", "Chủ đề", sort="topic__order"),
        Column("year", kind=Kind.CODE, on="list detail excel api"),
        Column("year", on="import", example="2026"),
        Column("audience"),
        Column("persons", total=True),
        Column("unit.title", "Địa bàn", on="list detail excel api", sort="unit__name"),
        Column("unit", "Địa bàn", on="import", example="Xã Phúc Trạch"),
        Column("producer", sort="producer__name"),
        Column("wish", on="detail excel import api"),
        Column("said_at", on="detail excel"),
    )
    filterset_class = NeedFilters
    form_class = NeedForm
    related = ("topic", "unit", "producer")
    ordering = ("-year", "topic__order", "unit__name", "pk")
    natural_key = ("topic", "year", "unit", "producer", "audience")
    empty_text = "Chủ thể và cán bộ báo nhu cầu bằng điện thoại; số liệu được cộng theo chủ đề và địa bàn."

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        return {"producer": None}

    def write(self, form: Any, row: Need, *, by: Any, is_new: bool) -> None:
        """Who said it, and when."""
        row.said_by, row.said_at = by, clock.now()
        row.save()

    def prepare(self, row: Need, *, by: Any) -> None:
        row.said_by, row.said_at = by, clock.now()


class PlanFilters(django_filters.FilterSet):
    """Year, state, unit."""

    unit = UnitFilter(field_name="unit_id", label="Địa bàn")

    class Meta:
        model = YearPlan
        fields = ["year", "state", "unit"]


class PlansRegister(OfficeProcedure):
    """The yearly plan of an agency, approved by a numbered paper."""

    key = "training_plans"
    model = YearPlan
    desk = PLAN_DESK
    title = "Kế hoạch đào tạo năm"
    noun = "kế hoạch"
    section = SECTION
    icon = "clipboard-list"
    order = 31
    keepers = KEEPERS
    with_producers = False
    producer_path = ""
    story = ("unit",)
    marks = {str(state): mark for state, mark in PLAN_MARKS.items()}
    verb_forms = {"approve": ApproveForm}
    papers = (CasePaper("ke-hoach", "Kế hoạch (Word)", papers.plan_docx),)
    detail_template = "training/plan.html"
    columns = (
        Column("title", example="Kế hoạch đào tạo OCOP năm 2026 của tỉnh"),
        Column("year", kind=Kind.CODE, on="list detail excel api"),
        Column("year", on="import", example="2026"),
        Column("unit.title", "Địa bàn", on="list detail excel api", sort="unit__name"),
        Column("unit", "Địa bàn", on="import", example="Tỉnh Hà Tĩnh"),
        Column("agency", "Cơ quan lập", on="detail excel api", sort=""),
        Column("state", template="training/_state.html", on="list detail excel api"),
        Column(
            "courses",
            "Số lớp, cuộc",
            Kind.INTEGER,
            value=lambda row: row.courses or 0,
            on="list excel api",
            total=True,
        ),
        Column(
            "persons",
            "Số người",
            Kind.INTEGER,
            value=lambda row: row.persons or 0,
            on="list excel api",
            total=True,
        ),
        Column(
            "cost", "Kinh phí", Kind.MONEY, value=lambda row: row.cost or 0, on="list excel api", total=True
        ),
        Column("number", on="detail excel api"),
        Column("decided_on", on="detail excel api"),
        Column("due_on", on="list detail excel"),
        Column("note", on="detail excel import"),
    )
    filterset_class = PlanFilters
    form_class = PlanForm
    related = ("unit", "agency")
    ordering = ("-year", "unit__level", "title", "pk")
    natural_key = ("year", "unit", "title")
    empty_text = "Kế hoạch năm gồm các dòng: chủ đề, số lớp, số người, kinh phí; trình duyệt rồi xuất Word."

    def rows(self, user: Any) -> QuerySet:
        """With the sums of the lines."""
        lines = PlanLine.objects.all()
        return super().rows(user).annotate(
            courses=sum_of(lines, "plan", "courses"),
            persons=sum_of(lines, "plan", "officials", "producers"),
            cost=sum_of(lines, "plan", "cost"),
        )  # fmt: skip

    def holding(self, user: Any) -> dict[str, Q]:
        return narrowed(super().holding(user))

    def may_edit(self, user: Any, row: YearPlan) -> Verdict:
        """Only a draft is changed."""
        verdict = is_draft(row)
        return super().may_edit(user, row) if verdict else verdict

    def write(self, form: Any, row: YearPlan, *, by: Any, is_new: bool) -> None:
        if is_new:
            self.prepare(row, by=by)
            actions.open_plan(row, by=by)
        else:
            row.save()

    def prepare(self, row: YearPlan, *, by: Any) -> None:
        """The agency in whose name the person works."""
        row.agency = row.agency or agency_of(by, row.unit_id)

    def act(
        self,
        row: YearPlan,
        verb: str,
        *,
        by: Any,
        reason: str,
        data: dict[str, Any],
        at: datetime | None = None,
    ) -> Any:
        if verb == "approve":
            return actions.approve_plan(row, by=by, at=at, **data)
        return actions.press_plan(row, verb, by=by, reason=reason, at=at)

    def detail_context(self, user: Any, row: YearPlan) -> dict[str, Any]:
        """What was planned and what came of it, and whether needs may be taken in."""
        return {
            "progress": plan_progress(row),
            "may_fill": row.state == PlanState.DRAFT and self.may_edit(user, row),
        }


def drafts_seen(user: Any) -> list[tuple[str, int]]:
    """(title, id) of the plans in draft that the officer sees; for imports."""
    rows = YearPlan.objects.visible_to(user).filter(state=PlanState.DRAFT)
    return [(row.title, row.pk) for row in rows]


class LinesRegister(OfficeRegister):
    """The lines of the yearly plans."""

    key = "training_lines"
    model = PlanLine
    title = "Dòng kế hoạch đào tạo"
    noun = "dòng"
    section = SECTION
    icon = "list-details"
    order = 32
    keepers = KEEPERS
    unit_path = "plan__unit_id"
    producer_path = ""
    under = "plan"
    columns = (
        Column("topic", "Chủ đề", sort="topic__order"),
        Column("plan", "Kế hoạch", lookup=drafts_seen, sort="plan__title"),
        Column("kind"),
        Column("courses", total=True),
        Column("officials", total=True),
        Column("producers", total=True),
        Column("cost", kind=Kind.MONEY, total=True),
        Column("quarter"),
        Column("source", on="detail excel import api"),
        Column("partner", on="detail excel import api"),
    )
    filters = {"topic": ["exact"], "kind": ["exact"], "quarter": ["exact"]}
    form_class = LineForm
    related = ("topic", "plan__unit", "partner")
    ordering = ("plan", "quarter", "topic__order", "pk")
    natural_key = ("plan", "topic", "kind")
    empty_text = "Thêm từng chủ đề với số lớp, số người và kinh phí, hoặc lấy từ nhu cầu đã báo."

    def _unit_id(self, row: PlanLine) -> int | None:
        return row.plan.unit_id

    def may_add_under(self, user: Any, parent: YearPlan) -> Verdict:
        return PLANS.may_edit(user, parent)

    def may_edit(self, user: Any, row: PlanLine) -> Verdict:
        return PLANS.may_edit(user, row.plan)

    def write(self, form: Any, row: PlanLine, *, by: Any, is_new: bool) -> None:
        actions.draft_only(row.plan)
        row.save()

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        """Plans are those in draft that the officer sees."""
        return ()


NEEDS = NeedsRegister()
PLANS = PlansRegister()
LINES = LinesRegister()
