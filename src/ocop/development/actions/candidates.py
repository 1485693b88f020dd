"""Candidates for more stars meet the certificate that was issued."""

from typing import Any

from ocop.development.enums import CandidateState
from ocop.development.models import StarCandidate


def note_certificate(certificate: Any, *, by: Any) -> int:
    """A certificate with as many stars as were aimed at: the candidates of the product have arrived.

    Answers how many. Nothing is typed twice; a star that is less than what was aimed at changes nothing.
    """
    rows = StarCandidate.objects.open().filter(
        product=certificate.product_id, target_stars__lte=certificate.stars
    )
    found = list(rows.select_for_update(of=("self",)))
    for row in found:
        row.state = CandidateState.REACHED
        row.reached_stars, row.reached_on = certificate.stars, certificate.issued_on
        row.result = f"Giấy chứng nhận {certificate.number or certificate.code}"[:300]
        row._history_user = by  # type: ignore[attr-defined]
        row.save()
    return len(found)
