"""Where a dossier goes when its agency ceases: the step of the successor under the procedure in force that day.

Until 30/6/2025 a dossier under Decision 148/QĐ-TTg of 2023 went commune -> district -> province -> centre. The
districts ended on that day (Resolution 1665/NQ-UBTVQH15); Decision 1489/QĐ-TTg of 6/7/2025 gave their part to the
province. For the five days between, a dated setting says whether the province already takes new dossiers.
"""

from datetime import date

from ocop.evaluation.enums import DossierState as S
from ocop.evaluation.rules.workflow import AT_DISTRICT, FLOW_148_1489, FLOW_148_2023

WITHOUT_DISTRICTS = date(2025, 7, 1)
"""First day without districts (Resolution 1665/NQ-UBTVQH15)."""
AMENDED = date(2025, 7, 6)
"""First day of Decision 1489/QĐ-TTg."""
NOBODY = "none"
"""The setting `interim_decider` for: nobody takes new dossiers before the amended procedure."""

# What lies with the district; a dossier that the province scored below 70 points waits for the district's chair.
WITH_DISTRICT = AT_DISTRICT | {S.FELL_BACK}

# Each step of Decision 148 that ended with the districts, and the step of the province that corresponds. A result that
# was found but not decided on is no decision: the province takes the dossier in anew. What only had to be told is told.
PROVINCE_STEP = {
    S.PROPOSED_TO_DISTRICT: S.PROPOSED,
    S.DISTRICT_INTAKE: S.PROPOSED,
    S.RETURNED_BY_DISTRICT: S.RETURNED_BY_PROVINCE,
    S.DISTRICT_EXPERT_REVIEW: S.PROPOSED,
    S.DISTRICT_COUNCIL_READY: S.PROPOSED,
    S.DISTRICT_IN_SESSION: S.PROPOSED,
    S.DISTRICT_AWAITING_DECISION: S.PROPOSED,
    S.DISTRICT_TO_BE_TOLD: S.TO_BE_TOLD,
    S.DISTRICT_TO_FORWARD: S.PROPOSED,
    S.FORWARDED_BY_DISTRICT: S.PROPOSED,
    S.FELL_BACK: S.COUNCIL_READY,
}


def is_with_district(state: str) -> bool:
    """True when the district has the dossier, or has given it back to the producer."""
    return state in WITH_DISTRICT


def procedure_on(flow_key: str, day: date) -> str:
    """The flow that a dossier goes on under from that day: without districts there is no way through one."""
    without = flow_key == FLOW_148_2023.key and day >= WITHOUT_DISTRICTS
    return FLOW_148_1489.key if without else flow_key


def transferred(flow_key: str, state: str, day: date, interim: str = "province") -> tuple[str, str]:
    """Flow and state of a dossier from `day` on, the first day of the successor agencies.

    What is with the commune, the producer, the province or the centre keeps its state; what ended stays as it ended.
    With `interim` "none", what no district had received goes back to the commune on 1 to 5/7/2025, which proposes it to
    the province; otherwise the province has it at once.
    """
    known = S(state)
    flow = procedure_on(flow_key, day)
    if flow == flow_key or known in FLOW_148_2023.final:
        return flow_key, state
    if interim == NOBODY and day < AMENDED and known == S.PROPOSED_TO_DISTRICT:
        return flow, S.COMMUNE_REVIEW.value
    return flow, PROVINCE_STEP.get(known, known).value
