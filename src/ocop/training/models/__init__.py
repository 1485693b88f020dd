"""Apparatus, needs, plans, activities and the people who came."""

from ocop.training.models.apparatus import Body, BodyQuerySet, Post, PostQuerySet
from ocop.training.models.course import Course, CourseMove, CourseQuerySet, Session
from ocop.training.models.events import Entry, JuryScore, Visit
from ocop.training.models.people import Attendance, Evaluation, Participant, ParticipantQuerySet
from ocop.training.models.plan import Need, PlanLine, PlanMove, Topic, YearPlan

__all__ = [
    "Attendance",
    "Body",
    "BodyQuerySet",
    "Course",
    "CourseMove",
    "CourseQuerySet",
    "Entry",
    "Evaluation",
    "JuryScore",
    "Need",
    "Participant",
    "ParticipantQuerySet",
    "PlanLine",
    "PlanMove",
    "Post",
    "PostQuerySet",
    "Session",
    "Topic",
    "Visit",
    "YearPlan",
]
