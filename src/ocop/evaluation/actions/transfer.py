"""Open dossiers go to the successors of agencies that ceased, under the procedure in force that day; in bulk."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F

from ocop.audit.actions import record_moves
from ocop.evaluation.enums import DossierState, DraftState, ItemState
from ocop.evaluation.models import DecisionLine, Dossier, DossierMove, Result, SessionItem
from ocop.evaluation.queries.rounds import round_for
from ocop.evaluation.queries.transfer import Transfer, describe, passing, staying, transfers, undecided
from ocop.evaluation.rules.transfer import is_with_district
from ocop.kit.flow import NEW_UNIT, TRANSFER
from ocop.kit.registry import HandoverPart
from ocop.rulebook.models import Procedure
from ocop.units.models import Unit
from ocop.units.queries.handover import Reorganisation

CHUNK = 900
"""Values per query: SQLite takes no more than 999 parameters by default."""
BASIS_LENGTH = 200


def carry_out(change: Reorganisation, *, by: Any, at: datetime) -> int:
    """Move every open dossier that is concerned; answers how many.

    Sheets and results of a district's council are kept; what was not decided is off its agenda and its drafts, and its
    result no longer counts.
    """
    list(
        Dossier.objects.select_for_update().open().filter(province=change.province).order_by("pk").only("pk")
    )
    found = transfers(change)
    _write(found, change)
    _leave_the_district([row.pk for row in found if is_with_district(row.state_before) and row.moves_on], at)
    _record(found, change, by=by, at=at)
    return sum(row.changes_hands for row in found)


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def _write(found: list[Transfer], change: Reorganisation) -> None:
    """New flow, procedure and state, one update for all that go the same way; a step of the province joins a round."""
    procedures = {
        row.flow_key: row for row in Procedure.objects.filter(flow_key__in={row.flow for row in found})
    }
    ways: dict[tuple[str, str, bool], list[int]] = {}
    for row in found:
        if row.flow != row.flow_before or row.moves_on:
            ways.setdefault((row.flow, row.state, row.moves_on), []).append(row.pk)
    for (flow, state, moves_on), ids in ways.items():
        values: dict[str, Any] = {"flow_key": flow}
        if flow in procedures:
            values["procedure"] = procedures[flow]
        if moves_on:
            values |= {"state": state, "due_on": None, "due_rule": "", "version": F("version") + 1}
        for chunk in _chunks(ids):
            Dossier.objects.filter(pk__in=chunk).update(**values)
    proposed = [row.pk for row in found if row.moves_on and row.state == DossierState.PROPOSED]
    joined = round_for(change.province, change.day) if proposed else None
    ends = [row.valid_to for row in procedures.values() if row.valid_to is not None]
    if joined is not None and all(joined.propose_by <= last for last in ends):  # none of a later procedure
        for chunk in _chunks(proposed):
            Dossier.objects.filter(pk__in=chunk, round__isnull=True).update(round=joined)


def _leave_the_district(ids: list[int], at: datetime) -> None:
    """Off the agenda, off the drafts; a result that was not told is kept and no longer counts."""
    for chunk in _chunks(ids):
        items = SessionItem.objects.filter(dossier__in=chunk, removed_at__isnull=True)
        items.exclude(state=ItemState.CLOSED).update(removed_at=at)
        lines = DecisionLine.objects.filter(dossier__in=chunk, dropped_at__isnull=True)
        lines.exclude(draft__state=DraftState.ISSUED).update(dropped_at=at)
        results = Result.objects.filter(dossier__in=chunk, superseded_at__isnull=True)
        results.exclude(dossier__state=DossierState.TO_BE_TOLD).update(superseded_at=at)


def _record(found: list[Transfer], change: Reorganisation, *, by: Any, at: datetime) -> None:
    """One move row per dossier, with its digest in the log."""
    subjects: dict[int, Dossier] = {}
    for chunk in _chunks([row.pk for row in found]):
        rows = Dossier.objects.filter(pk__in=chunk).only("pk", "code", "due_on")
        subjects.update({row.pk: row for row in rows})
    moves = [
        DossierMove(
            subject=subjects[row.pk],
            flow=row.flow,
            name=TRANSFER,
            from_state=row.state_before,
            to_state=row.state,
            reason=f"{row.giver} → {row.taker}" if row.changes_hands else "Tiếp tục theo quy trình mới.",
            legal_basis=change.basis_name[:BASIS_LENGTH],
            at=at,
            data={
                "from": row.giver,
                "to": row.taker,
                "day": str(change.day),
                "flow_before": row.flow_before,
            },
            by=by,
            unit_id=row.unit_id,
            due_on=subjects[row.pk].due_on,
            handled_at=None if row.changes_hands else at,  # a new procedure alone is no news to the producer
        )
        for row in found
    ]
    record_moves(DossierMove.objects.bulk_create(moves, batch_size=500), by=by)


def confirm(codes: Iterable[str], *, unit: Unit, since: date, by: Any, at: datetime) -> int:
    """The dossiers belong to the chosen commune from now on; the step is recorded with the unit before."""
    rows = list(
        Dossier.objects.select_for_update(of=("self",))
        .filter(code__in=list(codes))
        .select_related("unit")
        .order_by("pk")
    )
    moves = [
        DossierMove(
            subject=row,
            flow=row.flow_key,
            name=NEW_UNIT,
            from_state=row.state,
            to_state=row.state,
            reason=f"{row.unit.full_name} → {unit.full_name}",
            at=at,
            data={"from": row.unit.full_name, "to": unit.full_name, "day": str(since)},
            by=by,
            unit=row.unit,
            due_on=row.due_on,
        )
        for row in rows
    ]
    Dossier.objects.filter(pk__in=[row.pk for row in rows]).update(unit=unit)
    record_moves(DossierMove.objects.bulk_create(moves, batch_size=500), by=by)
    return len(rows)


PART = HandoverPart(
    key="dossiers",
    label="Hồ sơ đánh giá",
    passing=passing,
    carry_out=carry_out,
    staying=staying,
    undecided=undecided,
    describe=describe,
    confirm=confirm,
    order=10,
)
