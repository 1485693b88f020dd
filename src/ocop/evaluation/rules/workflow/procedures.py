"""The three procedures, one table each; a dossier keeps the one under which it was opened or to which it was moved."""

from dataclasses import replace

from ocop.evaluation.enums import DossierState as S
from ocop.evaluation.rules.workflow.articles import (
    ARTICLES_26,
    ARTICLES_148,
    ARTICLES_1489,
    QD26,
    QD148,
    QD1489,
    Articles,
)
from ocop.evaluation.rules.workflow.guards import site_check_is_decided
from ocop.evaluation.rules.workflow.tables import (
    DISTRICT,
    PROVINCE,
    between_levels,
    centre_part,
    commune_part,
    deciding_part,
    ranking_part,
    refiling,
)
from ocop.kit.flow import Flow

FINAL = frozenset({S.RECOGNISED.value, S.NOT_RANKED.value, S.WITHDRAWN.value})

# Where an old dossier may be taken back and drawn up anew: everywhere but before a council in session, in a decision
# that is being drawn up, and with the centre.
_AT_COMMUNE = (S.DRAFT, S.SUBMITTED, S.COMMUNE_REVIEW, S.RETURNED_BY_COMMUNE)
_AT_DISTRICT = (
    S.PROPOSED_TO_DISTRICT,
    S.DISTRICT_INTAKE,
    S.RETURNED_BY_DISTRICT,
    S.DISTRICT_EXPERT_REVIEW,
    S.DISTRICT_COUNCIL_READY,
    S.DISTRICT_TO_FORWARD,
    S.FORWARDED_BY_DISTRICT,
)
_AT_PROVINCE = (S.PROPOSED, S.PROVINCE_INTAKE, S.RETURNED_BY_PROVINCE, S.EXPERT_REVIEW, S.COUNCIL_READY)

# Under Decision 148 the province took dossiers from the districts only.
_PROVINCE_FROM_DISTRICT = replace(PROVINCE, proposed=(S.FORWARDED_BY_DISTRICT,))

FLOW_148_2023 = Flow(
    key="148-2023",
    title=f"Đánh giá, phân hạng theo {QD148} (xã, huyện, tỉnh, trung ương)",
    initial=S.DRAFT.value,
    final=FINAL,
    legal_basis=ARTICLES_148.whole,
    transitions=(
        *commune_part(
            ARTICLES_148,
            DISTRICT,
            (S.RETURNED_BY_DISTRICT, S.RETURNED_BY_PROVINCE),
            refiling(ARTICLES_148, (*_AT_COMMUNE, *_AT_DISTRICT, *_AT_PROVINCE[1:])),
        ),
        *ranking_part(ARTICLES_148, DISTRICT),
        *deciding_part(ARTICLES_148, DISTRICT),
        *between_levels(ARTICLES_148),
        *ranking_part(ARTICLES_148, _PROVINCE_FROM_DISTRICT),
        *deciding_part(ARTICLES_148, PROVINCE, (S.AWAITING_APPROVAL,)),
        *centre_part(ARTICLES_148),
    ),
)

FLOW_148_1489 = Flow(
    key="148-2023-1489-2025",
    title=f"Đánh giá, phân hạng theo {QD1489} (xã, tỉnh, trung ương)",
    initial=S.DRAFT.value,
    final=FINAL,
    legal_basis=ARTICLES_1489.whole,
    transitions=(
        *commune_part(
            ARTICLES_1489,
            PROVINCE,
            (S.RETURNED_BY_PROVINCE,),
            refiling(ARTICLES_1489, (*_AT_COMMUNE, *_AT_PROVINCE)),
        ),
        *ranking_part(ARTICLES_1489, PROVINCE),
        *deciding_part(ARTICLES_1489, PROVINCE, (S.AWAITING_APPROVAL,)),
        *centre_part(ARTICLES_1489),
    ),
)

FLOW_26_2026 = Flow(
    key="26-2026",
    title=f"Đánh giá, phân hạng theo {QD26}",
    initial=S.DRAFT.value,
    final=FINAL,
    legal_basis=ARTICLES_26.whole,
    transitions=(
        *commune_part(
            ARTICLES_26, PROVINCE, (S.RETURNED_BY_PROVINCE,), before_proposal=(site_check_is_decided,)
        ),
        *ranking_part(ARTICLES_26, PROVINCE),
        *deciding_part(ARTICLES_26, PROVINCE, (S.AWAITING_APPROVAL,)),
        *centre_part(ARTICLES_26),
    ),
)

FLOWS = {flow.key: flow for flow in (FLOW_148_2023, FLOW_148_1489, FLOW_26_2026)}
ARTICLES: dict[str, Articles] = {
    FLOW_148_2023.key: ARTICLES_148,
    FLOW_148_1489.key: ARTICLES_1489,
    FLOW_26_2026.key: ARTICLES_26,
}
