"""Tasks go on with whoever took over when an agency ceases; what has no single heir lies with the province's desk."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from simple_history.utils import bulk_update_with_history

from ocop.audit.actions import record_moves
from ocop.direction.models import Task, TaskMove
from ocop.kit.flow import TRANSFER
from ocop.kit.registry import HandoverPart, Passed
from ocop.units.models import Agency
from ocop.units.queries.handover import Reorganisation

BASIS_LENGTH = 200


def _open(change: Reorganisation) -> QuerySet[Task]:
    """Open tasks of agencies that cease on the eve."""
    return Task.objects.filter(agency__in=change.agencies, closed_at__isnull=True)


def _taker(change: Reorganisation, agency_id: int) -> Agency | None:
    """The one successor, else the desk of the province, which gives the task to somebody else."""
    heirs = change.successors.get(agency_id, ())
    return heirs[0] if len(heirs) == 1 else change.desk


def _name(agency: Agency | None) -> str:
    return (agency.short_name or agency.name) if agency is not None else ""


def passing(change: Reorganisation) -> list[Passed]:
    """How many tasks go from whom to whom; one query."""
    counts: Counter[tuple[str, str]] = Counter()
    for agency_id in _open(change).values_list("agency_id", flat=True):
        counts[_name(change.agencies[agency_id]), _name(_taker(change, agency_id))] += 1
    return [Passed(giver, taker, count) for (giver, taker), count in sorted(counts.items())]


def staying(change: Reorganisation) -> int:
    """Open tasks of the province whose agency goes on."""
    rows = Task.objects.filter(unit__covers__holder=change.province, closed_at__isnull=True)
    return rows.exclude(agency__in=change.agencies).count()


def carry_out(change: Reorganisation, *, by: Any, at: datetime) -> int:
    """Move the tasks, each with a step that says from whom to whom; their area and days stay."""
    rows = list(_open(change).select_for_update(of=("self",)).select_related("agency").order_by("pk"))
    moved, moves = [], []
    for task in rows:
        taker = _taker(change, task.agency_id)
        if taker is None:
            continue
        moves.append(
            TaskMove(
                subject=task, flow="nhiem_vu", name=TRANSFER, from_state=task.state, to_state=task.state,
                reason=f"{_name(task.agency)} → {_name(taker)}", legal_basis=change.basis_name[:BASIS_LENGTH], at=at,
                data={"from": task.agency.name, "to": taker.name, "day": str(change.day)}, by=by,
            )
        )  # fmt: skip
        task.agency = taker
        task.set_search()
        moved.append(task)
    if moved:
        bulk_update_with_history(
            moved, Task, ["agency", "search_text", "search_exact"], batch_size=300, default_user=by,
            default_change_reason=f"Sắp xếp đơn vị từ ngày {change.day:%d/%m/%Y}", default_date=at,
        )  # fmt: skip
        record_moves(TaskMove.objects.bulk_create(moves, batch_size=500), by=by)
    return len(moved)


PART = HandoverPart(
    key="tasks",
    label="Nhiệm vụ được giao",
    passing=passing,
    carry_out=carry_out,
    staying=staying,
    order=96,
)
