"""A province, a commune, its people and an activity for the tests of this app."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.kit import clock
from ocop.producers.models import Producer
from ocop.producers.tests.factories import ProducerFactory, officer, owner_of
from ocop.training.actions.courses import open_course, press_course
from ocop.training.models import Course, Session, Topic
from ocop.units.models import Unit
from ocop.units.tests.factories import UnitFactory


@dataclass
class World:
    """Names of a small world."""

    unit: Unit
    desk: User
    leader: User
    producer: Producer
    owner: User
    topic: Topic


def make_world() -> World:
    """A commune with officer and leader, a producer with its owner, one topic."""
    unit = UnitFactory()
    producer = ProducerFactory(unit=unit)
    return World(
        unit=unit,
        desk=officer(unit),
        leader=officer(unit, Role.COMMUNE_LEADER),
        producer=producer,
        owner=owner_of(producer),
        topic=Topic.objects.create(key="ky-nang-so", name="Kỹ năng số", clause="IV.2.2.a"),
    )


def course_of(
    world: World,
    *,
    kind: str = "course",
    day: date | None = None,
    sessions: int = 2,
    state: str = "inviting",
    **more: Any,
) -> Course:
    """An activity of today (or of `day`) in that state, its sessions an hour and a half apart from midnight on."""
    day = day or clock.today()
    course = Course(title="Kỹ năng số", kind=kind, unit=world.unit, starts_on=day, ends_on=day, **more)
    open_course(course, by=world.desk)
    for place in range(sessions):
        Session.objects.create(
            course=course,
            held_on=day,
            begins=time(place * 2),
            ends=time(place * 2 + 1, 30),
            title=f"Buổi {place + 1}",
        )
    if state != "planned":
        press_course(course, "invite", by=world.desk)
    return course


def at(session: Session, minutes: int = 30) -> Any:
    """A moment so many minutes after a session began."""
    return session.span[0] + timedelta(minutes=minutes)
