"""Pressing a verb from the record page: those that do more than move have their own action."""

from datetime import datetime

from ocop.accounts.models import User
from ocop.evaluation.actions import commune, decision, dossier
from ocop.evaluation.actions.road import advance
from ocop.evaluation.models import Dossier, DossierMove


def press(row: Dossier, verb: str, *, by: User, reason: str = "", at: datetime | None = None) -> DossierMove:
    """Run the action behind a verb that needs nothing but a reason; raises what the action raises."""
    if verb in ("submit", "supplement", "supplement_to_province", "supplement_to_district"):
        return dossier.submit(row, by=by, at=at)
    if verb == "receive":
        return commune.receive(row, by=by, at=at)
    if verb == "return_to_council":
        return decision.return_to_council(row, by=by, reason=reason, at=at)
    if verb == "decide_on_centre_result":
        return decision.decide_on_centre_result(row, by=by, at=at)
    return advance(row, verb, by=by, reason=reason, at=at)
