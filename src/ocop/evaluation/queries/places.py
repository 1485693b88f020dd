"""Where a dossier is worked on: the page behind each verb, and the next press of a person."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from ocop.evaluation.enums import DossierState as S
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.site_check import needs_choice
from ocop.evaluation.rules.workflow import (
    ADVISORY,
    COMMUNE,
    COMMUNE_LEADER,
    DISTRICT_DESK,
    DISTRICT_LEADER,
    EXPERT_LEAD,
    PRODUCER,
    RETURNED_FROM_ABOVE,
    STANDING,
)
from ocop.kit.flow import Offer

EXPERTS = EXPERT_LEAD | {"expert_member"}


@dataclass(frozen=True)
class Place:
    """A page of work: in these states, for these roles; `verbs` are the moves that are pressed there."""

    states: frozenset[str]
    roles: frozenset[str]
    label: str
    url_name: str
    verbs: frozenset[str] = frozenset()
    renewal: bool = False  # only for re-evaluations under Decision 26/2026/QĐ-TTg


def _place(
    states: Iterable[S], roles: frozenset[str], label: str, url_name: str, *verbs: str, renewal: bool = False
) -> Place:
    values = frozenset(s.value for s in states)
    return Place(values, roles, label, f"evaluation:{url_name}", frozenset(verbs), renewal)


def _desk(desk: frozenset[str], arriving: tuple[S, ...], intake: S, experts: S, to_tell: S) -> list[Place]:
    """The places of a level that ranks: its own desk's, and those of its expert team."""
    return [
        _place(arriving, desk, "Tiếp nhận, kiểm tra", "province-intake", "receive_at_province", "receive_at_district"),
        _place((intake,), desk, "Kiểm tra, nhận mẫu, phân công", "province-intake", "hand_to_experts",
               "ask_supplement"),
        _place((experts,), EXPERTS, "Thẩm định", "expert-report", "report_to_chair"),
        _place((experts,), desk, "Mẫu, phân công", "province-intake", "ask_supplement"),
        _place((to_tell,), desk, "Lập thông báo kết quả", "dossier-outcome"),
    ]  # fmt: skip


# In the order in which a person is led there; the first that fits is the next press.
PLACES: list[Place] = [
    _place((S.DRAFT,), PRODUCER, "Soạn hồ sơ", "dossier-write", "submit"),
    _place((S.RETURNED_BY_COMMUNE,), PRODUCER, "Bổ sung hồ sơ", "dossier-write", "supplement"),
    _place(RETURNED_FROM_ABOVE, PRODUCER, "Bổ sung hồ sơ", "dossier-write", "supplement_to_province",
           "supplement_to_district"),
    _place((S.SUBMITTED,), COMMUNE, "Kiểm tra, tiếp nhận", "commune-intake", "receive", "return_to_producer"),
    _place((S.COMMUNE_REVIEW,), COMMUNE, "Lập mẫu 03", "commune-report"),
    _place((S.COMMUNE_REVIEW,), COMMUNE, "Kiểm tra thực tế", "site-check", renewal=True),
    _place((S.COMMUNE_REVIEW,), COMMUNE_LEADER, "Xem và ký đề nghị", "commune-sign", "propose"),
    _place((S.COMMUNE_REVIEW,), COMMUNE, "Kiểm tra lại, trả bổ sung", "commune-intake", "return_to_producer"),
    *_desk(ADVISORY, (S.PROPOSED, S.FORWARDED_BY_DISTRICT), S.PROVINCE_INTAKE, S.EXPERT_REVIEW, S.TO_BE_TOLD),
    _place((S.PROVINCE_INTAKE, S.EXPERT_REVIEW), ADVISORY, "Kiểm tra thực tế", "site-check", renewal=True),
    *_desk(DISTRICT_DESK, (S.PROPOSED_TO_DISTRICT,), S.DISTRICT_INTAKE, S.DISTRICT_EXPERT_REVIEW,
           S.DISTRICT_TO_BE_TOLD),
    _place((S.DISTRICT_TO_FORWARD,), DISTRICT_LEADER, "Trình cấp tỉnh", "dossier-outcome", "forward_to_province"),
    _place((S.FELL_BACK,), DISTRICT_LEADER, "Quyết định theo kết quả huyện", "dossier-outcome"),
    _place((S.APPROVED_FOR_CENTRE,), ADVISORY, "Gửi trung ương", "centre-send", "send_to_centre"),
    _place((S.AT_CENTRE,), STANDING, "Ghi kết quả trung ương", "centre-record", "record_five_stars",
           "record_below_ninety"),
]  # fmt: skip


def places_for(dossier: Dossier, roles: frozenset[str]) -> list[dict[str, str]]:
    """The pages on which this person works on the dossier now: label and url, the next press first."""
    return [
        {"label": place.label, "url": reverse(place.url_name, args=[dossier.code])}
        for place in PLACES
        if dossier.state in place.states
        and roles & place.roles
        and (needs_choice(dossier) or not place.renewal)
    ]


def without_own_page(offers: Iterable[Offer], dossier: Dossier, roles: frozenset[str]) -> list[Offer]:
    """The moves that are pressed on the record page itself: those that no page of work takes."""
    taken = {
        verb
        for place in PLACES
        if dossier.state in place.states and roles & place.roles
        for verb in place.verbs
    }
    return [offer for offer in offers if offer.name not in taken]
