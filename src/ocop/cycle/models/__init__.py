"""Tables of the yearly cycle."""

from ocop.cycle.models.calendar import CycleCalendar, SeasonalException
from ocop.cycle.models.idea import Idea, IdeaCriterion, IdeaMove
from ocop.cycle.models.meeting import MeetingLine, MeetingMember, MeetingMove, SelectionMeeting
from ocop.cycle.models.plan import BusinessPlan, PlanMilestone, PlanMove, PlanProgress, PlanSupport

__all__ = [
    "BusinessPlan", "CycleCalendar", "Idea", "IdeaCriterion", "IdeaMove", "MeetingLine", "MeetingMember",
    "MeetingMove", "PlanMilestone", "PlanMove", "PlanProgress", "PlanSupport", "SeasonalException",
    "SelectionMeeting",
]  # fmt: skip
