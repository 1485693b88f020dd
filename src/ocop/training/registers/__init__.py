"""The registers of the app."""

from ocop.training.registers.apparatus import BODIES, POSTS
from ocop.training.registers.courses import COURSES, ENTRIES, PEOPLE, SESSIONS, VISITS
from ocop.training.registers.plans import LINES, NEEDS, PLANS

ALL = (NEEDS, PLANS, LINES, COURSES, SESSIONS, PEOPLE, VISITS, ENTRIES, BODIES, POSTS)

__all__ = [
    "ALL",
    "BODIES",
    "COURSES",
    "ENTRIES",
    "LINES",
    "NEEDS",
    "PEOPLE",
    "PLANS",
    "POSTS",
    "SESSIONS",
    "VISITS",
]
