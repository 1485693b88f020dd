"""In whose name somebody works, whom an activity may invite, what came of a plan."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of, scope_of
from ocop.accounts.scope import in_force
from ocop.kit import clock
from ocop.producers.models import Producer
from ocop.training.enums import CourseState
from ocop.training.models import Course, Need, PlanLine, YearPlan
from ocop.training.permissions import KEEPERS
from ocop.units.models import Agency
from ocop.units.queries import match_ids

SHOWN = 60
OFFICIALS = (
    Role.COMMUNE_OFFICER,
    Role.COMMUNE_LEADER,
    Role.DISTRICT_OFFICER,
    Role.DISTRICT_LEADER,
    Role.ADVISORY_OFFICER,
    Role.DEPARTMENT_OFFICER,
    Role.STANDING_OFFICER,
)


def agency_of(user: Any, unit_id: int) -> Agency | None:
    """The agency in whose name the person keeps rows of a unit."""
    scope = scope_of(user)
    found = (scope.agency_for(role, unit_id) for role in KEEPERS)
    return next((agency for agency in found if agency is not None), None)


def producers_to_invite(user: Any, course: Course, typed: str = "") -> tuple[list[Producer], set[int]]:
    """Producers of the activity's reach that are not on its list, and which of them asked for its topics.

    Those who asked come first; `typed` searches by name. Two queries.
    """
    needs = Need.objects.filter(topic__in=course.topics.all(), year=course.year, producer__isnull=False)
    wanted = set(needs.values_list("producer_id", flat=True))
    rows = Producer.objects.visible_to(user).known().filter(unit__in=match_ids(course.unit, clock.today()))
    rows = rows.exclude(pk__in=course.participants.exclude(producer=None).values("producer"))
    rows = (rows.found_by(typed) if typed else rows.order_by("name")).select_related("unit")
    first = list(rows.filter(pk__in=wanted)[:SHOWN])
    return [*first, *rows.exclude(pk__in=wanted)[: max(SHOWN - len(first), 0)]], wanted


def officials_to_invite(course: Course, typed: str = "") -> list[User]:
    """Officers and leaders in the unit of the activity and below it who are not on its list; one query."""
    day = clock.today()
    inside = match_ids(course.unit, day)
    people = User.objects.filter(memberships__in=_memberships(inside), is_active=True) | User.objects.filter(
        pk__in=holders_of(*OFFICIALS, unit=course.unit, day=day).values("pk")
    )
    people = people.exclude(pk__in=course.participants.exclude(user=None).values("user"))
    rows = people.distinct().order_by("full_name", "pk")
    return list((rows.found_by(typed) if typed else rows)[:SHOWN])


def _memberships(inside: Any) -> Any:
    return in_force(clock.today()).filter(role__in=OFFICIALS, agency__unit__in=inside)


@dataclass
class Progress:
    """One line of a plan with what came of it."""

    line: PlanLine
    held: int
    persons: int
    cost: int

    @property
    def is_short(self) -> bool:
        """Fewer courses than planned."""
        return self.held < self.line.courses


def plan_progress(plan: YearPlan) -> list[Progress]:
    """Every line with the activities that ended, persons who came and money spent; one query."""
    ended = Q(activities__state__in=(CourseState.ENDED, CourseState.CLOSED))
    rows = plan.lines.select_related("topic", "plan").annotate(
        held=Count("activities", filter=ended),
        came_officials=Sum("activities__officials"),
        came_producers=Sum("activities__producers"),
        came_others=Sum("activities__others"),
        came_unlisted=Sum("activities__unlisted", filter=ended),
        spent=Sum("activities__cost"),
    )
    return [
        Progress(
            row,
            row.held,
            sum(
                part or 0
                for part in (row.came_officials, row.came_producers, row.came_others, row.came_unlisted)
            ),
            row.spent or 0,
        )
        for row in rows
    ]
