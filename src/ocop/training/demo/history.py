"""Activities of the past, written in bulk as the actions would have left them (`tests/test_demo.py` compares)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from ocop.kit import clock
from ocop.kit.cases import OPENED
from ocop.training.enums import Answer, CameBy, CourseState
from ocop.training.models import (
    Attendance,
    Course,
    CourseMove,
    Evaluation,
    Participant,
    PlanLine,
    Session,
    Topic,
)
from ocop.training.models.people import new_check_code
from ocop.training.rules.attendance import Came, has_enough, split_of
from ocop.training.rules.flows import CERTIFIED, COURSE_FLOW
from ocop.training.rules.serials import serial
from ocop.units.enums import UnitLevel
from ocop.units.models import Agency, Unit

PREPARED, INVITED, CLOSED_AFTER = timedelta(days=21), timedelta(days=8), timedelta(days=6)
SLOTS = ((time(8, 0), time(11, 30)), (time(14, 0), time(17, 0)))


@dataclass(frozen=True)
class Person:
    """Somebody who was on the list, and in which sessions (by place)."""

    name: str
    audience: str
    gender: str
    unit: Unit | None
    organisation: str
    present: tuple[int, ...]


@dataclass(frozen=True)
class Past:
    """One activity that is over."""

    title: str
    kind: str
    unit: Unit
    agency: Agency | None
    starts_on: date
    days: int
    place: str
    trainer: str
    topics: tuple[Topic, ...]
    people: tuple[Person, ...]
    cost: int
    percent: int
    by: Any
    line: PlanLine | None = None
    results: dict[str, Any] = field(default_factory=dict)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.starts_on + timedelta(days=self.days - 1)

    @property
    def slots(self) -> list[tuple[date, time, time]]:
        """A morning and an afternoon of each day."""
        days = [self.starts_on + timedelta(days=place) for place in range(self.days)]
        return [(day, *slot) for day in days for slot in SLOTS]

    def moves(self) -> list[tuple[str, datetime]]:
        """The presses in their order with their moments."""
        found = [
            (OPENED, at(self.starts_on - PREPARED, 9)),
            ("invite", at(self.starts_on - INVITED, 9)),
            ("start", at(self.starts_on, 8)),
            ("finish", at(self.ends_on, 17)),
        ]
        if self.kind in CERTIFIED and self.entitled:
            found.append(("certify", at(self.ends_on, 18)))
        return [*found, ("close", at(self.ends_on + CLOSED_AFTER, 10))]

    @property
    def entitled(self) -> list[Person]:
        """Who attended enough for a certificate, by name."""
        found = [one for one in self.people if has_enough(len(one.present), len(self.slots), self.percent)]
        return sorted(found, key=lambda one: one.name)


def at(day: date, hour: int) -> datetime:
    """An hour of a day in local time."""
    return datetime.combine(day, time(hour), tzinfo=clock.LOCAL)


def write(rows: Sequence[Past]) -> list[Course]:
    """Write activities with moves, sessions, lists, attendance and certificates; a constant number of statements."""
    courses = [_course(one) for one in rows]
    for course in courses:
        course.set_search()
    Course.objects.bulk_create(courses, batch_size=200)
    through = Course.topics.through
    through.objects.bulk_create(
        through(course_id=course.pk, topic_id=topic.pk)
        for course, one in zip(courses, rows, strict=True)
        for topic in one.topics
    )
    CourseMove.objects.bulk_create(
        (move for course, one in zip(courses, rows, strict=True) for move in _moves(course, one)),
        batch_size=200,
    )
    pairs = list(zip(courses, rows, strict=True))
    sessions = {course.pk: _sessions(course, one) for course, one in pairs}
    Session.objects.bulk_create((one for group in sessions.values() for one in group), batch_size=200)
    people = {course.pk: _people(course, one) for course, one in pairs}
    Participant.objects.bulk_create((row for group in people.values() for row in group), batch_size=200)
    Attendance.objects.bulk_create(
        (
            Attendance(
                session=sessions[course.pk][place], participant=row, how=CameBy.LIST, by=one.by,
                at=datetime.combine(one.slots[place][0], one.slots[place][1], tzinfo=clock.LOCAL),
            )
            for course, one in pairs
            for row, person in zip(people[course.pk], one.people, strict=True)
            for place in person.present
        ),
        batch_size=300,
    )  # fmt: skip
    return courses


def _course(one: Past) -> Course:
    """The row as it stands once it is summed up."""
    came = [row for row in one.people if row.present]
    split = split_of(
        Came(row.audience, row.gender == "female",
             row.unit.pk if row.unit is not None and row.unit.level == UnitLevel.COMMUNE else None)
        for row in came
    )  # fmt: skip
    return Course(
        state=CourseState.CLOSED, title=one.title, kind=one.kind, line=one.line, unit=one.unit, agency=one.agency,
        starts_on=one.starts_on, ends_on=one.ends_on, place=one.place, trainer=one.trainer, seats=len(one.people) + 10,
        planned_cost=one.cost, cost=one.cost, officials=split.officials, producers=split.producers, others=split.others,
        women=split.women, communes=split.communes, opened_at=one.moves()[0][1], opened_by=one.by,
        closed_at=one.moves()[-1][1], is_demo=True, **one.results,
    )  # fmt: skip


def _moves(course: Course, one: Past) -> list[CourseMove]:
    found, state = [], ""
    for name, moment in one.moves():
        step = COURSE_FLOW.find(name, state)
        target = (
            COURSE_FLOW.initial if name == OPENED else (step.target if step is not None else None) or state
        )
        found.append(
            CourseMove(
                subject=course, flow=COURSE_FLOW.key, name=name, from_state=state, to_state=target, by=one.by,
                at=moment,
                legal_basis=step.legal_basis if step is not None else COURSE_FLOW.legal_basis,
            )
        )  # fmt: skip
        state = target
    return found


def _sessions(course: Course, one: Past) -> list[Session]:
    made = [
        Session(
            course=course, held_on=day, begins=begins, ends=ends, title=f"Buổi {place}", trainer=one.trainer
        )
        for place, (day, begins, ends) in enumerate(one.slots, 1)
    ]
    for row in made:
        row.set_search()
    return made


def _people(course: Course, one: Past) -> list[Participant]:
    numbers = {id(person): place for place, person in enumerate(one.entitled, 1)}
    certified = one.kind in CERTIFIED
    made = []
    for person in one.people:
        place = numbers.get(id(person)) if certified else None
        row = Participant(
            course=course, full_name=person.name, audience=person.audience, gender=person.gender, unit=person.unit,
            organisation=person.organisation, answer=Answer.LISTED,
            code=new_check_code() if place else None, serial=serial(place, course.code) if place else "",
            certified_on=one.ends_on if place else None,
        )  # fmt: skip
        row.set_search()
        made.append(row)
    return made


def evaluations(course: Course, number: int, answers: int) -> list[Evaluation]:
    """Evaluations of an activity, good on the whole."""
    return [
        Evaluation(
            course=course, content=3 + (number + place) % 3, trainer=4 + place % 2,
            organisation=3 + (number * 3 + place) % 3,
            usefulness=3 + (place * 2 + number) % 3, on=course.ends_on,
            comment="Nên có thêm thời gian thực hành trên máy." if place % 7 == 3 else "",
        )
        for place in range(answers)
    ]  # fmt: skip
