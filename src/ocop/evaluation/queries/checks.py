"""The intake checklist as it was last kept."""

from ocop.evaluation.models import Dossier


def verdicts_of(dossier: Dossier, *, at_province: bool = False) -> dict[str, tuple[str, str]]:
    """Item key -> (verdict, note) of an office's checklist."""
    rows = dossier.intake_checks.filter(
        at_province=at_province, at_district=at_province and dossier.at_district
    )
    return {key: (verdict, note) for key, verdict, note in rows.values_list("item", "verdict", "note")}
