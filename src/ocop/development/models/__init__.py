"""Obstacles, advice, candidates, links, organisations, technology, value chains."""

from ocop.development.models.advice import Advice, AdviceMove, Consultant
from ocop.development.models.candidate import ProductSurvey, StarCandidate
from ocop.development.models.chain import ChainMember, ValueChain
from ocop.development.models.link import LinkGroup, LinkMember
from ocop.development.models.obstacle import Obstacle, ObstacleMove, given_to
from ocop.development.models.organisation import OrganisationAdvice, OrganisationCase, OrganisationMove
from ocop.development.models.technology import (
    NeedMove,
    ResearchList,
    ResearchListMove,
    Technology,
    TechnologyNeed,
)

__all__ = [
    "Advice",
    "AdviceMove",
    "ChainMember",
    "Consultant",
    "LinkGroup",
    "LinkMember",
    "NeedMove",
    "Obstacle",
    "ObstacleMove",
    "OrganisationAdvice",
    "OrganisationCase",
    "OrganisationMove",
    "ProductSurvey",
    "ResearchList",
    "ResearchListMove",
    "StarCandidate",
    "Technology",
    "TechnologyNeed",
    "ValueChain",
    "given_to",
]
