"""Extending a star whose re-evaluation could not keep to its window, and ending that with the result (Art. 12.3)."""

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.accounts.queries import scope_of
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.renewal import EXTENDERS, extension_facts
from ocop.evaluation.rules.renewal import ARTICLE_EXTENSION, may_extend
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.recognition import actions as recognition
from ocop.recognition.models import Certificate


def extend_star(certificate: Certificate, *, basis: str, by: User, at: datetime | None = None) -> Certificate:
    """Keep the star valid to the result of its re-evaluation, at most the dated number of days past its term.

    Raises Forbidden for others than the advisory body and the standing agency, Refused with every reason at once.
    """
    at = at or clock.now()
    day = clock.local_day(at)
    with transaction.atomic():
        row = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if not any(scope_of(by).has(role, row.unit_id) for role in EXTENDERS):
            raise Forbidden(
                "extend.role",
                "Việc này của cơ quan tham mưu, cơ quan thường trực cấp tỉnh.",
                ARTICLE_EXTENSION,
            )
        facts = extension_facts(row, day, basis=basis)
        refusals = list(may_extend(facts, day))
        if refusals or facts.longest is None:
            raise Refused.because(refusals)
        return recognition.extend(row, until=facts.longest, basis=basis, by=by, at=at)


def end_with_result(dossier: Dossier, *, by: User, reason: str, at: datetime) -> None:
    """The dossier ended without a new star: an extension that it carried ends with it."""
    if dossier.renews is not None:
        recognition.end_extension(dossier.renews, reason=reason, by=by, at=at)
