"""The assignments of a plan given out for a year: one task per agency, in bulk, once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from ocop.accounts.agencies import OFFICERS
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.audit.actions import record_moves
from ocop.direction.actions.tasks import KIND, TASK_DESK
from ocop.direction.enums import Rhythm
from ocop.direction.models import Assignment, Task, TaskMove
from ocop.direction.permissions.tasks import may_give_year
from ocop.direction.queries.tasks import Receivers, days_of
from ocop.direction.rules.tasks import ARTICLE, due_in
from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats
from ocop.kit.cases import Past, Step, write_past
from ocop.kit.errors import Refused, require
from ocop.reporting.models import Programme
from ocop.units.enums import UnitLevel
from ocop.units.models import Agency, Unit
from ocop.units.queries import tree_on


@dataclass(frozen=True)
class Document:
    """By which paper the tasks are given when the plan itself does not reach so far."""

    basis: str = ""
    number: str = ""
    on: date | None = None


def tasks_for(
    programme: Programme, province: Unit, year: int, day: date, document: Document | None = None
) -> list[tuple[Task, list[Agency]]]:
    """The tasks of a year that were not given yet, unsaved, with the agencies that take part in each.

    A task of the whole period is due at its end and given once. Agencies are those of the day; `first_on` is the day
    or the first of January, whichever is later.
    """
    receivers, above, found = Receivers(province, day), _districts(province, day), []
    assignments = Assignment.objects.filter(programme=programme).exclude(rhythm=Rhythm.REPORTS)
    rows = list(assignments.prefetch_related("cooperating").select_related("programme"))
    known = set(Task.objects.filter(assignment__in=rows).values_list("assignment_id", "given_to_id", "year"))
    for one in rows:
        last = date(year, 12, 31)
        if one.rhythm == Rhythm.PERIOD and programme.valid_to is not None:
            last = max(programme.valid_to, last)
        for agency in receivers.of(one):
            if agency.unit is None or (one.pk, agency.pk, last.year) in known:
                continue
            known.add((one.pk, agency.pk, last.year))
            task = _task(one, agency, max(date(year, 1, 1), min(day, last)), last, document or Document())
            task.monitor = above.get(agency.unit_id, province)
            found.append((task, list(one.cooperating.all())))
    return found


def _task(one: Assignment, agency: Agency, first: date, last: date, document: Document) -> Task:
    return Task(
        assignment=one, agency=agency, given_to=agency, unit=agency.unit, title=one.title, text=one.text,
        clause=one.clause, basis=document.basis, document_number=document.number, document_on=document.on,
        cooperating_text=one.cooperating_text, year=last.year, first_on=first, last_on=last, measure=one.measure,
        indicator=one.indicator,
    )  # fmt: skip


def _districts(province: Unit, day: date) -> dict[int | None, Unit]:
    """Id of a commune to the district that it lies in on the day."""
    tree = tree_on(day, province)
    pairs = ((unit.pk, tree.parent(unit)) for unit in tree.units.values() if unit.level == UnitLevel.COMMUNE)
    return {pk: above for pk, above in pairs if above is not None and above.level == UnitLevel.DISTRICT}


def give_out(
    programme: Programme,
    province: Unit,
    year: int,
    *,
    by: User,
    document: Document | None = None,
    at: datetime | None = None,
) -> int:
    """Give the assignments of a plan out for a year; answers how many tasks are new, the second time nought.

    Raises `Forbidden` for others than the province's desk and leaders, `Refused` for a year outside of the period
    without the paper by which the work goes on. Each agency hears once.
    """
    at = at or clock.now()
    require(may_give_year(by, province))
    last = programme.valid_to.year if programme.valid_to else year
    if not programme.valid_from.year <= year <= last and not (document and document.number and document.on):
        raise Refused(
            "give.period", f"Năm {year} nằm ngoài giai đoạn {programme.short}: cần số, ngày văn bản giao tiếp.", ARTICLE
        )  # fmt: skip
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)  # two presses follow each other
        found = tasks_for(programme, province, year, clock.local_day(at), document)
        store(found, province, [Past(task, Step("open", at, by)) for task, _ in found], clock.local_day(at))
        tasks = [task for task, _ in found]
        record_moves(TaskMove.objects.filter(subject__in=tasks).select_related("subject__agency"), by=by)
        _tell(tasks, year, by, at)
    return len(tasks)


def store(
    found: Iterable[tuple[Task, list[Agency]]], province: Unit, cases: Iterable[Past], day: date
) -> None:
    """Write tasks in bulk with their moves and the agencies that take part; settings are read once."""
    days = days_of(province.code, day)

    def due(task: Task, since: date) -> date | None:
        return due_in(
            task.state, since, task.last_on, accept_days=days["task_accept_days"],
            confirm_days=days["task_confirm_days"],
        )  # fmt: skip

    write_past(replace(TASK_DESK, due=due), cases)
    link = Task.cooperating.through
    link.objects.bulk_create(
        [link(task_id=task.pk, agency_id=agency.pk) for task, others in found for agency in others],
        batch_size=500,
    )


def _tell(tasks: list[Task], year: int, by: User, at: datetime) -> None:
    """One notice per person and agency, with the number of tasks."""
    counts = Counter(task.agency_id for task in tasks)
    with_people = Agency.objects.filter(pk__in=counts, memberships__role__in=OFFICERS).distinct()
    for agency in with_people:
        people = [one for one in holders_of(*OFFICERS, agency=agency) if one.pk != by.pk]
        notify_each(
            people, kind=KIND, title=f"Được giao {counts[agency.pk]} nhiệm vụ năm {year}",
            text=f"{agency.name}. Giao ngày {formats.day(clock.local_day(at))}.", url=reverse("direction:tasks_list"),
            subject_key=f"tasks:{year}:{agency.pk}", at=at,
        )  # fmt: skip
