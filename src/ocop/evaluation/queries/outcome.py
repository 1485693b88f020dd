"""Which star a dossier's result stands for."""

from ocop.evaluation.models import CentreResult, Dossier, Result


def current_result(dossier: Dossier) -> Result | None:
    """The council's result that counts; None before the council closed one."""
    return next((result for result in dossier.results.all() if result.superseded_at is None), None)


def centre_result(dossier: Dossier) -> CentreResult | None:
    """The centre's last answer, if it came after the council's present result."""
    result = current_result(dossier)
    answer = max(dossier.centre_results.all(), key=lambda one: one.at, default=None)
    if answer is None or result is None or answer.at < result.closed_at:
        return None
    return answer


def stars_to_award(dossier: Dossier) -> int | None:
    """The star that a decision would give: the centre's below 90 points, but never above four, else the council's.

    The minimums found by the council stay in force: a centre score does not lift a missed minimum (Art. 7.4g).
    """
    result = current_result(dossier)
    if result is None:
        return None
    if dossier.at_district:  # three stars are the district's; 70 points and more are the province's to rank
        return min(result.stars, 3) if result.stars else result.stars
    answer = centre_result(dossier)
    if answer is None:
        return result.stars
    return min(answer.stars or 0, 4, result.stars or 0)
