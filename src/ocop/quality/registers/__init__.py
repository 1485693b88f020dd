"""The registers and procedures of quality."""

from ocop.quality.registers.outcomes import PROPOSALS, REMEDIES, VIOLATIONS
from ocop.quality.registers.plans import LINES, OVERLAPS, PLANS, PROGRAMMES
from ocop.quality.registers.receptions import RECEPTIONS
from ocop.quality.registers.visits import QUESTIONS, VISITS

ALL = (PROGRAMMES, PLANS, LINES, OVERLAPS, VISITS, REMEDIES, VIOLATIONS, PROPOSALS, RECEPTIONS, QUESTIONS)

__all__ = [
    "ALL", "LINES", "OVERLAPS", "PLANS", "PROGRAMMES", "PROPOSALS", "QUESTIONS", "RECEPTIONS", "REMEDIES",
    "VIOLATIONS", "VISITS",
]  # fmt: skip
