"""Models of direction."""

from ocop.direction.models.assignment import Assignment
from ocop.direction.models.plan import WorkLine, WorkPlan, WorkPlanMove
from ocop.direction.models.task import Task, TaskMove

__all__ = ["Assignment", "Task", "TaskMove", "WorkLine", "WorkPlan", "WorkPlanMove"]
