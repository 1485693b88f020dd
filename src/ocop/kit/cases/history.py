"""The past of a case written down at once: what the presses would have left behind, without pressing them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ocop.kit.cases.desk import OPENED, Desk
from ocop.kit.flow import MoveBase


@dataclass(frozen=True)
class Pressed:
    """A press of the past: the verb, when, by whom, why, and what was noted with it."""

    verb: str
    at: datetime
    by: Any
    reason: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def replay(
    desk: Desk, row: Any, presses: Iterable[Pressed], *, opened_at: datetime, opened_by: Any
) -> list[MoveBase]:
    """The unsaved moves of a case that was begun then and pressed so; `row` gets its state and its times.

    For loads in bulk: neither roles nor guards are asked, nobody is told, and deadlines are the caller's. Raises
    `ValueError` for a verb that the table does not allow in that state.
    """
    state = desk.flow.initial
    row.opened_at, row.opened_by, row.closed_at = opened_at, opened_by, None
    moves = [_move(desk, OPENED, "", state, Pressed(OPENED, opened_at, opened_by), desk.flow.legal_basis)]
    for pressed in presses:
        found = desk.flow.find(pressed.verb, state)
        if found is None:
            raise ValueError(f"{desk.flow.key}: {pressed.verb!r} is not possible in {state!r}")
        moves.append(_move(desk, pressed.verb, state, found.target or state, pressed, found.legal_basis))
        state = found.target or state
        if state in desk.flow.final:
            row.closed_at = pressed.at
    row.state = state
    return moves


def _move(desk: Desk, name: str, source: str, target: str, pressed: Pressed, basis: str) -> MoveBase:
    return desk.move_model(
        flow=desk.flow.key, name=name, from_state=source, to_state=target, reason=pressed.reason,
        legal_basis=basis, at=pressed.at, data=dict(pressed.data), by=pressed.by,
    )  # fmt: skip
