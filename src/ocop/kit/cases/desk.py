"""How a kind of case moves: its flow, its roles, its facts, its deadlines and whom it tells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ocop.kit import clock
from ocop.kit.flow import RECORDED_LABELS, Flow, MoveBase, Offer, make_move, moves_for
from ocop.kit.registry import announce

OPENED = "open"
"""The name of the move that begins a case; no table offers it."""


def _itself(row: Any) -> Any:
    return row


@dataclass(frozen=True)
class Desk:
    """One kind of case. `roles(user, row)` answers role keys, `facts(row)` what the guards are given.

    `due(row, day)` is the last day of the state just reached, `tell(row, move)` sends the notices of a move.
    `opened` is what the beginning is called in the timeline.
    """

    flow: Flow
    move_model: type[MoveBase]
    roles: Callable[[Any, Any], frozenset[str]]
    facts: Callable[[Any], Any] = _itself
    due: Callable[[Any, date], date | None] | None = None
    tell: Callable[[Any, MoveBase], None] | None = None
    opened: str = "Lập"

    def offers(self, user: Any, row: Any) -> list[Offer]:
        """The presses of this person, refused ones with their reasons."""
        return moves_for(self.flow, row.state, self.roles(user, row), self.facts(row))

    def label_of(self, move: MoveBase) -> str:
        """What was pressed, in words."""
        if move.name == OPENED:
            return self.opened
        found = self.flow.find(move.name, move.from_state)
        return found.label if found else RECORDED_LABELS.get(move.name, move.name)

    def last_day(self, row: Any, at: datetime) -> date | None:
        """Until when the state that the row is in now should end; None for a closed case."""
        if row.state in self.flow.final or self.due is None:
            return None
        return self.due(row, clock.local_day(at))


def open_case(
    desk: Desk,
    row: Any,
    *,
    by: Any,
    at: datetime | None = None,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> Any:
    """Save a new case in the first state of its flow, with the move that says who began it; answers the row."""
    at = at or clock.now()
    with transaction.atomic():
        row.state = desk.flow.initial
        row.opened_at, row.opened_by = at, by
        row.due_on = desk.last_day(row, at)
        row.save()
        move = desk.move_model._default_manager.create(
            subject=row, flow=desk.flow.key, name=OPENED, from_state="", to_state=row.state, reason=reason.strip(),
            legal_basis=desk.flow.legal_basis, at=at, data=dict(data or {}), by=by,
        )  # fmt: skip
        announce("flow.moved", by=by, subject=row, move=move)
        if desk.tell is not None:
            desk.tell(row, move)
    return row


def press(
    desk: Desk,
    row: Any,
    verb: str,
    *,
    by: Any,
    at: datetime | None = None,
    reason: str = "",
    values: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    before: Callable[[Any], object] | None = None,
    after: Callable[[Any, MoveBase], None] | None = None,
) -> Any:
    """Run one verb on a case, under its lock, and answer its move; `row` holds what is stored afterwards.

    `values` are attributes set before the guards look, `before(row)` whatever else has to stand by then; `after(row,
    move)` follows in the same transaction. Raises `Refused` with every reason, `Forbidden` for somebody else's verb;
    then nothing is kept.
    """
    at = at or clock.now()
    with transaction.atomic():
        stored = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
        roles = desk.roles(by, stored)
        transition = desk.flow.find(verb, stored.state)
        if transition is not None and transition.roles & roles:
            for name, value in (values or {}).items():
                setattr(stored, name, value)
            if before is not None:
                before(stored)
        move = make_move(
            stored, desk.flow, verb, move_model=desk.move_model, by=by, roles=roles, facts=desk.facts(stored), at=at,
            reason=reason, data=data,
        )  # fmt: skip
        closed = at if stored.state in desk.flow.final else None
        times = {"due_on": desk.last_day(stored, at), "closed_at": closed}
        # The clock of a case is derived from its moves: no history row of its own.
        type(row)._base_manager.filter(pk=stored.pk).update(**times)
        for name, value in times.items():
            setattr(stored, name, value)
        if after is not None:
            after(stored, move)
        if desk.tell is not None:
            desk.tell(stored, move)
    row.refresh_from_db()
    return move
