"""Papers of direction, laid out by Decree 30/2020/NĐ-CP; number and day stay blank until they are entered."""

from ocop.direction.papers.tasks import task_docx, work_plan_docx, work_plan_xlsx

__all__ = ["task_docx", "work_plan_docx", "work_plan_xlsx"]
