"""Papers of direction, laid out by Decree 30/2020/NĐ-CP; number and day stay blank until they are entered."""

from ocop.direction.papers.programme import (
    award_docx,
    award_xlsx,
    nomination_docx,
    project_docx,
    review_docx,
)
from ocop.direction.papers.tasks import task_docx, work_plan_docx, work_plan_xlsx

__all__ = [
    "award_docx", "award_xlsx", "nomination_docx", "project_docx", "review_docx", "task_docx", "work_plan_docx",
    "work_plan_xlsx",
]  # fmt: skip
