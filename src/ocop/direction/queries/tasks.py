"""Reads across tasks: what guards look at, who gets an assignment, counts by agency, agencies of today."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from ocop.direction.enums import Target, TaskState
from ocop.direction.models import Assignment, Task
from ocop.direction.rules.tasks import TaskFacts, due_in
from ocop.kit import formats
from ocop.kit.templatetags.ui_charts import shown
from ocop.producers.casework.roles import province_code
from ocop.rulebook.offices import local_level
from ocop.rulebook.queries import setting
from ocop.units.enums import AgencyKind, Duty, UnitLevel
from ocop.units.models import Agency, AgencySuccession, Unit
from ocop.units.queries import agency_with, district_of

COMMITTEES = {"district": AgencyKind.DISTRICT_COMMITTEE, "commune": AgencyKind.COMMUNE_COMMITTEE}


def facts_of(task: Task) -> TaskFacts:
    """What the guards of the flow look at; files and figure as they stand by then."""
    proof = task.quantity is not None or task.figure_top is not None or task.files.exists()
    failed = task.declared is not None and task.measured_on is not None and task.figure_top is None
    return TaskFacts(
        first_on=task.first_on, last_on=task.last_on, planned_from=task.planned_from, planned_to=task.planned_to,
        has_result=bool(task.result.strip()), has_proof=proof, figure_failed=failed,
    )  # fmt: skip


def days_of(province: str, day: date) -> dict[str, int]:
    """The dated settings of tasks, in days."""
    keys = ("task_accept_days", "task_confirm_days", "task_remind_days", "task_escalate_days")
    return {key: int(setting(key, province, day)) for key in keys}


def due_of(task: Task, day: date) -> date | None:
    """The last day of the state that the task is in."""
    days = days_of(province_code(task.monitor), day)
    return due_in(
        task.state, day, task.last_on, accept_days=days["task_accept_days"], confirm_days=days["task_confirm_days"]
    )  # fmt: skip


def heirs_of(agencies: Iterable[Agency], day: date) -> dict[int, list[Agency]]:
    """Id of an agency to those that do its work on a day: itself, or who took over, followed through."""
    found: dict[int, list[Agency]] = {}
    for agency in agencies:
        standing: dict[int, Agency] = {}
        ahead, seen = [agency], set()
        while ahead:
            one = ahead.pop()
            if one.pk in seen:
                continue
            seen.add(one.pk)
            if one.in_force(day):
                standing[one.pk] = one
            elif one.valid_to is not None and one.valid_to < day:
                steps = AgencySuccession.objects.filter(predecessor=one, on__lte=day)
                ahead += [step.successor for step in steps.select_related("successor__unit")]
        found[agency.pk] = list(standing.values())
    return found


@dataclass
class Receivers:
    """Who gets the assignments of a province on one day; each kind of agency is read once."""

    province: Unit
    day: date
    _kinds: dict[str, list[Agency]] = field(default_factory=dict)

    def of(self, assignment: Assignment) -> list[Agency]:
        """The agencies that get a task out of an assignment."""
        if assignment.target == Target.AGENCIES:
            named = list(assignment.agencies.select_related("unit"))
            heirs = heirs_of(named, self.day)
            return list({one.pk: one for agency in named for one in heirs[agency.pk]}.values())
        level = (
            "commune" if assignment.target == Target.COMMUNE else local_level(self.province.code, self.day)
        )
        return self._at(level)

    def _at(self, level: str) -> list[Agency]:
        if level not in self._kinds:
            if level == "province":
                desk = agency_with(Duty.ADVISORY_BODY, self.day, self.province)
                self._kinds[level] = [desk] if desk is not None else []
            else:
                rows = Agency.objects.valid_on(self.day).filter(
                    kind=COMMITTEES[level], unit__covers__holder=self.province
                )
                self._kinds[level] = list(rows.select_related("unit").order_by("slug"))
        return self._kinds[level]


def monitor_of(agency: Agency, province: Unit, day: date) -> Unit:
    """Whose office follows the tasks of an agency: of a commune its district on that day, else the province."""
    unit = agency.unit
    above = district_of(unit, day) if unit is not None and unit.level == UnitLevel.COMMUNE else None
    return above or province


@dataclass(frozen=True)
class AgencyLine:
    """How an agency stands with its tasks of a year."""

    agency: Agency
    total: int
    given: int
    working: int
    reported: int
    done: int
    overdue: int

    @property
    def share(self) -> int:
        """Whole per cent done."""
        return 100 * self.done // self.total if self.total else 0


def by_agency(rows: QuerySet[Task], day: date) -> list[AgencyLine]:
    """Counts per agency, those with overdue tasks first; two queries."""
    late = Q(last_on__lt=day, state__in=("given", "accepted", "running", "returned"))
    counted = (
        rows.exclude(state=TaskState.STOPPED)
        .order_by()
        .values("agency_id")
        .annotate(
            total=Count("pk", distinct=True), overdue=Count("pk", filter=late, distinct=True),
            **{name: Count("pk", filter=Q(state__in=states), distinct=True) for name, states in STAGES.items()},
        )
    )  # fmt: skip
    numbers = {row.pop("agency_id"): row for row in counted}
    agencies = Agency.objects.filter(pk__in=numbers).select_related("unit")
    lines = [AgencyLine(agency, **numbers[agency.pk]) for agency in agencies]
    return sorted(lines, key=lambda line: (-line.overdue, -line.given, line.agency.name))


STAGES = {
    "given": ("given",), "working": ("accepted", "running", "returned"), "reported": ("reported",), "done": ("done",),
}  # fmt: skip


def years_of(rows: QuerySet[Task]) -> list[int]:
    """The years that have tasks, the newest first."""
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def late_to_call(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with what a reminder needs."""
    return rows.select_related("agency", "unit", "monitor")


def said_figure(task: Task) -> str:
    """The figure of a report in words: "Lượt người được tập huấn: 120 lượt người (đến 15/12/2024)"."""
    one: Any = task.declared
    if one is None or task.figure is None:
        return ""
    return f"{one.name}: {shown(task.figure.value, one.measure)} (đến {formats.day(task.measured_on)})"
