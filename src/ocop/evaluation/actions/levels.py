"""Between district and province under Decision 148/QĐ-TTg: what goes up, what comes back (Appendix II)."""

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.evaluation.actions.road import advance, locked
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier, DossierMove, Result
from ocop.kit import clock
from ocop.kit.errors import Refused


def forward_to_province(
    dossier: Dossier, *, by: User, document: str, at: datetime | None = None
) -> DossierMove:
    """The district's chair sends a dossier of 70 points and more to the province; `document`: the letter's number, day.

    Raises Refused without the letter.
    """
    if not document.strip():
        raise Refused("forward.letter", "Ghi số, ngày công văn trình cấp tỉnh.", dossier.law.ranking)
    return advance(dossier, "forward_to_province", by=by, at=at, data={"document": document.strip()})


def decide_on_district_result(dossier: Dossier, *, by: User, at: datetime | None = None) -> DossierMove:
    """The district takes up three stars by its own council's result, which counts again; the province's is kept.

    Raises Refused where the district's council itself did not find three stars: it has to rank again.
    """
    at = at or clock.now()
    with transaction.atomic():
        row = locked(dossier)
        if row.state == DossierState.FELL_BACK:
            own = (
                row.results.filter(item__session__council__district=row.district_id)
                .order_by("-closed_at")
                .first()
            )
            if own is None or (own.stars or 0) < 3:
                raise Refused(
                    "fell_back.stars",
                    "Kết quả cấp huyện không đạt 3 sao (thiếu mức tối thiểu); hãy giao Hội đồng đánh giá lại.",
                    row.law.ranking,
                )
            Result.objects.filter(dossier=row, superseded_at__isnull=True).update(superseded_at=at)
            Result.objects.filter(pk=own.pk).update(superseded_at=None)
        return advance(dossier, "decide_on_district_result", by=by, at=at)


def order_district_reranking(
    dossier: Dossier, *, by: User, reason: str, at: datetime | None = None
) -> DossierMove:
    """The district's chair orders its council to rank again what the province scored below 70 points."""
    return advance(dossier, "order_district_reranking", by=by, reason=reason, at=at)
