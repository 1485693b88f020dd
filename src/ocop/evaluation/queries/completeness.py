"""What a dossier still lacks, read from its rows."""

from ocop.evaluation.models import Dossier
from ocop.evaluation.rules.completeness import Gap, answer_gaps, evidence_gaps, form_gaps, record_gaps
from ocop.kit.errors import Refusal
from ocop.rulebook.rules.scoring import evaluate


def gaps_of(dossier: Dossier) -> list[Gap]:
    """Everything missing, blocking gaps first within each part, in the order in which the wizard asks."""
    sheet = dossier.criteria_set.sheet
    names = {code: criterion.name for code, criterion in sheet.by_code.items()}
    case_needed = bool(sheet.cases)
    case = dossier.case if case_needed else None
    known = {code: place for code, place in dossier.answers.items() if code in sheet.by_code}
    if case_needed and case is None:
        unscored: tuple[str, ...] = tuple(code for code in sheet.by_code if code not in known)
    else:
        unscored = evaluate(sheet, known, case).unscored
    attached = set(dossier.evidence.values_list("criterion", flat=True))
    represented = dossier.producer.representatives.filter(erased_at__isnull=True).exists()
    return [
        *record_gaps(has_representative=represented, has_code=bool(dossier.product.code)),
        *form_gaps(dossier.form01, dossier.form02),
        *answer_gaps(unscored, case_needed=case_needed, case=case, names=names),
        *evidence_gaps(known, attached, names),
    ]


def missing_of(dossier: Dossier) -> list[Refusal]:
    """The gaps that stop a submission, as refusals."""
    return [gap.as_refusal() for gap in gaps_of(dossier) if gap.blocks]
