"""Past years of inspection in bulk: the rows and moves that the actions would have written, without their notices.

`tests/test_demo.py` walks a sample through the actions and finds the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from simple_history.utils import bulk_create_with_history

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.cases import OPENED, Desk
from ocop.kit.flow import MoveBase
from ocop.producers.models import Producer
from ocop.quality.actions.plans import PLAN_DESK, PROGRAMME_DESK
from ocop.quality.actions.visits import VISIT_DESK
from ocop.quality.enums import Outcome, PlanState, ProgrammeState, TeamDuty, Verdict, VisitKind, VisitState
from ocop.quality.models import Answer, Checklist, Plan, PlanLine, Programme, TeamMember, Visit
from ocop.units.models import Agency, Unit

NOON = time(9, 0)
CONCLUSION = "Cơ sở chấp hành đúng các nội dung được kiểm tra."


def moment(day: date) -> datetime:
    """Nine in the morning of a day."""
    return datetime.combine(day, NOON, tzinfo=clock.LOCAL)


@dataclass(frozen=True)
class Item:
    """One visit of a plan."""

    producer: Producer
    first_on: date
    areas: str = "label"

    @property
    def last_on(self) -> date:
        """Visits are planned for twenty days."""
        return self.first_on + timedelta(days=19)

    @property
    def visit_on(self) -> date:
        """And made on the tenth."""
        return self.first_on + timedelta(days=9)


@dataclass(frozen=True)
class Office:
    """An agency with the person who plans and heads its visits."""

    agency: Agency
    person: User
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Year:
    """A year to write: who plans what, who takes, approves, issues."""

    year: int
    province: Unit
    offices: tuple[Office, ...]
    standing: User
    leader: User
    clerk: User
    today: date

    def day(self, month: int, day: int) -> datetime:
        """A moment of the year before, when a year is planned."""
        return moment(date(self.year - 1, month, day))

    @property
    def number(self) -> str:
        """Under which the programme was issued."""
        return f"{500 + self.year % 100}/KH-UBND"


@dataclass
class Written:
    """What is gathered before it is stored."""

    moves: dict[type[MoveBase], list[MoveBase]] = field(default_factory=dict)

    def walk(self, desk: Desk, row: Any, steps: Sequence[tuple[str, datetime, User, str]]) -> None:
        """The moves of a row: (verb, moment, person, reason) each, from the first state on."""
        state = desk.flow.initial
        for verb, at, by, reason in steps:
            found = desk.flow.find(verb, state)
            target = (found.target or state) if found else state
            basis = found.legal_basis if found else desk.flow.legal_basis
            self.moves.setdefault(desk.move_model, []).append(
                desk.move_model(
                    subject=row,
                    flow=desk.flow.key,
                    name=verb,
                    from_state="" if verb == OPENED else state,
                    to_state=target,
                    reason=reason,
                    legal_basis=basis,
                    at=at,
                    by=by,
                )  # fmt: skip
            )
            state = target

    def store(self) -> None:
        """Write the moves; their rows are stored by now."""
        for model, moves in self.moves.items():
            model._default_manager.bulk_create(moves, batch_size=500)


def write_year(plan: Year) -> list[Visit]:
    """Write the programme of a year with its plans and visits; those of days gone by are ended. Answers the visits."""
    written = Written()
    programme = _programme(plan, written)
    visits: list[Visit] = []
    for office in plan.offices:
        visits += _office(plan, office, programme, written)
    answers = [answer for visit in visits if visit.checklist_id for answer in _answers(visit)]
    Answer.objects.bulk_create(answers, batch_size=500)
    written.store()
    return visits


def _kept(model: Any, rows: Sequence[Any], by: User, at: datetime) -> None:
    for row in rows:
        row.set_search()
    bulk_create_with_history(list(rows), model, batch_size=500, default_user=by, default_date=at)


def _programme(plan: Year, written: Written) -> Programme:
    issued = plan.day(12, 15)
    row = Programme(
        year=plan.year, unit=plan.province, number=plan.number, issued_on=clock.local_day(issued),
        state=ProgrammeState.ISSUED, is_demo=True, opened_at=plan.day(11, 25), opened_by=plan.standing, closed_at=issued,
    )  # fmt: skip
    _kept(Programme, [row], plan.clerk, issued)
    written.walk(PROGRAMME_DESK, row, (
        (OPENED, plan.day(11, 25), plan.standing, ""), ("propose", plan.day(12, 5), plan.standing, ""),
        ("approve", plan.day(12, 10), plan.leader, ""), ("issue", issued, plan.clerk, ""),
    ))  # fmt: skip
    return row


def _office(plan: Year, office: Office, programme: Programme, written: Written) -> list[Visit]:
    issued, by = plan.day(12, 15), office.person
    row = Plan(
        agency=office.agency, unit=office.agency.unit, year=plan.year, programme=programme, state=PlanState.AGREED,
        is_demo=True, opened_at=plan.day(11, 10), opened_by=by, closed_at=issued,
    )  # fmt: skip
    _kept(Plan, [row], plan.clerk, issued)
    written.walk(PLAN_DESK, row, (
        (OPENED, plan.day(11, 10), by, ""), ("send", plan.day(11, 20), by, ""),
        ("take", plan.day(11, 25), plan.standing, ""), ("agree", issued, plan.clerk, ""),
    ))  # fmt: skip
    lines = [
        PlanLine(
            plan=row,
            producer=item.producer,
            first_on=item.first_on,
            last_on=item.last_on,
            areas=item.areas,
            lead=by,
        )
        for item in office.items
    ]
    _kept(PlanLine, lines, by, plan.day(11, 10))
    visits = [_visit(plan, line, item, by) for line, item in zip(lines, office.items, strict=True)]
    _kept(Visit, visits, by, issued)
    for visit in visits:
        written.walk(VISIT_DESK, visit, list(_steps(plan, visit, by)))
    through = Visit.agencies.through
    through.objects.bulk_create(through(visit_id=one.pk, agency_id=office.agency.pk) for one in visits)
    TeamMember.objects.bulk_create(
        TeamMember(visit=one, user=by, agency=office.agency, duty=TeamDuty.LEAD)
        for one in visits if one.state == VisitState.CLOSED
    )  # fmt: skip
    return visits


def _visit(plan: Year, line: PlanLine, item: Item, by: User) -> Visit:
    issued = plan.day(12, 15)
    row = Visit(
        kind=VisitKind.PLANNED, line=line, producer=item.producer, unit=item.producer.unit, agency=line.plan.agency,
        areas=item.areas, first_on=item.first_on, last_on=item.last_on, lead=by, is_demo=True, opened_at=issued,
        opened_by=plan.clerk, due_on=item.last_on,
    )  # fmt: skip
    if item.visit_on + timedelta(days=5) >= plan.today:
        return row
    day = item.visit_on
    row.visit_on, row.decision_on = day, day - timedelta(days=7)
    row.decision_number = f"{item.producer.pk % 90 + 10}/QĐ-ĐKT"
    row.checklist, row.begun_at, row.signed_at = Checklist.in_force_on(day), moment(day), moment(day)
    row.signer_name, row.signer_position = "Người đại diện cơ sở", "Giám đốc"
    row.outcome, row.conclusion, row.concluded_on = Outcome.PASSED, CONCLUSION, day + timedelta(days=5)
    row.state, row.due_on, row.closed_at = VisitState.CLOSED, None, moment(day + timedelta(days=5))
    return row


def _steps(plan: Year, visit: Visit, by: User) -> Iterator[tuple[str, datetime, User, str]]:
    yield OPENED, plan.day(12, 15), plan.clerk, ""
    if visit.state != VisitState.CLOSED or visit.visit_on is None:
        return
    day = visit.visit_on
    yield "announce", moment(day - timedelta(days=7)), by, ""
    yield "begin", moment(day), by, ""
    yield "sign", moment(day), by, ""
    yield "conclude", moment(day + timedelta(days=5)), by, ""
    yield "close", moment(day + timedelta(days=5)), by, ""


def _answers(visit: Visit) -> Iterator[Answer]:
    keys = visit.area_keys
    for question in visit.checklist.questions.all() if visit.checklist else ():
        if not keys or question.area in keys:
            yield Answer(
                visit=visit, question=question, value=Verdict.YES, version=1, by=visit.lead, at=visit.begun_at
            )
