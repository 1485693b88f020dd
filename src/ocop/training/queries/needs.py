"""What people want, counted by topic and unit."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum

from ocop.training.enums import Audience
from ocop.training.models import Need, PlanLine, Topic
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit
from ocop.units.queries import heirs_on, match_ids, tree_on


def needs_of(unit: Unit, year: int) -> QuerySet[Need]:
    """The needs of a year in a unit, in what lies in it and in what it absorbed."""
    return Need.objects.filter(year=year, unit__in=match_ids(unit, date(year, 12, 31)))


@dataclass
class TopicCount:
    """How many asked for a topic: voices, persons by audience, from how many communes, and what is planned."""

    topic: Topic
    voices: int = 0
    officials: int = 0
    producers: int = 0
    others: int = 0
    units: set[int] = field(default_factory=set)
    planned_courses: int = 0
    planned_persons: int = 0

    @property
    def persons(self) -> int:
        """Everybody who is to come."""
        return self.officials + self.producers + self.others

    @property
    def communes(self) -> int:
        """From how many units."""
        return len(self.units)

    @property
    def gap(self) -> int:
        """Persons asked for beyond what is planned."""
        return max(self.persons - self.planned_persons, 0)


def counts_by_topic(user: Any, year: int, within: Unit | None = None) -> list[TopicCount]:
    """Every topic with what was said of it in a year in the user's reach, the most wanted first; three queries."""
    found = {topic.pk: TopicCount(topic) for topic in Topic.objects.all()}
    rows = Need.objects.visible_to(user).filter(year=year)
    lines = PlanLine.objects.visible_to(user).filter(plan__year=year)
    if within is not None:
        ids = match_ids(within, date(year, 12, 31))
        rows, lines = rows.filter(unit__in=ids), lines.filter(plan__unit__in=ids)
    grouped = (
        rows.order_by().values_list("topic", "unit", "audience").annotate(n=Sum("persons"), v=Count("pk"))
    )
    for topic, unit, audience, persons, voices in grouped:
        one = found[topic]
        one.voices += voices
        one.units.add(unit)
        name = {Audience.OFFICIAL: "officials", Audience.PRODUCER: "producers"}.get(audience, "others")
        setattr(one, name, getattr(one, name) + persons)
    for topic, courses, officials, producers in (
        lines.order_by().values_list("topic").annotate(Sum("courses"), Sum("officials"), Sum("producers"))
    ):
        one = found[topic]
        one.planned_courses, one.planned_persons = courses, officials + producers
    return sorted(found.values(), key=lambda one: (-one.persons, one.topic.order))


@dataclass
class UnitCount:
    """Persons asked for in one unit of today."""

    unit: Unit
    voices: int = 0
    persons: int = 0


def counts_by_unit(user: Any, year: int, day: date) -> list[UnitCount]:
    """What was said by unit in the user's reach, old units under those that hold them on `day`, the most first."""
    rows = Need.objects.visible_to(user).filter(year=year).order_by()
    sums = {
        pk: (voices, persons)
        for pk, voices, persons in rows.values_list("unit").annotate(Count("pk"), Sum("persons"))
    }
    units = list(Unit.objects.filter(pk__in=sums))
    heirs = heirs_on(units, day) if units else {}
    found: dict[int, UnitCount] = {}
    for unit in units:
        held = heirs.get(unit.pk) or [unit]
        place = held[0] if len(held) == 1 else unit
        one = found.setdefault(place.pk, UnitCount(place))
        one.voices, one.persons = one.voices + sums[unit.pk][0], one.persons + sums[unit.pk][1]
    return sorted(found.values(), key=lambda one: (-one.persons, one.unit.name))


def silent_communes(user: Any, year: int, day: date, province: Unit) -> int:
    """How many communes of the day said nothing of a year."""
    tree = tree_on(day, province)
    communes = [unit for unit in tree.units.values() if unit.level == UnitLevel.COMMUNE]
    spoke = {one.unit.pk for one in counts_by_unit(user, year, day)}
    return sum(unit.pk not in spoke for unit in communes)
