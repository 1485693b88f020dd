"""Plans of agencies, their lines, the programme and its overlaps."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import django_filters
from django.db.models import Q

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit.cases import CasePaper
from ocop.kit.errors import Verdict, require
from ocop.kit.excel import Kind
from ocop.kit.registers import Column
from ocop.producers.casework import OfficeProcedure, OfficeRegister
from ocop.quality import papers, permissions
from ocop.quality.actions import plans as actions
from ocop.quality.enums import OverlapState, PlanState
from ocop.quality.models import Overlap, Plan, PlanLine, Programme
from ocop.quality.models.plan import this_year
from ocop.quality.registers.common import (
    BY_PRESS,
    LOOKUPS,
    SECTION,
    AgencyProcedure,
    area_faults,
    areas_typed,
    own_agencies,
)
from ocop.quality.registers.forms import IssueForm, LineForm, MergeForm, PlanForm, ProgrammeForm


def plans_kept(user: Any) -> list[tuple[str, int]]:
    """(title, id) of the plans that the person may write in; for imports."""
    rows = Plan.objects.filter(own_agencies(user), state__in=("draft", "returned")).select_related("agency")
    return [(str(row), row.pk) for row in rows]


def years_kept(user: Any) -> dict[int, int]:
    """The year of each plan that the person may write in; asked once for a sheet, kept on the user object."""
    known = user.__dict__.get("_quality_plan_years")
    if known is None:
        rows = Plan.objects.filter(own_agencies(user), state__in=("draft", "returned"))
        known = user.__dict__["_quality_plan_years"] = dict(rows.values_list("pk", "year"))
    return known


def said(line: PlanLine) -> str:
    """A line in a cell: whose, from when to when."""
    return f"{line.plan.agency}: {line.first_on:%d/%m} – {line.last_on:%d/%m/%Y}"


class PlansProcedure(AgencyProcedure):
    """The yearly plan of each agency (clause IV.4.1)."""

    key = "quality-plans"
    model = Plan
    title = "Kế hoạch kiểm tra của các cơ quan"
    noun = "kế hoạch"
    section = SECTION
    icon = "clipboard-list"
    order = 20
    desk = actions.PLAN_DESK
    keepers = permissions.OFFICERS
    with_producers = False
    producer_path = ""
    lookups = {**OfficeRegister.lookups, **LOOKUPS}
    columns = (
        Column("agency", sort="agency__name", on="list detail excel import api"),
        Column("year", kind=Kind.CODE, on="list detail excel import api"),
        Column("number", on="list detail excel import api"),
        Column("unit", on="detail excel api", sort=""),
        Column("state", on="list detail excel api"),
        Column("due_on", on="list detail excel api"),
        Column("programme", on="detail api", sort=""),
        Column("note", on="detail excel import", sort=""),
    )
    filters = ("year", "state")
    form_class = PlanForm
    related = ("agency", "unit", "programme")
    ordering = ("-year", "agency__name", "pk")
    natural_key = ("agency", "year")
    marks = {
        "draft": ("grey", "pencil"), "sent": ("water", "send"), "returned": ("clay", "arrow-back-up"),
        "taken": ("water", "checks"), "agreed": ("leaf", "circle-check"),
    }  # fmt: skip
    papers = (CasePaper("ke-hoach", "Kế hoạch (Word)", write=papers.plan_docx),)
    empty_text = "Mỗi sở, mỗi địa phương lập một kế hoạch cho mỗi năm rồi gửi cơ quan thường trực."

    def holding(self, user: Any) -> dict[str, Q]:
        return {**super().holding(user), "quality.keeper": own_agencies(user)}

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        return {"state": PlanState.DRAFT, "year": this_year() + number % 70}

    def may_create(self, user: Any) -> Verdict:
        return permissions.is_officer(user)

    def may_edit(self, user: Any, row: Plan) -> Verdict:
        return permissions.may_write_plan(user, row)

    def save(self, form: Any, *, by: Any, is_new: bool) -> Plan:
        data = form.cleaned_data
        if is_new:
            return actions.open_plan(
                agency=data["agency"], year=data["year"], number=data["number"], note=data["note"], by=by
            )
        require(permissions.may_write_plan(by, form.instance))
        return form.save()

    def prepare(self, row: Plan, *, by: Any) -> None:
        row.unit = row.agency.unit  # type: ignore[assignment]

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        return ()

    def act(
        self, row: Plan, verb: str, *, by: Any, reason: str, data: Any, at: datetime | None = None
    ) -> Any:
        if verb == "take":
            return actions.take_plan(row, by=by, at=at)
        if verb == "return":
            return actions.return_plan(row, by=by, reason=reason, at=at)
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)


class LineFilters(django_filters.FilterSet):
    """Days; the lines of one plan stand on its page."""

    first_on__gte = django_filters.DateFilter(label="Ngày đầu từ", field_name="first_on", lookup_expr="gte")
    first_on__lte = django_filters.DateFilter(label="Ngày đầu đến", field_name="first_on", lookup_expr="lte")

    class Meta:
        model = PlanLine
        fields: list[str] = []


class LinesRegister(OfficeRegister):
    """The visits that a plan foresees."""

    key = "quality-lines"
    model = PlanLine
    title = "Lượt kiểm tra dự kiến"
    noun = "lượt dự kiến"
    section = SECTION
    icon = "list-check"
    order = 21
    under = "plan"
    keepers = permissions.OFFICERS
    unit_path = "plan__unit_id"
    producer_path = ""
    lookups = {**OfficeRegister.lookups, Plan: plans_kept}
    columns = (
        Column("title", "Cơ sở", value=lambda row: row.producer.public_name, on="list"),
        Column("producer", on="detail excel import api", sort="producer__name"),
        Column("plan", on="list detail excel import api", sort="plan__agency__name"),
        Column("first_on", on="list detail excel import api"),
        Column("last_on", on="list detail excel import api"),
        Column("areas", on="import", hint="Các nội dung cách nhau bằng dấu chấm phẩy; trống: toàn bộ"),
        Column("areas_shown", "Nội dung kiểm tra", on="list detail excel api", sort=""),
        Column("lead", on="list detail excel api", sort=""),
        Column("merged_into", on="list detail excel api", sort=""),
        Column("note", on="detail excel import", sort=""),
    )
    filterset_class = LineFilters
    form_class = LineForm
    related = ("producer", "plan__agency", "lead", "merged_into__producer")
    ordering = ("first_on", "pk")
    natural_key = ("plan", "producer", "first_on")
    empty_text = "Thêm cơ sở, thời gian, nội dung kiểm tra; hoặc nhập cả danh sách từ Excel."

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        first = date(this_year(), 1 + number % 12, 1 + number % 20)
        return {"first_on": first, "last_on": first, "areas": "label"}

    def may_create(self, user: Any) -> Verdict:
        return permissions.is_officer(user)

    def may_add_under(self, user: Any, parent: Plan) -> Verdict:
        return permissions.may_write_plan(user, parent)

    def may_edit(self, user: Any, row: PlanLine) -> Verdict:
        return permissions.may_write_plan(user, row.plan)

    def save(self, form: Any, *, by: Any, is_new: bool) -> PlanLine:
        data = form.cleaned_data
        plan = data.get("plan") or form.instance.plan
        actions.check_line(plan, first_on=data["first_on"], last_on=data["last_on"], by=by)
        return form.save()

    def prepare(self, row: PlanLine, *, by: Any) -> None:
        row.areas = areas_typed(row.areas)[0]

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        first, last = values.get("first_on"), values.get("last_on")
        if first and last and last < first:
            yield "Ngày cuối phải từ ngày đầu trở đi"
        year = years_kept(user).get(values.get("plan_id") or 0)
        if year and any(day and day.year != year for day in (first, last)):
            yield f"Lượt kiểm tra phải nằm trong năm {year} của kế hoạch"
        yield from area_faults(values.get("areas") or "")


class ProgrammesProcedure(OfficeProcedure):
    """The joint programme of the province."""

    key = "quality-programmes"
    model = Programme
    title = "Chương trình kiểm tra năm của tỉnh"
    noun = "chương trình"
    section = SECTION
    icon = "clipboard-check"
    order = 10
    desk = actions.PROGRAMME_DESK
    keepers = (Role.STANDING_OFFICER,)
    with_producers = False
    producer_path = ""
    columns = (
        Column("title", "Chương trình", value=str, on="list"),
        Column("year", kind=Kind.CODE, on="detail excel api"),
        Column("unit", on="list detail excel api", sort=""),
        Column("state", on="list detail excel api"),
        Column("plan_count", "Số kế hoạch", kind=Kind.INTEGER, on="list detail excel api",
               value=lambda row: len(row.plans.all())),
        Column("open_count", "Chỗ trùng chưa xử lý", kind=Kind.INTEGER, on="list detail excel api",
               value=lambda row: sum(one.state == "open" and not one.voided_at for one in row.overlaps.all())),
        Column("number", on="list detail excel api"),
        Column("issued_on", on="list detail excel api"),
        Column("note", on="detail excel", sort=""),
    )  # fmt: skip
    filters = ("year", "state")
    form_class = ProgrammeForm
    related = ("unit",)
    prefetch = ("plans", "overlaps")
    ordering = ("-year", "pk")
    verb_forms = {"issue": IssueForm}
    marks = {
        "collecting": ("water", "inbox"), "proposed": ("clay", "send"), "approved": ("water", "check"),
        "issued": ("leaf", "circle-check"),
    }  # fmt: skip
    papers = (CasePaper("chuong-trinh", "Chương trình (Word)", write=papers.programme_docx),)
    detail_template = "quality/programme.html"
    of_overlap = ("producer", "first__plan__agency", "second__plan__agency")
    empty_text = "Chương trình của năm mở ra khi cơ quan thường trực nhận kế hoạch đầu tiên."

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        return {"year": this_year() + number % 70}

    def may_create(self, user: Any) -> Verdict:
        return BY_PRESS

    def detail_context(self, user: Any, row: Programme) -> dict[str, Any]:
        """What is still to be settled, the plans in it, how many of its lines were joined."""
        lines = PlanLine.objects.filter(plan__programme=row)
        still_open = row.overlaps.counting().filter(state="open").select_related(*self.of_overlap)
        return {
            "overlaps": [
                (one, said(one.first), said(one.second)) for one in still_open.order_by("days", "pk")
            ],
            "may_settle": bool(scope_of(user).has(Role.STANDING_OFFICER, row.unit_id)),
            "plans": list(row.plans.select_related("agency").order_by("agency__name")),
            "lines": lines.filter(merged_into__isnull=True).count(),
            "merged": lines.filter(merged_into__isnull=False).count(),
        }

    def act(
        self, row: Programme, verb: str, *, by: Any, reason: str, data: Any, at: datetime | None = None
    ) -> Any:
        if verb == "propose":
            return actions.propose_programme(row, by=by, at=at)
        if verb == "issue":
            return actions.issue_programme(row, by=by, at=at, **data)
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)


class OverlapsProcedure(OfficeProcedure):
    """Two visits to one producer too near to each other, to be joined or justified."""

    key = "quality-overlaps"
    model = Overlap
    title = "Chỗ trùng giữa các kế hoạch"
    noun = "chỗ trùng"
    section = SECTION
    icon = "alert-triangle"
    order = 11
    under = "programme"
    desk = actions.OVERLAP_DESK
    with_producers = False
    unit_path = "programme__unit_id"
    producer_path = ""
    columns = (
        Column("title", "Cơ sở", value=lambda row: row.producer.public_name, on="list"),
        Column("producer", on="detail excel api", sort="producer__name"),
        Column("first_plan", "Lượt trước", on="list detail excel api",
               value=lambda row: said(row.first)),
        Column("second_plan", "Lượt sau", on="list detail excel api",
               value=lambda row: said(row.second)),
        Column("days", on="list detail excel api"),
        Column("gap", on="detail excel api", sort=""),
        Column("state", on="list detail excel api"),
        Column("programme", on="detail excel api", sort=""),
    )  # fmt: skip
    filters = ("state", "programme")
    related = ("producer", "programme", "first__plan__agency", "second__plan__agency")
    ordering = ("producer_id", "pk")  # what concerns one producer together
    verb_forms = {"merge": MergeForm}
    marks = {
        "open": ("seal", "alert-triangle"), "merged": ("leaf", "checks"), "justified": ("water", "check"),
        "gone": ("grey", "x"),
    }  # fmt: skip
    empty_text = "Không có cơ sở nào bị kiểm tra hai lượt gần nhau."

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        return {"state": OverlapState.GONE if number else OverlapState.OPEN}

    def may_create(self, user: Any) -> Verdict:
        return BY_PRESS

    def may_edit(self, user: Any, row: Overlap) -> Verdict:
        return BY_PRESS

    def verb_form(self, verb: str, user: Any, row: Overlap, *args: Any) -> Any:
        return MergeForm(*args, overlap=row) if verb == "merge" else None

    def after(self, row: Overlap) -> str:
        """Back to the programme, where the next overlap waits."""
        return row.programme.get_absolute_url()

    def act(
        self, row: Overlap, verb: str, *, by: Any, reason: str, data: Any, at: datetime | None = None
    ) -> Any:
        if verb == "merge":
            return actions.merge_overlap(row, keep=data["keep"], reason=reason, by=by, at=at)
        return super().act(row, verb, by=by, reason=reason, data=data, at=at)


PLANS = PlansProcedure()
LINES = LinesRegister()
PROGRAMMES = ProgrammesProcedure()
OVERLAPS = OverlapsProcedure()
