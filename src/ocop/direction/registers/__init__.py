"""Registers and procedures of direction."""

from ocop.direction.registers.plans import WORK_LINES, WORK_PLANS
from ocop.direction.registers.projects import MILESTONES, PROGRESS, PROJECTS, RISKS
from ocop.direction.registers.reviews import NOMINATIONS, REVIEWS
from ocop.direction.registers.tasks import ASSIGNMENTS, TASKS, overdue_todo

ALL = (
    TASKS, ASSIGNMENTS, WORK_PLANS, WORK_LINES, PROJECTS, MILESTONES, PROGRESS, RISKS, REVIEWS, NOMINATIONS,
)  # fmt: skip

__all__ = [
    "ALL", "ASSIGNMENTS", "MILESTONES", "NOMINATIONS", "PROGRESS", "PROJECTS", "REVIEWS", "RISKS", "TASKS",
    "WORK_LINES", "WORK_PLANS", "overdue_todo",
]  # fmt: skip
