"""Assignments of the plan, and tasks as a procedure."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import django_filters
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from ocop.accounts.queries import scope_of
from ocop.direction import papers
from ocop.direction.actions import tasks as actions
from ocop.direction.enums import TaskState
from ocop.direction.models import Assignment, Task
from ocop.direction.permissions import tasks as permissions
from ocop.direction.queries.tasks import said_figure
from ocop.direction.registers.common import SECTION, named, of_own_agencies
from ocop.direction.registers.forms import (
    AcceptForm,
    ExtendForm,
    ReassignForm,
    ReportForm,
    TaskForm,
    agencies_given,
)
from ocop.direction.rules.tasks import MONITOR
from ocop.kit import clock
from ocop.kit.cases import CasePaper, Procedure
from ocop.kit.errors import Verdict, require
from ocop.kit.excel import Kind
from ocop.kit.registers import Column, Preset, Register, Section
from ocop.kit.registry import Todo
from ocop.producers.casework import OfficeProcedure, keep_files
from ocop.producers.registers import UnitFilter
from ocop.units.models import Agency

AHEAD = timedelta(days=30)
"""For so long before its last day a task that is under way stands among the things to do."""
ONE_BY_ONE = 3
"""As many alike are told one by one; more are one line."""
ALIKE = {
    TaskState.GIVEN.value: ("Nhận {} nhiệm vụ được giao", "Nhận nhiệm vụ"),
    TaskState.REPORTED.value: ("Xác nhận {} báo cáo kết quả nhiệm vụ", "Xác nhận hoàn thành"),
}


class AssignmentsRegister(Register):
    """What the plan assigns, word by word (section VI)."""

    key = "assignments"
    model = Assignment
    title = "Nhiệm vụ của Kế hoạch"
    noun = "nhiệm vụ"
    section = SECTION
    icon = "list-details"
    order = 42
    columns = (
        Column("code", kind=Kind.CODE),
        Column("title"),
        Column("who", "Giao cho", value=lambda row: row.who, on="list detail excel api"),
        Column("others", "Phối hợp", value=lambda row: row.others, on="detail excel"),
        Column("rhythm"),
        Column("measure", on="detail excel api"),
        Column("indicator", on="list detail excel api"),
        Column("text", on="detail excel", sort=""),
        Column("programme", sort="programme__valid_from", on="list detail excel api"),
    )
    filters = ("clause", "rhythm", "programme")
    related = ("programme",)
    prefetch = ("agencies", "cooperating")
    list_related = ("programme", "agencies")
    ordering = ("-programme_id", "order", "pk")
    per_page = 100  # a plan on one page
    sections = (
        Section("Nhiệm vụ", ("code", "title", "text", "programme")),
        Section("Thực hiện", ("who", "others", "rhythm", "measure", "indicator")),
    )

    def may_see(self, user: Any) -> Verdict:
        return permissions.official(user)


class TaskFilters(django_filters.FilterSet):
    """Agency, year, clause, state, unit, last day."""

    unit = UnitFilter(field_name="unit_id", label="Địa bàn")
    last_on__gte = django_filters.DateFilter(label="Hạn từ", field_name="last_on", lookup_expr="gte")
    last_on__lte = django_filters.DateFilter(label="Hạn đến", field_name="last_on", lookup_expr="lte")
    agency = django_filters.ModelChoiceFilter(
        label="Cơ quan",
        queryset=Agency.objects.filter(Exists(Task.objects.filter(agency=OuterRef("pk")))).order_by("name"),
    )

    class Meta:
        model = Task
        fields = ["state", "year", "clause", "agency", "unit"]


def _mine(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(of_own_agencies(user))


def _overdue(register: Register, rows: QuerySet, user: Any) -> QuerySet:
    return rows.overdue(clock.today())  # type: ignore[attr-defined]


class TasksProcedure(OfficeProcedure):
    """Tasks given to agencies (clauses VI.1 to VI.13)."""

    key = "tasks"
    model = Task
    title = "Nhiệm vụ được giao"
    noun = "nhiệm vụ"
    section = SECTION
    icon = "list-check"
    order = 40
    desk = actions.TASK_DESK
    keepers = (*permissions.PROVINCE, *permissions.DISTRICT)
    with_producers = False
    producer_path = ""
    presets = (
        Procedure.presets[0],
        Preset("cua-toi", "Của cơ quan tôi", _mine, "Cơ quan bạn chưa được giao nhiệm vụ nào."),
        Procedure.presets[1],
        Preset("tre", "Quá hạn", _overdue, "Không có nhiệm vụ nào quá hạn."),
    )
    columns = (
        Column("title"),
        Column("agency", sort="agency__name", lookup=lambda user: named(agencies_given(user))),
        Column("clause"),
        Column("state", on="list detail excel api"),
        Column("last_on"),
        Column("due_on", "Hạn của bước này", on="detail excel api"),
        Column("text", on="detail excel import", sort=""),
        Column("source", "Giao tại", value=lambda row: row.source, on="detail excel"),
        Column("basis", on="import api", sort=""),
        Column("document_number", on="import api", sort=""),
        Column("document_on", on="detail excel import api"),
        Column("others", "Phối hợp", value=lambda row: row.others, on="detail excel", sort=""),
        Column("year", kind=Kind.CODE, on="list detail excel api"),
        Column("first_on", on="detail excel import api"),
        Column("planned_from", on="detail excel api"),
        Column("planned_to", on="detail excel api"),
        Column("person", on="detail excel api"),
        Column("measure", on="detail excel import api", sort=""),
        Column("result", on="detail excel", sort=""),
        Column("quantity", on="detail excel api", places=2),
        Column("figure", "Số liệu kèm báo cáo", value=said_figure, on="detail excel"),
        Column("reported_on", on="detail excel api"),
        Column("returns", on="detail excel api"),
        Column("unit.title", "Địa bàn", on="detail excel api", sort="unit__name"),
        Column("monitor.title", "Nơi theo dõi, xác nhận", on="detail excel", sort="monitor__name"),
    )
    filterset_class = TaskFilters
    form_class = TaskForm
    related = ("agency__unit", "unit", "monitor", "assignment")
    prefetch = ("cooperating",)
    list_related = ("agency",)
    ordering = ("last_on", "pk")
    natural_key = ("agency", "title", "last_on")
    story = ("unit",)
    sections = (
        Section("Nhiệm vụ", ("title", "text", "agency", "others", "source", "document_on", "clause")),
        Section(
            "Thời gian", ("last_on", "first_on", "planned_from", "planned_to", "person", "monitor.title")
        ),
        Section(
            "Kết quả", ("result", "quantity", "figure", "measure", "reported_on", "returns", "unit.title")
        ),
    )
    verb_forms = {"accept": AcceptForm, "report": ReportForm, "extend": ExtendForm, "reassign": ReassignForm}
    marks = {
        "given": ("clay", "send"), "accepted": ("water", "check"), "running": ("water", "progress-check"),
        "reported": ("water", "report"), "returned": ("ink", "arrow-back-up"), "done": ("leaf", "circle-check"),
        "stopped": ("grey", "ban"),
    }  # fmt: skip
    papers = (CasePaper("phieu-giao-viec", "Phiếu giao việc, kết quả (Word)", papers.task_docx),)
    list_template = "direction/task_list.html"
    detail_template = "direction/task.html"
    empty_text = "Nhiệm vụ của Kế hoạch được giao theo năm; nhiệm vụ mới giao từ cuộc họp, văn bản."

    def may_see(self, user: Any) -> Verdict:
        return permissions.official(user)

    def may_create(self, user: Any) -> Verdict:
        return permissions.may_give(user)

    def may_edit(self, user: Any, row: Task) -> Verdict:
        return permissions.may_change_task(user, row)

    def holding(self, user: Any) -> dict[str, Q]:
        return permissions.tasks_held(user)

    def waiting_for(self, user: Any) -> Q:
        """What is under way waits only when its last day comes near."""
        under_way = Q(state__in=(TaskState.ACCEPTED, TaskState.RUNNING))
        return super().waiting_for(user) & (~under_way | Q(last_on__lte=clock.today() + AHEAD))

    def _crowds(self, user: Any) -> dict[str, dict[str, Any]]:
        """The states in which so many tasks wait for the person that they are one line."""
        waiting = self.rows(user).filter(self.waiting_for(user), state__in=ALIKE).order_by()
        counted = waiting.values("state").annotate(
            count=Count("pk"), due=Min("due_on"), since=Min("opened_at")
        )
        return {row["state"]: row for row in counted if row["count"] > ONE_BY_ONE}

    def todo_rows(self, user: Any) -> QuerySet:
        return super().todo_rows(user).exclude(state__in=list(self._crowds(user)))

    def todos(self, user: Any, today: date) -> Iterator[Todo]:
        """Many tasks to take up, or many reports to confirm, are one thing to do."""
        for state, row in self._crowds(user).items():
            words, action = ALIKE[state]
            yield Todo(
                f"tasks.{state}", words.format(row["count"]), f"{self.url('list')}?xem=cho-toi&state={state}", action,
                subject=self.title, since=row["since"], due=row["due"],
                kind="late" if row["due"] and row["due"] < today else "waiting",
            )  # fmt: skip
        yield from super().todos(user, today)

    def sample(self, number: int, given: Any) -> dict[str, Any]:
        unit = next((one for kind, one in given.items() if kind.__name__ == "Unit"), None)
        agency = next((one for kind, one in given.items() if kind is Agency), None)
        first = date(2026, 1 + number % 12, 1 + number % 20)
        found: dict[str, Any] = {
            "state": TaskState.GIVEN, "first_on": first, "last_on": first + timedelta(days=60), "assignment": None,
            "year": (first + timedelta(days=60)).year,
        }  # fmt: skip
        if unit is not None and agency is not None:
            found |= {"unit": unit, "monitor": unit, "agency": agency, "given_to": agency}
        return found

    def save(self, form: Any, *, by: Any, is_new: bool) -> Task:
        row = form.save(commit=False)
        if is_new:
            actions.give_task(row, by=by)
        else:
            require(permissions.may_change_task(by, row))
            row.save()
        form.save_m2m()
        keep_files(row, form.cleaned_data.get("attached"), by=by)
        return row

    def write_rows(self, rows: list[dict[str, Any]], *, by: Any) -> int:
        """Each task as the page gives it."""
        for values in rows:
            facts = {name: value for name, value in values.items() if value is not None}
            actions.give_task(Task(**facts), by=by)
        return len(rows)

    def check_row(self, values: dict[str, Any], user: Any) -> Iterable[str]:
        first, last = values.get("first_on"), values.get("last_on")
        if first and last and last < first:
            yield "Hạn hoàn thành phải từ ngày bắt đầu trở đi"

    def verb_form(self, verb: str, user: Any, row: Task, *args: Any) -> Any:
        if verb == "reassign":
            return ReassignForm(*args, user=user)
        form_type: Any = self.verb_forms.get(verb)
        return form_type(*args, task=row) if form_type is not None else None

    def act(
        self, row: Task, verb: str, *, by: Any, reason: str, data: Any, at: datetime | None = None
    ) -> Any:
        if verb == "accept":
            return actions.accept_task(row, by=by, at=at, **data)
        if verb == "report":
            uploads = data.pop("attached", None) or ()
            return actions.report_task(row, by=by, at=at, uploads=uploads, **data)
        if verb == "extend":
            return actions.extend_task(row, by=by, at=at, reason=reason, **data)
        if verb == "reassign":
            return actions.reassign_task(row, by=by, at=at, reason=reason, **data)
        return actions.press_task(row, verb, by=by, reason=reason, at=at)

    def detail_context(self, user: Any, row: Task) -> dict[str, Any]:
        """Whether the task is late, for the head of the page."""
        late = row.state in ("given", "accepted", "running", "returned") and row.last_on < clock.today()
        return {"is_late": late, "lines": list(row.lines.select_related("plan__agency"))}


def overdue_todo(user: Any, today: date) -> Iterator[Todo]:
    """For whoever follows tasks: how many of others are overdue, in one line."""
    if not scope_of(user).has_any(*permissions.PROVINCE, *permissions.DISTRICT):
        return
    rows = Task.objects.filter(permissions.tasks_held(user)[MONITOR]).overdue(today)
    first = rows.order_by("last_on").values_list("last_on", flat=True)[:1]
    days = list(first)
    if days:
        yield Todo(
            "tasks.overdue", f"{rows.count()} nhiệm vụ quá hạn của các cơ quan", f"{TASKS.url('list')}?xem=tre",
            "Đôn đốc", subject=TASKS.title, kind="late", due=days[0],
        )  # fmt: skip


ASSIGNMENTS = AssignmentsRegister()
TASKS = TasksProcedure()
