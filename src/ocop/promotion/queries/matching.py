"""Offers that answer a request, the best first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from ocop.accounts.queries import scope_of
from ocop.partners.guards import ContractBook
from ocop.partners.rules.twins import Deal
from ocop.promotion.enums import AgreementKind, OfferState
from ocop.promotion.models import Agreement, Introduction, PurchaseRequest, SupplyOffer
from ocop.promotion.permissions import PROMOTERS
from ocop.promotion.queries.stars import star_facts
from ocop.promotion.rules.matching import Demand, Fit, Supply, ranked, season
from ocop.promotion.rules.workflow import RequestFacts

MOST_OFFERS = 2000


@dataclass(frozen=True)
class Suggestion:
    """An offer with how well it answers, and the introduction if it was made already."""

    offer: SupplyOffer
    fit: Fit
    made: Introduction | None = None


def supply_of(offer: SupplyOffer, *, has_star: bool) -> Supply:
    """An offer as the rule sees it."""
    return Supply(
        offer.product_id, offer.product.group_id, offer.volume, offer.measure,
        season(offer.month_from, offer.month_to), offer.price_from, offer.price_to, has_star,
    )  # fmt: skip


def demand_of(request: PurchaseRequest) -> Demand:
    """A request as the rule sees it; a product that is asked for brings its group along."""
    group = request.group_id or (request.product.group_id if request.product else None)
    return Demand(
        request.product_id, group, request.volume, request.measure, request.needed_from, request.needed_to,
        request.price_most,
    )  # fmt: skip


def suggestions_for(request: PurchaseRequest, today: date, most: int = 20) -> list[Suggestion]:
    """The open offers that answer a request, ranked; three queries."""
    demand = demand_of(request)
    rows = SupplyOffer.objects.filter(state=OfferState.OPEN, product__group_id=demand.group_id)
    if demand.group_id is None:
        rows = SupplyOffer.objects.filter(state=OfferState.OPEN, product=demand.product_id)
    offers = {row.pk: row for row in rows.select_related("product", "producer__unit")[:MOST_OFFERS]}
    stars = star_facts({row.product_id for row in offers.values()}, today)
    supplies = [
        (pk, supply_of(row, has_star=row.product_id in stars and stars[row.product_id].valid_today))
        for pk, row in offers.items()
    ]
    made = {row.offer_id: row for row in request.introductions.all()} if request.pk else {}
    return [Suggestion(offers[pk], fit, made.get(pk)) for pk, fit in ranked(supplies, demand)[:most]]


def request_facts(request: PurchaseRequest) -> RequestFacts:
    """What the guards of a request look at."""
    return RequestFacts(agreements=request.agreements.count())


def introduced_by(user: Any) -> QuerySet[SupplyOffer]:
    """Offers, of whichever place, that were brought to a buyer whose request lies with the offices of this officer."""
    return SupplyOffer.objects.filter(introductions__request__unit_id__in=scope_of(user).unit_ids(*PROMOTERS))


def agreement_deals(**narrowed: Any) -> list[Deal]:
    """The contracts of sale of this book; memoranda are none."""
    return [
        Deal(row.producer_id, row.partner_id, row.buyer_name, row.number, row.signed_on, str(row),
             row.get_absolute_url())
        for row in Agreement.objects.filter(kind=AgreementKind.CONTRACT, **narrowed)
    ]  # fmt: skip


AGREEMENTS_BOOK = ContractBook("promotion.agreements", "Hợp đồng tiêu thụ", agreement_deals)
"""Sales that came out of matching; those of partners for anything are `partners.guards.OWN`."""
