"""Where a dossier goes when its agency ceases: the step of the successor under the procedure in force that day.

Until 30/6/2025 a dossier under Decision 148/QĐ-TTg of 2023 went commune -> district -> province -> centre. The districts
ended on that day (Resolution 1665/NQ-UBTVQH15); Decision 1489/QĐ-TTg of 6/7/2025 gave their part to the province. For
the five days between, and only for what they mean for a dossier of the district, a dated setting says who takes over.
"""

from datetime import date

UNDER_148 = "148-2023"
UNDER_1489 = "148-2023-1489-2025"
WITHOUT_DISTRICTS = date(2025, 7, 1)
"""First day without districts (Resolution 1665/NQ-UBTVQH15)."""
AMENDED = date(2025, 7, 6)
"""First day of Decision 1489/QĐ-TTg."""

BY_PROVINCE = "province"
BY_COMMUNE = "commune"
FINAL = frozenset({"recognised", "not_ranked", "withdrawn"})

# What lay with the district, and the step of the province that corresponds. A result that was found but not yet decided
# on is no decision: the province takes the dossier in anew. One that only had to be told is told.
PROVINCE_STEP = {
    "proposed_to_district": "proposed",
    "district_intake": "proposed",
    "district_expert_review": "proposed",
    "district_council_ready": "proposed",
    "district_in_session": "proposed",
    "district_awaiting_decision": "proposed",
    "district_to_forward": "proposed",
    "returned_by_district": "returned_by_province",
    "district_to_be_told": "to_be_told",
}
# The same where the successor commune takes over from the district: it assesses and proposes to the province.
COMMUNE_STEP = PROVINCE_STEP | {
    "proposed_to_district": "commune_review",
    "district_intake": "commune_review",
    "returned_by_district": "returned_by_commune",
}


def is_with_district(state: str) -> bool:
    """True when the district has the dossier, or has given it back to the producer."""
    return state in PROVINCE_STEP


def procedure_on(flow_key: str, day: date) -> str:
    """The flow that a dossier goes on under from that day: without districts there is no way through one."""
    return UNDER_1489 if flow_key == UNDER_148 and day >= WITHOUT_DISTRICTS else flow_key


def transferred(flow_key: str, state: str, day: date, interim: str = BY_PROVINCE) -> tuple[str, str]:
    """Flow and state of a dossier from `day` on, the first day of the successor agencies.

    `interim` says who takes over from the district on 1 to 5/7/2025, before Decision 1489: the province or the commune.
    What is with the commune, the producer, the province or the centre keeps its state; what ended stays as it ended.
    """
    if state in FINAL:
        return flow_key, state
    flow = procedure_on(flow_key, day)
    if flow == flow_key:
        return flow, state
    by_commune = interim == BY_COMMUNE and day < AMENDED
    return flow, (COMMUNE_STEP if by_commune else PROVINCE_STEP).get(state, state)
