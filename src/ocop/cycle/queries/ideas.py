"""Ideas as pages read them."""

from typing import Any

from django.db.models import Q, QuerySet

from ocop.accounts.queries import scope_of
from ocop.cycle.enums import IdeaState, MeetingState, PlanState
from ocop.cycle.models import BusinessPlan, Idea, MeetingLine, SelectionMeeting
from ocop.cycle.models.plan import OVER
from ocop.kit import clock
from ocop.producers.models import Producer, ProducerAccess
from ocop.units.queries import covered_ids


def line_of(idea: Idea) -> MeetingLine | None:
    """The idea's line in the meeting that decided, None before the list was approved."""
    rows = idea.lines.filter(meeting__state=MeetingState.APPROVED).select_related("meeting")
    return rows.order_by("-pk").first()


def live_plan(idea: Idea) -> BusinessPlan | None:
    """The plan of an idea that was neither refused nor withdrawn."""
    return idea.plans.exclude(state__in=OVER).first()


def without_plan(user: Any) -> Q:
    """Ideas of the person's producers that were chosen this year or last and have no plan yet."""
    planned = BusinessPlan.objects.exclude(state__in=OVER).values("idea_id")
    recent = Q(state=IdeaState.SELECTED, year__gte=clock.today().year - 1)
    return recent & Q(producer_id__in=own_producers(user).order_by().values("pk")) & ~Q(pk__in=planned)


def own_producers(user: Any) -> QuerySet[Producer]:
    """The producers that the person acts for today."""
    return (
        Producer.objects.unmerged()
        .filter(pk__in=ProducerAccess.objects.producer_ids(user))
        .order_by("name", "pk")
    )


def own_drafts(user: Any) -> Q:
    """Rows that are no drafts, and the drafts of the person or of the person's producers."""
    return ~Q(state=IdeaState.DRAFT) | _own(user)


def own_cases(user: Any) -> Q:
    """Plans that lie with an office, and those drafts and approved plans that are the person's own."""
    return ~Q(state__in=(PlanState.DRAFT, PlanState.APPROVED)) | _own(user)


def _own(user: Any) -> Q:
    return Q(opened_by=user.pk) | Q(producer_id__in=ProducerAccess.objects.producer_ids(user))


def producers_to_register_for(user: Any) -> QuerySet[Producer]:
    """For whom the person may register an idea: the own producers, for officers those of the place."""
    if not scope_of(user).is_official:
        return own_producers(user)
    return Producer.objects.visible_to(user).known().order_by("name", "pk")


def waiting_for(meeting: SelectionMeeting) -> QuerySet[Idea]:
    """Registered ideas of the meeting's year and unit that stand on no list."""
    units = covered_ids(meeting.unit) | {meeting.unit_id}
    rows = Idea.objects.filter(state=IdeaState.REGISTERED, year=meeting.year, unit_id__in=units)
    return rows.select_related("producer", "unit").order_by("opened_at", "pk")
