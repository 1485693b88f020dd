"""The tabs of a dossier's record page: which this person sees."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ocop.accounts.models import User
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier
from ocop.evaluation.models.dossier import BEFORE_PROVINCE
from ocop.evaluation.queries.council_results import tab_is_shown as council_tab_is_shown
from ocop.evaluation.queries.report import EXPERT_READERS, READERS
from ocop.evaluation.rules.workflow import ADVISORY, COMMUNE


@dataclass(frozen=True)
class DossierTab:
    """One tab: its page takes the dossier's code; `shown` looks at roles and dossier."""

    key: str
    label: str
    url_name: str
    order: int
    shown: Callable[[frozenset[str], Dossier], bool] = lambda roles, dossier: True


def _at_commune(roles: frozenset[str], dossier: Dossier) -> bool:
    return bool(roles & COMMUNE) and dossier.state != DossierState.DRAFT


def _reads_report(roles: frozenset[str], dossier: Dossier) -> bool:
    if roles & COMMUNE:
        return dossier.received_on is not None
    return bool(roles & READERS) and dossier.state not in BEFORE_PROVINCE


def _at_province(roles: frozenset[str], dossier: Dossier) -> bool:
    return bool(roles & ADVISORY) and dossier.state not in BEFORE_PROVINCE


def _reads_experts(roles: frozenset[str], dossier: Dossier) -> bool:
    return bool(roles & EXPERT_READERS) and dossier.state not in (*BEFORE_PROVINCE, DossierState.PROPOSED)


TABS: list[DossierTab] = [
    DossierTab("overview", "Tổng quan", "evaluation:dossier-detail", 0),
    DossierTab("commune", "Xã kiểm tra", "evaluation:commune-intake", 200, _at_commune),
    DossierTab("commune-report", "Mẫu 03", "evaluation:commune-read", 210, _reads_report),
    DossierTab("province", "Tỉnh tiếp nhận", "evaluation:province-intake", 300, _at_province),
    DossierTab("experts", "Thẩm định", "evaluation:expert-report", 310, _reads_experts),
    DossierTab("council", "Hội đồng", "evaluation:dossier-council", 400, council_tab_is_shown),
    DossierTab("papers", "Giấy tờ", "evaluation:dossier-papers", 800),
    DossierTab("forms", "Hồ sơ", "evaluation:dossier-forms", 10),
    DossierTab("evidence", "Minh chứng", "evaluation:dossier-evidence", 20),
    DossierTab("selfscore", "Tự chấm", "evaluation:dossier-selfscore", 30),
    DossierTab("outcome", "Kết quả", "evaluation:dossier-outcome", 800),
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
