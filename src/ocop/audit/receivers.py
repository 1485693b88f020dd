"""What is announced below or beside is recorded here."""

from typing import Any

from ocop.audit import actions
from ocop.audit.queries import MOVE_VERB


def on_announcement(verb: str, *, by: Any, subject: Any = None, request: Any = None, **facts: Any) -> None:
    """A listener of `kit.registry.announce`: a move with its digest, everything else as it is told."""
    if verb == MOVE_VERB:
        actions.record_move(by=by, subject=subject, request=request, **facts)
    else:
        actions.record(verb, by=by, subject=subject, request=request, **facts)
