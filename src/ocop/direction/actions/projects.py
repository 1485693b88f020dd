"""Projects: proposed, approved by a decision, begun, finished or stopped; progress with photographs."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ocop.accounts.agencies import OFFICERS
from ocop.accounts.models import User
from ocop.accounts.queries import holders_of
from ocop.direction.models import Project, ProjectMove, ProjectProgress
from ocop.direction.permissions.programme import may_write_project, project_roles
from ocop.direction.permissions.tasks import PROVINCE
from ocop.direction.queries.projects import facts_of
from ocop.direction.rules.projects import ARTICLE, PROJECT, due_in
from ocop.inbox.actions import notify_each
from ocop.kit import clock
from ocop.kit.cases import Desk, open_case, press
from ocop.kit.errors import Refused, require
from ocop.kit.flow import MoveBase
from ocop.producers.casework import keep_files
from ocop.producers.signing import signed


def _tell(project: Project, move: MoveBase) -> None:
    """The responsible agency, and who approves while that is waited for."""
    people = list(holders_of(*OFFICERS, agency=project.agency_id))
    if project.state == "proposed":
        people += list(holders_of(*PROVINCE, unit=project.unit_id))
    notify_each(
        [one for one in people if one.pk != move.by_id],  # type: ignore[attr-defined]
        kind="case.projects", title=f"{project.get_state_display()}: {project}", text=move.reason,
        url=project.get_absolute_url(), subject_key=f"project:{project.pk}", at=move.at,
    )  # fmt: skip


PROJECT_DESK = Desk(
    PROJECT, ProjectMove, project_roles, facts=facts_of, due=lambda row, day: due_in(row.state, row.last_on),
    tell=_tell, opened="Đề xuất",
)  # fmt: skip


def propose_project(project: Project, *, by: User | None, at: datetime | None = None) -> Project:
    """Propose a project or pilot model; `by` None for those of the plan. Raises `Refused` for a code used before."""
    try:
        with transaction.atomic():
            return open_case(PROJECT_DESK, signed(project, by), by=by, at=at)  # type: ignore[no-any-return]
    except IntegrityError as error:
        raise Refused("project.code", "Mã này đã dùng cho một dự án khác của địa bàn.", ARTICLE) from error


def approve_project(
    project: Project, *, number: str, decided_on: date | None, first_on: date | None, last_on: date | None, by: User,
    reason: str = "", at: datetime | None = None,
) -> ProjectMove:  # fmt: skip
    """Approve a project by a decision, with its days. Raises as `press`."""
    values = {
        "decision_number": number.strip(), "decided_on": decided_on, "first_on": first_on, "last_on": last_on,
    }  # fmt: skip
    return press(  # type: ignore[no-any-return]
        PROJECT_DESK, project, "approve", by=by, at=at, reason=reason, values=values
    )


def finish_project(
    project: Project, *, outcome: str, by: User, reason: str = "", at: datetime | None = None
) -> ProjectMove:
    """End a project with what came of it; raises `Refused` while a milestone is not reached."""
    return press(  # type: ignore[no-any-return]
        PROJECT_DESK, project, "finish", by=by, at=at, reason=reason, values={"outcome": outcome.strip()}
    )


def note_progress(progress: ProjectProgress, *, by: User, uploads: Iterable[Any] = ()) -> ProjectProgress:
    """How far a project is, with photographs. Raises `Forbidden` for others, `Refused` for a day to come."""
    require(may_write_project(by, progress.project))
    if progress.day > clock.today():
        raise Refused("progress.day", "Ngày ghi tiến độ chưa đến.", ARTICLE)
    progress.by = progress.by or by
    signed(progress, by).save()
    keep_files(progress, uploads, by=by)
    return progress
