"""The registers of partners: partners, contracts, conferences, assessments, messages."""

from ocop.partners.registers.assessment import AssessmentsProcedure
from ocop.partners.registers.conference import AgreementsRegister, AttendancesRegister, ConferencesRegister
from ocop.partners.registers.contract import ContractsRegister
from ocop.partners.registers.message import MessagesProcedure
from ocop.partners.registers.partner import PartnersRegister

PARTNERS = PartnersRegister()
CONTRACTS = ContractsRegister()
CONFERENCES = ConferencesRegister()
ATTENDANCES = AttendancesRegister()
AGREEMENTS = AgreementsRegister()
ASSESSMENTS = AssessmentsProcedure()
MESSAGES = MessagesProcedure()
ALL = (PARTNERS, CONTRACTS, CONFERENCES, ATTENDANCES, AGREEMENTS, ASSESSMENTS, MESSAGES)
