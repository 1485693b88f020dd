"""What the homes of the province and its units show of tasks."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from ocop.direction.enums import OPEN_STATES, TaskState
from ocop.direction.models import Task
from ocop.direction.permissions.tasks import official
from ocop.kit import formats
from ocop.kit.registry import Bars, Reading, Tile

STEPS = (*OPEN_STATES, TaskState.REPORTED)


def overdue(user: Any, unit: Any, day: date) -> Reading:
    """Tasks that are open and past their day, and the open ones by step; one query."""
    late = Q(last_on__lt=day, state__in=OPEN_STATES)
    rows = Task.objects.visible_to(user).filter(closed_at__isnull=True).order_by().values_list("state")
    counts = {
        state: (every, past)
        for state, every, past in rows.annotate(every=Count("pk"), past=Count("pk", filter=late))
    }
    address = reverse("direction:tasks_list")
    number, total = sum(past for _, past in counts.values()), sum(every for every, _ in counts.values())
    return Reading(
        value=formats.number(number), measure="nhiệm vụ", url=f"{address}?xem=tre",
        tone="seal" if number else "leaf",
        sentence=f"Trong {formats.number(total)} nhiệm vụ chưa xong." if total else "Không có nhiệm vụ nào đang mở.",
        bars=Bars(
            "Nhiệm vụ chưa xong theo bước",
            [
                (str(state.label), counts[state][0], f"{address}?xem=dang-mo&state={state.value}")
                for state in STEPS
                if state in counts
            ],
        ),
    )  # fmt: skip


OVERDUE = Tile("direction.tasks", "Nhiệm vụ quá hạn", overdue, official, icon="list-check", order=45)
