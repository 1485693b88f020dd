"""What the guards of plans and activities look at, and who came."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from ocop.kit import clock
from ocop.producers.casework.roles import province_code
from ocop.rulebook.queries import setting
from ocop.training.enums import CourseState, Gender
from ocop.training.models import Course, Entry, Participant, YearPlan
from ocop.training.rules.attendance import Came, Split, has_enough, split_of
from ocop.training.rules.flows import CourseFacts, PlanFacts
from ocop.units.enums import UnitLevel

ENDED_STATES = (CourseState.CLOSED, CourseState.CANCELLED)


def plan_facts(plan: YearPlan) -> PlanFacts:
    """The lines of a plan, the paper, and its activities still under way."""
    courses = Course.objects.filter(line__plan=plan.pk).exclude(state__in=ENDED_STATES)
    return PlanFacts(
        lines=plan.lines.count(),
        number=plan.number,
        decided_on=plan.decided_on,
        today=clock.today(),
        open_courses=courses.count(),
    )


def share_needed(course: Course, day: date | None = None) -> int:
    """Which share of the sessions (percent) earns a certificate of an activity; the dated setting of its last day."""
    return int(setting("training_certificate_percent", province_code(course.unit), day or course.ends_on))


def with_presence(course: Course) -> QuerySet[Participant]:
    """Those coming, each with `present`, the number of sessions attended."""
    return course.participants.coming().annotate(present=Count("attendances"))


def entitled(course: Course) -> list[Participant]:
    """Those who attended enough sessions for a certificate, by name."""
    sessions, percent = course.sessions.count(), share_needed(course)
    rows = with_presence(course).order_by("full_name", "pk")
    return [row for row in rows if has_enough(row.present, sessions, percent)]  # type: ignore[attr-defined]


def _commune_of(row: Participant) -> int | None:
    """The commune that a participant counts for: the own one, else that of the producer."""
    unit = row.unit or (row.producer.unit if row.producer else None)
    return unit.pk if unit is not None and unit.level == UnitLevel.COMMUNE else None


def split_that_came(course: Course) -> Split:
    """Those who attended at least one session, by what the plan counts."""
    rows = with_presence(course).filter(present__gt=0).select_related("unit", "producer__unit")
    return split_of(Came(row.audience, row.gender == Gender.FEMALE, _commune_of(row)) for row in rows)


def course_facts(course: Course) -> CourseFacts:
    """Counts of everything that stands under an activity."""
    entries = Entry.objects.filter(course=course.pk)
    sessions = course.sessions.annotate(present=Count("attendances"))
    return CourseFacts(
        kind=course.kind,
        today=clock.today(),
        starts_on=course.starts_on,
        ends_on=course.ends_on,
        sessions=len(sessions),
        coming=course.participants.coming().count(),
        empty_sessions=sum(not row.present for row in sessions),
        entitled=len(entitled(course)) if course.state == CourseState.ENDED else 0,
        cost=course.cost,
        visits=course.visits.count(),
        visits_without_lesson=course.visits.filter(lesson="").count(),
        entries=entries.count(),
        unscored_entries=entries.filter(~Q(scores__isnull=False)).count(),
        prizes=entries.exclude(prize="").count(),
        agreements=course.agreements,
    )
