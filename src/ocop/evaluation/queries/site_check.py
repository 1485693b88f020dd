"""Reads of the site check of a re-evaluation."""

from typing import Any

from ocop.evaluation.enums import CheckLevel, DossierKind, DossierState
from ocop.evaluation.models import Dossier, SiteCheck
from ocop.evaluation.rules.site_check import SiteCheckFacts, still_missing
from ocop.evaluation.rules.workflow import ADVISORY, COMMUNE
from ocop.files.models import StoredFile
from ocop.kit.errors import Refusal

AT = {
    CheckLevel.COMMUNE: (COMMUNE, (DossierState.COMMUNE_REVIEW,)),
    CheckLevel.PROVINCE: (ADVISORY, (DossierState.PROVINCE_INTAKE, DossierState.EXPERT_REVIEW)),
}
"""Who records the choice of each office, and while the dossier lies there."""


def needs_choice(dossier: Dossier) -> bool:
    """True for re-evaluations under Decision 26/2026/QĐ-TTg: only there the law leaves the site check to a choice."""
    return dossier.kind == DossierKind.RENEWAL and dossier.flow_key == "26-2026"


def site_check_missing(dossier: Dossier) -> tuple[Refusal, ...]:
    """What the commune still has to record; no query for dossiers of another kind."""
    if not needs_choice(dossier):
        return ()
    row = SiteCheck.objects.filter(dossier=dossier, level=CheckLevel.COMMUNE).first()
    facts = SiteCheckFacts(
        row.is_needed if row else None, row.visited_on if row else None, bool(row and row.minutes_id)
    )
    return tuple(still_missing(facts))


def own_level(dossier: Dossier, roles: frozenset[str]) -> CheckLevel | None:
    """The office for which the person records the choice now; None for who does not."""
    if not needs_choice(dossier):
        return None
    for level, (who, states) in AT.items():
        if roles & who and dossier.state in states:
            return level
    return None


def checks_of(dossier: Dossier) -> list[SiteCheck]:
    """What the offices recorded, the commune first; one query."""
    return list(dossier.site_checks.select_related("minutes", "by"))


def check_facts(dossier: Dossier) -> list[tuple[str, str]]:
    """Lines for the dossier's record; nothing for dossiers of another kind."""
    if not needs_choice(dossier):
        return []
    rows = [f"{row.get_level_display()}: {row.words}." for row in dossier.site_checks.all()]
    return [("Kiểm tra thực tế", " ".join(rows) or "chưa ghi có kiểm tra hay không")]


def may_read_minutes(user: Any, file: StoredFile) -> bool:
    """File reader: the minutes of a site check open for those who see the dossier."""
    if not getattr(user, "is_authenticated", False):
        return False
    return Dossier.objects.visible_to(user).filter(site_checks__minutes=file).exists()
