"""Reports when agencies cease: what is open goes to the one that takes over, what was sent to who receives now."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ocop.kit.flow import TRANSFER
from ocop.kit.registry import HandoverPart, Passed
from ocop.reporting.actions.reports import take_figures
from ocop.reporting.enums import ReportState
from ocop.reporting.models import Report, ReportMove
from ocop.units.models import Agency, Unit
from ocop.units.queries.handover import Reorganisation

OPEN = (ReportState.DRAFT, ReportState.RETURNED)
GOING_ON = (*OPEN, ReportState.SUBMITTED, ReportState.ACCEPTED)
CANCEL = "cancel"


@dataclass(frozen=True)
class Fate:
    """What becomes of a report: who writes it and who receives it afterwards; `agency` None: nobody writes it on."""

    report: Report
    agency: Agency | None
    receiver: Unit
    reason: str
    source: str
    target: str

    @property
    def ends(self) -> bool:
        """True when the report is given up."""
        return self.agency is None

    @property
    def is_taken_over(self) -> bool:
        """True when another agency is to write it."""
        return self.agency is not None and self.agency.pk != self.report.agency_id


def _short(agency: Agency) -> str:
    return agency.short_name or agency.name


def fates(change: Reorganisation) -> list[Fate]:
    """Every report that a reorganisation concerns, in two queries.

    An open report goes to the one agency that takes over. Where that agency has a report of the round already (two
    communes became one), the report is given up for it: its figures count both. Without a single successor nobody can
    write it on. What was sent stays its author's and goes to the province where its district ceased.
    """
    rows = list(
        Report.objects.filter(round__province=change.province, state__in=GOING_ON)
        .select_related("round__form", "round__province", "agency", "receiver", "unit")
        .order_by("pk")
    )
    taken = set(Report.objects.filter(round__province=change.province).values_list("round_id", "agency_id"))
    found = []
    for row in rows:
        fate = _fate(row, change, taken)
        if fate is not None:
            found.append(fate)
    return found


def _fate(row: Report, change: Reorganisation, taken: set[tuple[int, int]]) -> Fate | None:
    receiver_ends = row.receiver.valid_to == change.eve and row.receiver_id != change.province.pk
    receiver = change.province if receiver_ends else row.receiver
    source = _short(row.agency)
    if row.state in OPEN and row.agency_id in change.agencies:
        heirs = change.successors.get(row.agency_id, ())
        if len(heirs) != 1:
            reason = "Cơ quan đã kết thúc, không có một cơ quan kế tục."
            return Fate(row, None, receiver, reason, source, change.agency_heirs(row.agency_id))
        (heir,) = heirs
        if (row.round_id, heir.pk) in taken:
            return Fate(row, None, receiver, f"Nhập vào báo cáo của {_short(heir)}.", source, _short(heir))
        taken.add((row.round_id, heir.pk))
        return Fate(row, heir, receiver, f"{source} → {_short(heir)}", source, _short(heir))
    if receiver_ends:
        before = change.districts.get(row.unit_id)
        giver = _short(before) if before is not None else row.receiver.title
        return Fate(row, row.agency, receiver, f"{giver} → {change.desk_name}", giver, change.desk_name)
    return None


def passing(change: Reorganisation) -> list[Passed]:
    """Counts by who gives and who takes."""
    counts = Counter((fate.source, fate.target) for fate in fates(change))
    return [Passed(source, target, count) for (source, target), count in sorted(counts.items())]


def carry_out(change: Reorganisation, *, by: Any, at: datetime) -> int:
    """Write what `fates` says, a move for each; what is taken over is measured anew for the unit of today."""
    found = fates(change)
    ReportMove.objects.bulk_create([_move(fate, change, by, at) for fate in found], batch_size=500)
    taken = [fate.report for fate in found if fate.is_taken_over]
    for fate in found:
        _write(fate, at)
    for round in {row.round for row in taken}:
        take_figures(round, only=[row.pk for row in taken if row.round == round], at=at)
    return len(found)


def _move(fate: Fate, change: Reorganisation, by: Any, at: datetime) -> ReportMove:
    row = fate.report
    return ReportMove(
        subject=row, flow="bao_cao", name=CANCEL if fate.ends else TRANSFER, from_state=row.state,
        to_state=ReportState.CANCELLED if fate.ends else row.state, reason=fate.reason,
        legal_basis=change.basis_name[:200], at=at, by=by, data={"day": str(change.day)},
    )  # fmt: skip


def _write(fate: Fate, at: datetime) -> None:
    row = fate.report
    row.receiver = fate.receiver
    if fate.agency is None:
        row.state, row.closed_at, row.due_on = ReportState.CANCELLED, at, None
    else:
        row.agency, row.unit = fate.agency, fate.agency.unit or row.unit
    row.save()


PART = HandoverPart(key="reports", label="Báo cáo định kỳ", passing=passing, carry_out=carry_out, order=60)
