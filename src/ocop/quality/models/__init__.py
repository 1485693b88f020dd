from ocop.quality.models.checklist import Checklist, Question
from ocop.quality.models.outcome import Proposal, ProposalMove, Remedy, RemedyMove, Violation
from ocop.quality.models.plan import (
    Overlap,
    OverlapMove,
    Plan,
    PlanLine,
    PlanMove,
    Programme,
    ProgrammeMove,
)
from ocop.quality.models.reception import PaperReminder, Reception, ReceptionMove, ReceptionRule
from ocop.quality.models.visit import Answer, AnswerEntry, AnswerPhoto, TeamMember, Visit, VisitMove

__all__ = [
    "Answer",
    "AnswerEntry",
    "AnswerPhoto",
    "Checklist",
    "Overlap",
    "OverlapMove",
    "PaperReminder",
    "Plan",
    "PlanLine",
    "PlanMove",
    "Programme",
    "ProgrammeMove",
    "Proposal",
    "ProposalMove",
    "Question",
    "Reception",
    "ReceptionMove",
    "ReceptionRule",
    "Remedy",
    "RemedyMove",
    "TeamMember",
    "Violation",
    "Visit",
    "VisitMove",
]
