"""What the homes of the province and its units show of dossiers."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from ocop.accounts.queries import scope_of
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier
from ocop.kit import formats
from ocop.kit.registry import Bars, Reading, Tile
from ocop.producers.models import VIEWING_ROLES


def dossiers(user: Any, unit: Any, day: date) -> Reading:
    """Dossiers under way by step, and how many are late; one query."""
    rows = Dossier.objects.visible_to(user).open().order_by().values_list("state")
    counts = {
        state: (every, late)
        for state, every, late in rows.annotate(every=Count("pk"), late=Count("pk", filter=Q(due_on__lt=day)))
    }
    address = reverse("evaluation:dossier-list")
    total, late = (sum(pair[place] for pair in counts.values()) for place in (0, 1))
    return Reading(
        value=formats.number(late or total), measure="hồ sơ trễ hạn" if late else "hồ sơ đang giải quyết",
        url=f"{address}?xem={'late' if late else 'open'}", tone="seal" if late else "leaf",
        sentence=f"Trong {formats.number(total)} hồ sơ đang giải quyết." if late else "Không hồ sơ nào trễ hạn.",
        bars=Bars(
            "Hồ sơ đang giải quyết theo bước",
            [
                (state.label, counts[state][0], f"{address}?xem=open&trang_thai={state}")
                for state in DossierState
                if state in counts
            ],
        ),
    )  # fmt: skip


DOSSIERS = Tile(
    "evaluation.dossiers", "Hồ sơ theo bước", dossiers, lambda user: scope_of(user).has_any(*VIEWING_ROLES),
    icon="folder", size="tall", order=30,
)  # fmt: skip
