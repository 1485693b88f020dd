"""The bulk-made past is what the actions would have left; the demo is of plausible size and loads once."""

from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from tests.personas import load_reference

from ocop.accounts.demo import load_personas
from ocop.kit import clock, registry
from ocop.training.actions import courses, people
from ocop.training.demo import load
from ocop.training.demo.history import CLOSED_AFTER, INVITED, PREPARED, SLOTS, Past, Person, at, write
from ocop.training.models import Body, Course, Need, Participant, Post, Session, Topic, YearPlan
from ocop.training.tests.world import World, make_world

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 12)


def by_actions(world: World, one: Past) -> Course:
    """The same activity, press by press."""
    with time_machine.travel(at(one.starts_on - PREPARED, 9), tick=False):
        course = Course(
            title=one.title, kind=one.kind, unit=one.unit, agency=one.agency, starts_on=one.starts_on,
            ends_on=one.ends_on, place=one.place, trainer=one.trainer, seats=len(one.people) + 10,
            planned_cost=one.cost, is_demo=True,
        )  # fmt: skip
        courses.open_course(course, by=world.desk)
        course.topics.set(one.topics)
        for place, (day, begins, ends) in enumerate(one.slots, 1):
            Session.objects.create(
                course=course,
                held_on=day,
                begins=begins,
                ends=ends,
                title=f"Buổi {place}",
                trainer=one.trainer,
            )
    with time_machine.travel(at(one.starts_on - INVITED, 9), tick=False):
        courses.press_course(course, "invite", by=world.desk)
        rows = [
            people.add_person(
                course, full_name=person.name, audience=person.audience, gender=person.gender, unit=person.unit,
                organisation=person.organisation, by=world.desk,
            )
            for person in one.people
        ]  # fmt: skip
    with time_machine.travel(at(one.starts_on, 8), tick=False):
        courses.press_course(course, "start", by=world.desk)
    for place, session in enumerate(course.sessions.all()):
        with time_machine.travel(session.span[0], tick=False):
            present = [
                row.pk for row, person in zip(rows, one.people, strict=True) if place in person.present
            ]
            people.tick(session, present=present, shown=[], by=world.desk)
    for verb, day, hour in (("finish", one.ends_on, 17), ("certify", one.ends_on, 18)):
        with time_machine.travel(at(day, hour), tick=False):
            courses.press_course(course, verb, by=world.desk)
    with time_machine.travel(at(one.ends_on + CLOSED_AFTER, 10), tick=False):
        courses.close_course(course, cost=one.cost, by=world.desk)
    return course


def seen(row: Any, *left_out: str) -> dict[str, Any]:
    """Every column but those that are drawn by chance."""
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name not in ("id", "code", "course_id", *left_out)}


def picture(course: Course) -> dict[str, Any]:
    """Everything that an activity left, comparable between two."""
    course.refresh_from_db()
    lists = course.participants.order_by("full_name")
    return {
        "course": seen(course, "search_text", "search_exact"),
        "topics": list(course.topics.all()),
        "moves": [seen(move, "subject_id") for move in course.moves.all()],
        "sessions": [seen(row) for row in course.sessions.all()],
        "people": [
            {
                **seen(row),
                "serial": row.serial[:3],
                "has_code": bool(row.code),
                "present": row.attendances.count(),
            }
            for row in lists
        ],
        "attendance": [
            (row.participant.full_name, row.session.held_on, row.session.begins, row.how, row.at, row.by)
            for row in sorted(
                (one for session in course.sessions.all() for one in session.attendances.all()),
                key=lambda one: (one.session.held_on, one.session.begins, one.participant.full_name),
            )
        ],
    }


def test_the_generator_leaves_what_the_actions_leave():
    world = make_world()
    crowd = (
        Person("An", "producer", "female", world.unit, "Cơ sở An", (0, 1, 2, 3)),
        Person("Bình", "official", "male", world.unit, "UBND xã", (0, 1, 2)),
        Person("Cúc", "other", "", None, "", (0, 1, 2, 3)),
        Person("Dung", "producer", "female", world.unit, "", ()),
    )
    one = Past(
        "Kỹ năng số", "course", world.unit, None, DAY, 2, "Nhà văn hóa", "ThS. A", (world.topic,), crowd, 5_000_000, 80,
        world.desk,
    )  # fmt: skip
    acted = by_actions(world, one)
    (written,) = write([one])
    assert picture(written) == picture(acted)
    assert [part[0] for part in SLOTS] == [time(8), time(14)]


def test_the_demo_is_of_plausible_size_and_loads_once():
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=clock.LOCAL)):
        load_reference()
        registry.demo_steps["units"].run(lambda text: None)
        load_personas(lambda text: None)
        load(lambda text: None)
        counts = [model.objects.count() for model in (Body, Post, Course, Participant, Need, YearPlan)]
        load(lambda text: None)
    assert counts == [model.objects.count() for model in (Body, Post, Course, Participant, Need, YearPlan)]
    bodies, posts, held, persons, needs, yearly = counts
    assert (bodies > 280, posts > bodies, held > 40, persons > 1000, needs > 200, yearly) == (*[True] * 5, 2)
    assert {row.state for row in Course.objects.all()} == {"inviting", "running", "ended", "closed"}
    assert not Post.objects.filter(is_demo=False).exists()
    assert Topic.objects.count() == 16
