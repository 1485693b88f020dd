"""Reads about development: what holds producers up, who stands in a value chain."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ocop.cycle.models import Idea
from ocop.development.models import ChainMember, Obstacle, ValueChain
from ocop.kit import formats
from ocop.products.models import Product


def held_up_products(day: date) -> QuerySet:
    """Ids of the products with an obstacle that nobody has settled: of their own, or of their whole producer."""
    rows = Obstacle.objects.blocking()
    whole = rows.filter(product__isnull=True).values("producer_id")
    own = rows.filter(product__isnull=False).values("product_id")
    return Product.objects.filter(Q(pk__in=own) | Q(producer_id__in=whole)).values("pk")


def held_up_ideas(day: date) -> QuerySet:
    """Ids of the ideas of producers with an obstacle that nobody has settled."""
    return Idea.objects.filter(producer_id__in=Obstacle.objects.blocking().values("producer_id")).values("pk")


def product_words(ids: list[int], day: date) -> dict[int, tuple[str, str]]:
    """What holds each of these products up, the oldest word first, and where it is dealt with."""
    owners = dict(Product.objects.filter(pk__in=ids).values_list("pk", "producer_id"))
    rows = Obstacle.objects.blocking().filter(
        Q(product_id__in=ids) | Q(product__isnull=True, producer_id__in=set(owners.values()))
    )
    found: dict[int, tuple[str, str]] = {}
    for row in rows.order_by("opened_at", "pk"):
        for pk, producer in owners.items():
            if row.product_id == pk or (row.product_id is None and row.producer_id == producer):
                found.setdefault(pk, _words(row, day))
    return found


def idea_words(ids: list[int], day: date) -> dict[int, tuple[str, str]]:
    """What holds the producers of these ideas up, the oldest word first, and where it is dealt with."""
    owners = dict(Idea.objects.filter(pk__in=ids, producer__isnull=False).values_list("pk", "producer_id"))
    first: dict[int, Obstacle] = {}
    for row in (
        Obstacle.objects.blocking().filter(producer_id__in=set(owners.values())).order_by("opened_at", "pk")
    ):
        first.setdefault(row.producer_id, row)
    return {pk: _words(first[producer], day) for pk, producer in owners.items() if producer in first}


def _words(row: Obstacle, day: date) -> tuple[str, str]:
    late = row.due_on is not None and row.due_on < day
    words = f"{row.get_kind_display()}: {row.title}" + (
        f" (quá hạn {formats.day(row.due_on)})" if late else ""
    )
    return words, row.get_absolute_url()


def producers_in_chains(day: date, unit_ids: Any = None) -> set[int]:
    """Ids of the producers whom the target of value chains counts on that day (plan II.2).

    Lead and members of the chains in force that are tied to a material area in force; `unit_ids` limits it to chains of
    these units.
    """
    chains = ValueChain.objects.counting_on(day)
    if unit_ids is not None:
        chains = chains.filter(unit_id__in=unit_ids)
    leads: Iterable[int] = chains.values_list("lead_id", flat=True)
    still = Q(left_on__isnull=True) | Q(left_on__gte=day)
    members = ChainMember.objects.filter(still, chain__in=chains.values("pk"), joined_on__lte=day)
    return {*leads, *members.values_list("producer_id", flat=True)}


def search(user: Any, folded: str, raw: str, limit: int) -> Iterable[tuple[str, str, str]]:
    """Global search: obstacles that the person may see."""
    rows = Obstacle.objects.visible_to(user).found_by(raw).select_related("producer")[:limit]
    return [(row.title, row.producer.public_name, row.get_absolute_url()) for row in rows]
