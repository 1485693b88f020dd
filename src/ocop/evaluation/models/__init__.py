from ocop.evaluation.models.commune import CommuneReport, IntakeCheck
from ocop.evaluation.models.council import Council, Seat
from ocop.evaluation.models.dossier import Dossier, DossierMove, Evidence, RankingRound, Submission
from ocop.evaluation.models.office_template import OfficeTemplate
from ocop.evaluation.models.outcome import (
    CentreResult,
    DecisionDraft,
    DecisionLine,
    GeneratedPaper,
    Result,
)
from ocop.evaluation.models.province import ExpertAssignment, ExpertReport, SampleNote
from ocop.evaluation.models.session import (
    AgreedSheet,
    Attendance,
    ConflictDeclaration,
    CouncilSession,
    DisqualifierFinding,
    MarkingRound,
    ScoreSheet,
    SessionItem,
)
from ocop.evaluation.models.written import MeetingWish, SiteCheck

__all__ = [
    "AgreedSheet",
    "Attendance",
    "CentreResult",
    "CommuneReport",
    "ConflictDeclaration",
    "Council",
    "CouncilSession",
    "DecisionDraft",
    "DecisionLine",
    "DisqualifierFinding",
    "Dossier",
    "DossierMove",
    "Evidence",
    "ExpertAssignment",
    "ExpertReport",
    "GeneratedPaper",
    "IntakeCheck",
    "MarkingRound",
    "MeetingWish",
    "OfficeTemplate",
    "RankingRound",
    "Result",
    "SampleNote",
    "ScoreSheet",
    "Seat",
    "SessionItem",
    "SiteCheck",
    "Submission",
]
