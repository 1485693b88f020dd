"""What follows from a move: a task in the same transaction, so that it runs only if the move is kept."""

from typing import Any

from ocop.evaluation.models import DossierMove
from ocop.evaluation.tasks import tell_of_move_now


def on_announcement(verb: str, *, by: Any, subject: Any = None, request: Any = None, **facts: Any) -> None:
    """Have people told of a dossier's move."""
    move = facts.get("move")
    if verb == "flow.moved" and isinstance(move, DossierMove):
        tell_of_move_now.enqueue(move.pk)
