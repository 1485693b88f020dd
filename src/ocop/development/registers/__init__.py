"""The registers and procedures of development."""

from ocop.development.registers.advice import AdvicesProcedure, ConsultantsRegister
from ocop.development.registers.growth import (
    CandidatesRegister,
    ChainMembersRegister,
    ChainsRegister,
    LinksRegister,
    MembersRegister,
    SurveysRegister,
)
from ocop.development.registers.obstacle import ObstaclesProcedure
from ocop.development.registers.organisation import OrganisationAdvicesRegister, OrganisationsProcedure
from ocop.development.registers.technology import ListsProcedure, NeedsProcedure, TechnologiesRegister

OBSTACLES = ObstaclesProcedure()
CONSULTANTS = ConsultantsRegister()
ADVICES = AdvicesProcedure()
SURVEYS = SurveysRegister()
CANDIDATES = CandidatesRegister()
LINKS = LinksRegister()
MEMBERS = MembersRegister()
CHAINS = ChainsRegister()
CHAIN_MEMBERS = ChainMembersRegister()
ORGANISATIONS = OrganisationsProcedure()
ORGANISATION_ADVICES = OrganisationAdvicesRegister()
TECHNOLOGIES = TechnologiesRegister()
NEEDS = NeedsProcedure()
LISTS = ListsProcedure()
ALL = (
    OBSTACLES, CONSULTANTS, ADVICES, SURVEYS, CANDIDATES, LINKS, MEMBERS, CHAINS, CHAIN_MEMBERS, ORGANISATIONS,
    ORGANISATION_ADVICES, TECHNOLOGIES, NEEDS, LISTS,
)  # fmt: skip
