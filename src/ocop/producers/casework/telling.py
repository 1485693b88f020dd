"""Notices of a case: who can go on, and the producer whose case it is."""

from collections.abc import Callable
from typing import Any

from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats
from ocop.kit.cases.procedure import PRIMARY
from ocop.kit.flow import Flow, MoveBase
from ocop.producers.casework.roles import PRODUCER_ROLES, officers_of, people_of


def teller(kind: str, flow: Flow) -> Callable[[Any, MoveBase], None]:
    """How a procedure tells of its moves: whoever may press a primary verb next, once each, never who just pressed.

    The producer's people hear of it when the next press is theirs and when the case has ended. `kind` is the key of
    the register.
    """

    def tell(row: Any, move: MoveBase) -> None:
        day = clock.local_day(move.at)
        roles = {role for one in flow.out_of(row.state) if one.style == PRIMARY for role in one.roles}
        people = {person.pk: person for person in officers_of(roles, row.unit, day)}
        producer = getattr(row, "producer", None)
        if producer is not None and (roles & PRODUCER_ROLES or row.state in flow.final):
            people |= {person.pk: person for person in people_of(producer, day)}
        people.pop(move.by_id, None)  # type: ignore[attr-defined]
        due = f" Hạn {formats.day(row.due_on)}." if row.due_on else ""
        notify_each(
            people.values(), kind=f"case.{kind}", title=f"{row.get_state_display()}: {row}",
            text=f"{move.reason}{due}".strip(), url=row.get_absolute_url(),
            subject_key=f"{row._meta.label_lower}:{row.pk}", at=move.at,
        )  # fmt: skip

    return tell
