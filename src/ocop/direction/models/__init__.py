"""Models of direction."""

from ocop.direction.models.assignment import Assignment
from ocop.direction.models.nomination import Nomination, NominationMove
from ocop.direction.models.plan import WorkLine, WorkPlan, WorkPlanMove
from ocop.direction.models.project import Milestone, Project, ProjectMove, ProjectProgress, ProjectRisk
from ocop.direction.models.review import Review, ReviewMove
from ocop.direction.models.task import Task, TaskMove

__all__ = [
    "Assignment", "Milestone", "Nomination", "NominationMove", "Project", "ProjectMove", "ProjectProgress",
    "ProjectRisk", "Review", "ReviewMove", "Task", "TaskMove", "WorkLine", "WorkPlan", "WorkPlanMove",
]  # fmt: skip
