"""History in bulk: cases as they would stand after presses of the past, for demo data of several years.

Guards, notices and the log are left out; state, moves, deadline and end are what `open_case` and `press` would have
written, which the tests compare.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simple_history.utils import bulk_create_with_history

from ocop.kit import clock
from ocop.kit.cases.desk import OPENED, Desk
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable


@dataclass(frozen=True)
class Step:
    """A verb of the past: when, by whom, why."""

    verb: str
    at: datetime
    by: Any = None
    reason: str = ""


@dataclass(frozen=True)
class Past:
    """A case that is not stored yet, with the facts that its steps left in it."""

    row: Any
    opened: Step
    steps: tuple[Step, ...] = ()


def write_past(desk: Desk, cases: Iterable[Past]) -> list[Any]:
    """Store the cases with their moves; answers the rows.

    Raises `ValueError` for a verb that the table does not know in the state reached.
    """
    cases = list(cases)
    moves = [_walk(desk, case) for case in cases]
    rows = [case.row for case in cases]
    if not rows:
        return rows
    model = type(rows[0])
    if hasattr(model, "history"):
        bulk_create_with_history(rows, model, batch_size=500, default_date=clock.now())
    else:
        model._base_manager.bulk_create(rows, batch_size=500)
    flat = [move for case, found in zip(rows, moves, strict=True) for move in _of(case, found)]
    desk.move_model._default_manager.bulk_create(flat, batch_size=500)
    return rows


def _of(row: Any, moves: list[MoveBase]) -> list[MoveBase]:
    for move in moves:
        move.subject = row  # type: ignore[attr-defined]
    return moves


def _walk(desk: Desk, case: Past) -> list[MoveBase]:
    """Walk the row along its steps: its moves, and state, deadline and end on the row."""
    row, flow = case.row, desk.flow
    row.opened_at, row.opened_by, row.state = case.opened.at, case.opened.by, flow.initial
    moves = [_move(desk, case.opened, OPENED, "", row.state, flow.legal_basis)]
    last = case.opened
    for last in case.steps:
        transition = flow.find(last.verb, row.state)
        if transition is None:
            raise ValueError(f"{flow.key}: no {last.verb!r} in state {row.state!r}")
        source, row.state = row.state, transition.target or row.state
        moves.append(_move(desk, last, last.verb, source, row.state, transition.legal_basis))
    row.due_on = desk.last_day(row, last.at)
    row.closed_at = last.at if row.state in flow.final else None
    if isinstance(row, Searchable):
        row.set_search()
    return moves


def _move(desk: Desk, step: Step, name: str, source: str, target: str, basis: str) -> MoveBase:
    return desk.move_model(
        flow=desk.flow.key, name=name, from_state=source, to_state=target, reason=step.reason, legal_basis=basis,
        at=step.at, by=step.by,
    )  # fmt: skip
