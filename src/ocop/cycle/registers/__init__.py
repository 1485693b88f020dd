"""The registers and procedures of the cycle."""

from ocop.cycle.registers.calendars import CALENDARS, CRITERIA, SEASONS
from ocop.cycle.registers.ideas import IDEAS
from ocop.cycle.registers.meetings import MEETINGS, MEMBERS
from ocop.cycle.registers.plans import MILESTONES, PLANS, PROGRESS, SUPPORTS

ALL = (IDEAS, MEETINGS, MEMBERS, PLANS, MILESTONES, SUPPORTS, PROGRESS, CALENDARS, SEASONS, CRITERIA)

__all__ = [
    "ALL", "CALENDARS", "CRITERIA", "IDEAS", "MEETINGS", "MEMBERS", "MILESTONES", "PLANS", "PROGRESS", "SEASONS",
    "SUPPORTS",
]  # fmt: skip
