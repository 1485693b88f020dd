"""Yearly rounds: which one a proposal of today joins, and the row behind it."""

from datetime import date

from ocop.evaluation.enums import RoundLevel
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
    """The round that the commune's proposal joins: the dossier's own once it has one, else the one open on `day`."""
    return dossier.round or round_for(dossier.province, day)
