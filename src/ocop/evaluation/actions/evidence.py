"""The producer's own order of evidence and the words beneath a photograph (Art. 6 of Decision 26/2026/QĐ-TTg)."""

from django.db import transaction

from ocop.accounts.models import User
from ocop.evaluation.actions.road import locked
from ocop.evaluation.models import Evidence
from ocop.evaluation.permissions import may_edit_dossier
from ocop.evaluation.queries.access import roles_for
from ocop.kit.errors import require


def caption_evidence(evidence: Evidence, *, caption: str, by: User) -> Evidence:
    """Say what a file shows; '' takes the words back. Raises Forbidden when the dossier is not theirs to change."""
    with transaction.atomic():
        row = locked(evidence.dossier)
        require(may_edit_dossier(roles_for(by, row), row))
        evidence.caption = caption
        evidence.save(update_fields=["caption"])
    return evidence


def shift_evidence(evidence: Evidence, *, places: int, by: User) -> None:
    """Move a piece among those of its criterion, `places` down (negative: up); it stops at either end.

    Raises Forbidden when the dossier is not theirs to change.
    """
    with transaction.atomic():
        row = locked(evidence.dossier)
        require(may_edit_dossier(roles_for(by, row), row))
        pieces = list(row.evidence.filter(criterion=evidence.criterion).order_by("position", "pk"))
        here = pieces.index(evidence)
        there = min(max(here + places, 0), len(pieces) - 1)
        pieces.insert(there, pieces.pop(here))
        for position, piece in enumerate(pieces, start=1):
            piece.position = position
        Evidence.objects.bulk_update(pieces, ["position"])
