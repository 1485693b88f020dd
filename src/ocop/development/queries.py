"""Reads about development: what holds producers up, who stands in a value chain."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ocop.development.models import ChainMember, Obstacle, ValueChain
from ocop.kit import formats


def held_up(link: str, day: date) -> QuerySet:
    """Ids of the producers or products ("producer", "product") with an obstacle that nobody has settled."""
    return Obstacle.objects.blocking().filter(**{f"{link}__isnull": False}).values(f"{link}_id")


def obstacle_words(link: str, ids: list[int], day: date) -> dict[int, tuple[str, str]]:
    """What holds each of these producers or products up, the oldest word first, and where it is dealt with."""
    rows = Obstacle.objects.blocking().filter(**{f"{link}_id__in": ids}).order_by("opened_at", "pk")
    found: dict[int, tuple[str, str]] = {}
    for row in rows:
        late = row.due_on is not None and row.due_on < day
        words = f"{row.get_kind_display()}: {row.title}" + (
            f" (quá hạn {formats.day(row.due_on)})" if late else ""
        )
        found.setdefault(getattr(row, f"{link}_id"), (words, row.get_absolute_url()))
    return found


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
