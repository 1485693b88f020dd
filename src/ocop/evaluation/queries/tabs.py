"""The tabs of a dossier's record page: which this person sees."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ocop.accounts.models import User
from ocop.evaluation.models import Dossier


@dataclass(frozen=True)
class DossierTab:
    """One tab: its page takes the dossier's code; `shown` looks at roles and dossier."""

    key: str
    label: str
    url_name: str
    order: int
    shown: Callable[[frozenset[str], Dossier], bool] = lambda roles, dossier: True


TABS: list[DossierTab] = [
    DossierTab("overview", "Tổng quan", "evaluation:dossier-detail", 0),
    DossierTab("history", "Lịch sử", "evaluation:dossier-history", 900),
]


def tabs_of_dossier(
    dossier: Dossier, user: User, roles: frozenset[str], *, active: str
) -> list[dict[str, Any]]:
    """The tabs as the component takes them, in order."""
    return [
        {
            "label": tab.label,
            "url": reverse(tab.url_name, args=[dossier.code]),
            "active": tab.key == active,
            "count": None,
        }
        for tab in sorted(TABS, key=lambda tab: tab.order)
        if tab.shown(roles, dossier)
    ]
