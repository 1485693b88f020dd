"""Yearly rounds: which one a proposal of today joins, and the row behind it."""

from datetime import date

from ocop.evaluation.enums import DossierState, RoundLevel
from ocop.evaluation.models import Dossier, RankingRound
from ocop.units.models import Unit


def round_for(province: Unit, day: date, *, level: str = RoundLevel.PROVINCE) -> RankingRound | None:
    """The first round of the province that still takes proposals on `day`; None when none is planned yet."""
    return (
        RankingRound.objects.filter(province=province, level=level, propose_by__gte=day)
        .order_by("propose_by")
        .first()
    )


def current_round(province: Unit, day: date, *, level: str = RoundLevel.PROVINCE) -> RankingRound | None:
    """The round whose ranking is due next: the one that offices work for on `day`."""
    return (
        RankingRound.objects.filter(province=province, level=level, rank_by__gte=day)
        .order_by("rank_by")
        .first()
    )


def proposal_round(dossier: Dossier, day: date) -> RankingRound | None:
    """The round that the commune's proposal joins: the dossier's own once it has one, else the one open on `day`.

    None where that round lies beyond the procedure of the dossier, which then knew no rounds (Decision 148/QĐ-TTg).
    """
    if dossier.round is not None:
        return dossier.round
    found, last = round_for(dossier.province, day), dossier.procedure.valid_to
    return None if found is not None and last is not None and found.propose_by > last else found


def centre_round(dossier: Dossier, day: date) -> RankingRound | None:
    """The centre's round that the dossier goes to: the one it was sent in, else the one that takes dossiers on `day`.

    None before the council saw a potential five stars in it, and where no such round is planned.
    """
    if dossier.state in (DossierState.AWAITING_APPROVAL, DossierState.APPROVED_FOR_CENTRE):
        return round_for(dossier.province, day, level=RoundLevel.CENTRE)
    if dossier.state == DossierState.AT_CENTRE:
        rounds = RankingRound.objects.filter(province=dossier.province, level=RoundLevel.CENTRE)
        return rounds.filter(rank_by=dossier.due_on).first()
    return None
