"""Sale points, fairs, supply and demand, and the plain registers of promotion."""

from ocop.promotion.models.fairs import Fair, FairEntry, FairEntryMove, FairMove
from ocop.promotion.models.matching import (
    Agreement,
    Introduction,
    MeetingTalk,
    PurchaseRequest,
    PurchaseRequestMove,
    SupplyOffer,
)
from ocop.promotion.models.points import SalePoint, SalePointMove
from ocop.promotion.models.reach import CommunicationItem, CommunicationPlan, SalesChannel, UsePlace
from ocop.promotion.models.running import (
    CheckAnswer,
    PointSupport,
    SaleCheck,
    SaleCriterion,
    SaleMonth,
    StockCount,
)

__all__ = [
    "Agreement",
    "CheckAnswer",
    "CommunicationItem",
    "CommunicationPlan",
    "Fair",
    "FairEntry",
    "FairEntryMove",
    "FairMove",
    "Introduction",
    "MeetingTalk",
    "PointSupport",
    "PurchaseRequest",
    "PurchaseRequestMove",
    "SaleCheck",
    "SaleCriterion",
    "SaleMonth",
    "SalePoint",
    "SalePointMove",
    "SalesChannel",
    "StockCount",
    "SupplyOffer",
    "UsePlace",
]
