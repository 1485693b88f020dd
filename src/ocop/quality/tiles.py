"""What the homes of the province and its units show of inspections."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from ocop.accounts.queries import scope_of
from ocop.kit import formats
from ocop.kit.registry import Bars, Reading, Tile
from ocop.producers.models import VIEWING_ROLES
from ocop.quality.enums import VisitState
from ocop.quality.models import Visit

AHEAD = timedelta(days=30)
SOON = "den-han"


def due_soon(rows: QuerySet, day: date) -> QuerySet:
    """Visits under way whose present step is to be done within 30 days, or should be done already."""
    return rows.filter(closed_at__isnull=True, due_on__lte=day + AHEAD)


def inspections(user: Any, unit: Any, day: date) -> Reading:
    """Visits due within 30 days by state, and how many are late; one query."""
    rows = due_soon(Visit.objects.visible_to(user), day).order_by().values_list("state")
    counts = list(rows.annotate(every=Count("pk"), late=Count("pk", filter=Q(due_on__lt=day))))
    address = reverse("quality:quality-visits_list")
    total, late = sum(every for _, every, _ in counts), sum(late for _, _, late in counts)
    return Reading(
        value=formats.number(total), measure="lượt", url=f"{address}?xem={SOON}",
        tone="seal" if late else "water" if total else "leaf",
        sentence=f"Trong đó {formats.number(late)} lượt đã quá hạn." if late else "Không lượt nào quá hạn.",
        bars=Bars("Lượt kiểm tra theo bước", _bars(counts, address)),
    )  # fmt: skip


def _bars(counts: Iterable[tuple[str, int, int]], address: str) -> list[tuple[str, float | None, str]]:
    every = {state: number for state, number, _ in counts}
    return [
        (state.label, every[state], f"{address}?xem={SOON}&state={state}")
        for state in VisitState
        if state in every
    ]


INSPECTIONS = Tile(
    "quality.inspections", "Kiểm tra đến hạn trong 30 ngày", inspections,
    lambda user: scope_of(user).has_any(*VIEWING_ROLES), icon="clipboard-check", order=50,
)  # fmt: skip
