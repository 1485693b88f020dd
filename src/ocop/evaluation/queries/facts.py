"""Gathers the plain values that the guards of the flow look at."""

from ocop.evaluation.enums import Assessment, DraftState
from ocop.evaluation.models import CommuneReport, Dossier, ExpertReport
from ocop.evaluation.queries.completeness import missing_of
from ocop.evaluation.queries.site_check import site_check_missing
from ocop.evaluation.queries.transition import old_rules_of
from ocop.evaluation.rules.facts import DossierFacts
from ocop.kit import clock
from ocop.kit.errors import Allowed, Refusal
from ocop.producers.rules.eligibility import may_apply


def facts_of(dossier: Dossier) -> DossierFacts:
    """The facts of one dossier at this moment, read from its rows."""
    report = CommuneReport.objects.filter(dossier=dossier).first()
    samples = list(dossier.samples.all())
    line = dossier.decision_lines.filter(dropped_at__isnull=True).select_related("draft").first()
    old = old_rules_of(dossier, clock.today())
    here = dossier.at_district
    return DossierFacts(
        missing=tuple(missing_of(dossier)),
        eligibility=_eligibility(dossier),
        site_check=site_check_missing(dossier),
        assessments_missing=report.missing() if report else tuple(_every_assessment()),
        proposal_letter=bool(report and report.proposal.strip()),
        meeting_needed_and_missing=bool(
            report and report.meeting_held and not (report.meeting_on and report.meeting_people.strip())
        ),
        samples_needed=dossier.samples_needed,
        samples_received=sum(note.units for note in samples),
        experts_assigned=dossier.expert_assignments.filter(at_district=here).exists(),
        expert_report=ExpertReport.objects.filter(dossier=dossier, at_district=here)
        .exclude(findings="")
        .exists(),
        result_closed=dossier.results.filter(superseded_at__isnull=True).exists(),
        draft_approved=bool(line and line.draft.state != DraftState.DRAFT),
        letters_made=dossier.generated_papers.filter(kind="result_letter").exists(),
        centre_file=dossier.centre_results.exists(),
        replaced_by=old.replaced_by if old else "",
        may_refile_from=old.not_yet if old else "Quy trình của hồ sơ này đang áp dụng.",
    )


def _every_assessment() -> list[str]:

    return [part.label for part in Assessment]


def _eligibility(dossier: Dossier) -> tuple[Refusal, ...]:
    """Who may apply with which set (Art. 2 of Decision 26/2026/QĐ-TTg)."""
    producer = dossier.producer
    verdict = may_apply(
        producer.form_on(),
        dossier.criteria_set.number,
        size=producer.size_on(),
        decision=dossier.criteria_set.book.slug,
    )
    return () if isinstance(verdict, Allowed) else (verdict,)
