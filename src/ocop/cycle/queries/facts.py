"""What guards and deadlines of ideas, meetings and plans are asked with."""

from datetime import date
from typing import Any

from django.conf import settings

from ocop.cycle.enums import CycleStep, IdeaState, PlanState
from ocop.cycle.models import BusinessPlan, Idea, IdeaCriterion, SelectionMeeting
from ocop.cycle.queries.calendar import last_day_of_step
from ocop.cycle.rules.plans import PlanFacts, report_due
from ocop.cycle.rules.screens import IDEA_SCREENS, PLAN_SCREENS, Screen
from ocop.cycle.rules.selection import Criterion, IdeaFacts, MeetingFacts, Scored, open_criteria
from ocop.kit import clock, days
from ocop.kit.marks import is_blank
from ocop.rulebook.queries import setting


def known(key: str, day: date) -> Any:
    """A dated setting of the province that this installation serves."""
    return setting(key, settings.OCOP_PROVINCE, day)


def values_of(row: Idea | BusinessPlan, screen: Screen) -> dict[str, Any]:
    """What a row holds for a screen, as plain values."""
    found = {}
    for name in screen.fields:
        field: Any = row._meta.get_field(name)
        found[name] = getattr(row, field.attname)
    return found


def missing_labels(row: Idea | BusinessPlan, screens: tuple[Screen, ...]) -> tuple[str, ...]:
    """Names of the required fields without an answer."""
    names = [name for screen in screens for name in screen.required]
    fields: list[Any] = [row._meta.get_field(name) for name in names]
    return tuple(str(field.verbose_name) for field in fields if is_blank(getattr(row, field.attname)))


def idea_facts(idea: Idea) -> IdeaFacts:
    """For the guards of an idea."""
    return IdeaFacts(missing_labels(idea, IDEA_SCREENS))


def idea_due(idea: Idea, day: date) -> date | None:
    """An idea that was registered is to be chosen or refused before the step of ideas ends (calendar of the unit).

    One that comes after the step has no day of its own; one that was due keeps its day, however late the next press.
    """
    if idea.state not in (IdeaState.REGISTERED, IdeaState.LISTED):
        return None
    last = last_day_of_step(idea.unit_id, idea.year, CycleStep.IDEAS)
    return last if last is None or last >= day else idea.due_on


def criteria_on(day: date) -> list[Criterion]:
    """The criteria of the choice that are in force on a day, in order."""
    return [row.rule for row in IdeaCriterion.objects.valid_on(day)]


def meeting_facts(meeting: SelectionMeeting) -> MeetingFacts:
    """For the guards of a meeting; three queries and the setting."""
    criteria = criteria_on(meeting.held_on)
    lines = tuple(
        Scored(str(line.idea), line.verdict, line.reason, open_criteria(criteria, line.scores), line.points)
        for line in meeting.lines.select_related("idea")
    )
    attended = list(meeting.members.values_list("was_present", flat=True))
    return MeetingFacts(
        lines,
        sum(attended),
        len(attended),
        needed=int(known("idea_points_needed", meeting.held_on)),
        ahead=meeting.held_on if meeting.held_on > clock.today() else None,
    )


def plan_facts(plan: BusinessPlan) -> PlanFacts:
    """For the guards of a plan; two queries."""
    return PlanFacts(
        missing=missing_labels(plan, PLAN_SCREENS), milestones=plan.milestones.count(), appraisal=plan.appraisal,
        has_product=plan.product_id is not None, reported=plan.progress.exists(),
    )  # fmt: skip


def reported_quarters(plan: BusinessPlan) -> set[tuple[int, int]]:
    """(year, quarter) of the reports of a plan; none of one that is not stored yet."""
    if plan.pk is None:
        return set()
    return set(plan.progress.values_list("year", "quarter"))


def plan_due(plan: BusinessPlan, day: date) -> date | None:
    """Until when a plan is appraised or decided on, or the next report of a quarter is given."""
    if plan.state in (PlanState.SUBMITTED, PlanState.APPRAISED):
        return days.add_working_days(day, int(known("plan_appraisal_days", day)))
    if plan.state == PlanState.APPROVED:
        since = plan.decided_on or day
        return report_due(since, reported_quarters(plan), days=int(known("plan_report_days", day)))
    return None
