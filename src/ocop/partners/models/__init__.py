"""Partners, their assessments, contracts, conferences and messages."""

from ocop.partners.models.assessment import AssessmentMark, AssessmentMove, Criterion, PartnerAssessment
from ocop.partners.models.contract import (
    ConferenceAgreement,
    ConferenceAttendance,
    PartnerConference,
    PartnerContract,
)
from ocop.partners.models.message import MessageMove, PartnerMessage
from ocop.partners.models.partner import Partner, PartnerConsent, Service, province_units

__all__ = [
    "AssessmentMark",
    "AssessmentMove",
    "ConferenceAgreement",
    "ConferenceAttendance",
    "Criterion",
    "MessageMove",
    "Partner",
    "PartnerAssessment",
    "PartnerConference",
    "PartnerConsent",
    "PartnerContract",
    "PartnerMessage",
    "Service",
    "province_units",
]
