"""Registers and procedures of direction."""

from ocop.direction.registers.plans import WORK_LINES, WORK_PLANS
from ocop.direction.registers.tasks import ASSIGNMENTS, TASKS, overdue_todo

ALL = (TASKS, ASSIGNMENTS, WORK_PLANS, WORK_LINES)

__all__ = ["ALL", "ASSIGNMENTS", "TASKS", "WORK_LINES", "WORK_PLANS", "overdue_todo"]
