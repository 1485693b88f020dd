"""The tabs of a dossier's record page: which this person sees."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ocop.accounts.models import User
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier
from ocop.evaluation.models.dossier import AT_COMMUNE, BEFORE_PROVINCE
from ocop.evaluation.queries.council_results import tab_is_shown as council_tab_is_shown
from ocop.evaluation.queries.report import EXPERT_READERS, READERS
from ocop.evaluation.rules.workflow import ADVISORY, ARRIVING, COMMUNE, DISTRICT_DESK, RETURNED_FROM_ABOVE


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
    return bool(roles & READERS) and dossier.state not in AT_COMMUNE


def _at_province(roles: frozenset[str], dossier: Dossier) -> bool:
    return bool(roles & ADVISORY) and dossier.state not in BEFORE_PROVINCE


def _at_district(roles: frozenset[str], dossier: Dossier) -> bool:
    return bool(roles & DISTRICT_DESK) and dossier.at_district


def _reads_experts(roles: frozenset[str], dossier: Dossier) -> bool:
    return bool(roles & EXPERT_READERS) and dossier.state not in {*AT_COMMUNE, *ARRIVING}


TABS: list[DossierTab] = [
    DossierTab("overview", "Tổng quan", "evaluation:dossier-detail", 0),
    DossierTab("commune", "Xã kiểm tra", "evaluation:commune-intake", 200, _at_commune),
    DossierTab("commune-report", "Mẫu 03", "evaluation:commune-read", 210, _reads_report),
    DossierTab("district", "Huyện tiếp nhận", "evaluation:province-intake", 290, _at_district),
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


def shown_tabs(dossier: Dossier, roles: frozenset[str]) -> list[DossierTab]:
    """The tabs that these roles see, in order."""
    return [tab for tab in sorted(TABS, key=lambda tab: tab.order) if tab.shown(roles, dossier)]


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
        for tab in shown_tabs(dossier, roles)
    ]


_DISTRICT_DESK = "cơ quan phụ trách OCOP cấp huyện"
# Who acts in a state, and the tab on which that work stands; the end of the road has its outcome.
HOLDERS: dict[DossierState, tuple[str, str]] = {
    DossierState.DRAFT: ("cơ sở", "forms"),
    DossierState.RETURNED_BY_COMMUNE: ("cơ sở", "forms"),
    **dict.fromkeys(RETURNED_FROM_ABOVE, ("cơ sở", "forms")),
    DossierState.PROPOSED_TO_DISTRICT: (_DISTRICT_DESK, "district"),
    DossierState.DISTRICT_INTAKE: (_DISTRICT_DESK, "district"),
    DossierState.DISTRICT_EXPERT_REVIEW: ("Tổ tư vấn cấp huyện", "experts"),
    DossierState.DISTRICT_COUNCIL_READY: ("Hội đồng cấp huyện", "council"),
    DossierState.DISTRICT_IN_SESSION: ("Hội đồng cấp huyện", "council"),
    DossierState.DISTRICT_AWAITING_DECISION: ("UBND huyện", "outcome"),
    DossierState.DISTRICT_TO_BE_TOLD: (_DISTRICT_DESK, "outcome"),
    DossierState.DISTRICT_TO_FORWARD: ("Chủ tịch UBND huyện", "outcome"),
    DossierState.FORWARDED_BY_DISTRICT: ("cơ quan tham mưu cấp tỉnh", "province"),
    DossierState.FELL_BACK: ("Chủ tịch UBND huyện", "outcome"),
    DossierState.SUBMITTED: ("UBND cấp xã", "commune"),
    DossierState.COMMUNE_REVIEW: ("UBND cấp xã", "commune-report"),
    DossierState.PROPOSED: ("cơ quan tham mưu cấp tỉnh", "province"),
    DossierState.PROVINCE_INTAKE: ("cơ quan tham mưu cấp tỉnh", "province"),
    DossierState.EXPERT_REVIEW: ("Tổ tư vấn", "experts"),
    DossierState.COUNCIL_READY: ("Hội đồng", "council"),
    DossierState.IN_SESSION: ("Hội đồng", "council"),
    DossierState.AWAITING_DECISION: ("UBND cấp tỉnh", "outcome"),
    DossierState.AWAITING_APPROVAL: ("Chủ tịch UBND cấp tỉnh", "outcome"),
    DossierState.APPROVED_FOR_CENTRE: ("cơ quan tham mưu cấp tỉnh", "outcome"),
    DossierState.AT_CENTRE: ("Hội đồng cấp trung ương", "outcome"),
    DossierState.CENTRE_BELOW: ("Chủ tịch UBND cấp tỉnh", "outcome"),
    DossierState.TO_BE_TOLD: ("cơ quan tham mưu cấp tỉnh", "outcome"),
}


def held_by(dossier: Dossier, tabs: Iterable[DossierTab]) -> dict[str, str]:
    """For a person without a press on the record page: who acts now, and the tab of `tabs` where it is done.

    `label` and `url` are empty when the person does not see that tab.
    """
    if dossier.state == DossierState.WITHDRAWN:
        text = "Chủ thể đã rút hồ sơ. Muốn dùng lại, chủ thể mở “Hồ sơ của tôi”, bấm “Soạn lại”."
        return {"text": text, "label": "", "url": ""}
    who, key = HOLDERS.get(DossierState(dossier.state), ("", "outcome"))
    tab = next((tab for tab in tabs if tab.key == key), None)
    if not who:
        text = "Hồ sơ đã kết thúc."
    elif tab is None:
        text = f"Hồ sơ đang ở chỗ {who}."
    else:
        text = f"Hồ sơ đang ở chỗ {who}; việc của bước này làm ở thẻ “{tab.label}”."
    url = reverse(tab.url_name, args=[dossier.code]) if tab else ""
    return {"text": text, "label": tab.label if tab else "", "url": url}
