"""The plain values that the guards of a dossier's flow look at."""

from dataclasses import dataclass, field

from ocop.kit.errors import Refusal


@dataclass(frozen=True)
class DossierFacts:
    """Gathered by `queries.facts_of(dossier)`; every field is a finding, none is an object of the database."""

    missing: tuple[Refusal, ...] = ()  # what the dossier itself still lacks (forms, answers, papers)
    eligibility: tuple[Refusal, ...] = ()  # producer or set that the rules do not admit
    site_check: tuple[Refusal, ...] = ()  # what a re-evaluation lacks on whether it is checked on site
    assessments_missing: tuple[str, ...] = ()  # labels of the four assessments not yet written
    proposal_letter: bool = False
    meeting_needed_and_missing: bool = False
    samples_needed: int = 0
    samples_received: int = 0
    experts_assigned: bool = False
    expert_report: bool = False
    result_closed: bool = False
    draft_approved: bool = False
    letters_made: bool = False
    centre_file: bool = False
    replaced_by: str = ""  # the procedure that takes new dossiers today, when it is not this one's
    may_refile_from: str | None = "Quy trình của hồ sơ này đang áp dụng."  # why not yet; None: it may
    extra: dict = field(default_factory=dict)
