"""Fairs as they stand: counts for the guards, sums of results, products with what their star is worth that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from ocop.kit import clock
from ocop.products.models import Product
from ocop.promotion.enums import EntryState, StarRule, StarStanding
from ocop.promotion.models import Fair, FairEntry
from ocop.promotion.queries.stars import star_facts
from ocop.promotion.rules import stars
from ocop.promotion.rules.workflow import EntryFacts, FairFacts


@dataclass(frozen=True)
class ProductLine:
    """A product with what its star is worth on the opening day of a fair, and whether the call takes it."""

    product: Product
    verdict: stars.Verdict
    stars: int

    @property
    def tone(self) -> str:
        """The badge's tone."""
        return {StarStanding.FIT: "leaf", StarStanding.RUNS_OUT: "clay"}.get(self.verdict.standing, "grey")  # type: ignore[call-overload]

    @property
    def label(self) -> str:
        """The standing in words."""
        return StarStanding(self.verdict.standing).label


def product_lines(products: Iterable[Product], fair: Fair, today: date) -> list[ProductLine]:
    """Products with their verdicts for a fair, those that are taken first; one query beside the products."""
    products = list(products)
    facts = star_facts({product.pk for product in products}, today)
    lines = []
    for product in products:
        known = facts.get(product.pk, stars.StarFacts())
        found = stars.verdict(known, day=fair.starts_on, rule=fair.star_rule)
        lines.append(ProductLine(product, found, known.stars))
    return sorted(
        lines, key=lambda line: (not line.verdict.taken, line.verdict.standing != "fit", line.product.name)
    )


def _without_star(fair: Fair, today: date) -> int:
    """How many chosen products have no star that counts on the opening day, where the call asks for one."""
    if fair.star_rule == StarRule.ANY:
        return 0
    chosen = Product.objects.filter(
        fair_entries__fair=fair, fair_entries__state=EntryState.SELECTED
    ).distinct()
    return sum(1 for line in product_lines(chosen, fair, today) if line.verdict.standing != StarStanding.FIT)


def fair_facts(fair: Fair) -> FairFacts:
    """What the guards of a fair look at today."""
    today = clock.today()
    counts = fair.entries.aggregate(
        waiting=Count("pk", filter=Q(state=EntryState.REGISTERED)),
        selected=Count("pk", filter=Q(state=EntryState.SELECTED)),
    )
    return FairFacts(
        today=today, deadline=fair.deadline, starts_on=fair.starts_on, ends_on=fair.ends_on, stands=fair.stands,
        waiting=counts["waiting"], selected=counts["selected"], unreported=counts["selected"],
        without_star=_without_star(fair, today), cost=fair.cost,
    )  # fmt: skip


def entry_facts(entry: FairEntry) -> EntryFacts:
    """What the guards of a registration look at today."""
    fair = entry.fair
    return EntryFacts(
        fair_state=fair.state, today=clock.today(), deadline=fair.deadline, starts_on=fair.starts_on,
        stands_left=fair.stands - fair.entries.filter(state=EntryState.SELECTED).count(),
    )  # fmt: skip


def fair_totals(fair: Fair) -> dict[str, Any]:
    """Sums over the participants of a fair: how many, sales, contracts, their value, visitors."""
    rows = FairEntry.objects.filter(fair=fair, state__in=(EntryState.SELECTED, EntryState.REPORTED))
    return rows.aggregate(
        participants=Count("pk"), sales=Sum("sales"), contracts=Sum("contracts"), value=Sum("contract_value"),
        visitors=Sum("visitors"),
    )  # fmt: skip
