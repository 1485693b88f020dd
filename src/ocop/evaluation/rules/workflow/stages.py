"""States by what happens in them, whatever the level: for pages, lists and clocks that do not ask who ranks."""

from ocop.evaluation.enums import DossierState as S
from ocop.evaluation.rules.workflow.roles import (
    ADVISORY,
    CLERK,
    COMMUNE,
    COUNCIL_DESK,
    DISTRICT_CLERK,
    DISTRICT_DESK,
    DISTRICT_LEADER,
    EXPERT_LEAD,
    LEADER,
    PRODUCER,
    STANDING,
)

# States in which the producer's side may edit the dossier.
EDITABLE = frozenset({S.DRAFT, S.RETURNED_BY_COMMUNE, S.RETURNED_BY_DISTRICT, S.RETURNED_BY_PROVINCE})

# States whose clock belongs to the commune (15 working days, Art. 7.2) and those that stop it.
COMMUNE_CLOCK = frozenset({S.COMMUNE_REVIEW})

# States in which the dossier lies with the district: its desk, its team, its council, its committee.
AT_DISTRICT = frozenset(
    {
        S.PROPOSED_TO_DISTRICT,
        S.DISTRICT_INTAKE,
        S.RETURNED_BY_DISTRICT,
        S.DISTRICT_EXPERT_REVIEW,
        S.DISTRICT_COUNCIL_READY,
        S.DISTRICT_IN_SESSION,
        S.DISTRICT_AWAITING_DECISION,
        S.DISTRICT_TO_BE_TOLD,
        S.DISTRICT_TO_FORWARD,
    }
)

ARRIVING = frozenset({S.PROPOSED, S.PROPOSED_TO_DISTRICT, S.FORWARDED_BY_DISTRICT})
INTAKE = frozenset({S.PROVINCE_INTAKE, S.DISTRICT_INTAKE})
EXPERTS_AT_WORK = frozenset({S.EXPERT_REVIEW, S.DISTRICT_EXPERT_REVIEW})
RETURNED_FROM_ABOVE = frozenset({S.RETURNED_BY_PROVINCE, S.RETURNED_BY_DISTRICT})
READY = frozenset({S.COUNCIL_READY, S.DISTRICT_COUNCIL_READY})
BEFORE_COUNCIL = frozenset({S.IN_SESSION, S.DISTRICT_IN_SESSION})
TO_DECIDE = frozenset({S.AWAITING_DECISION, S.DISTRICT_AWAITING_DECISION})
TO_TELL = frozenset({S.TO_BE_TOLD, S.DISTRICT_TO_BE_TOLD})

_COUNCIL = frozenset({"council.chair", "council.deputy", "council.member", "council.secretary"})

# Who is expected to act in each state: keys of roles. Drives "Việc của tôi" and the word "đang ở".
WAITS_FOR = {
    S.DRAFT: PRODUCER,
    S.SUBMITTED: COMMUNE,
    S.COMMUNE_REVIEW: COMMUNE,
    S.RETURNED_BY_COMMUNE: PRODUCER,
    S.PROPOSED_TO_DISTRICT: DISTRICT_DESK,
    S.DISTRICT_INTAKE: DISTRICT_DESK,
    S.RETURNED_BY_DISTRICT: PRODUCER | COMMUNE,
    S.DISTRICT_EXPERT_REVIEW: EXPERT_LEAD | frozenset({"expert_member"}),
    S.DISTRICT_COUNCIL_READY: COUNCIL_DESK,
    S.DISTRICT_IN_SESSION: _COUNCIL,
    S.DISTRICT_AWAITING_DECISION: DISTRICT_LEADER | DISTRICT_CLERK,
    S.DISTRICT_TO_BE_TOLD: DISTRICT_DESK,
    S.DISTRICT_TO_FORWARD: DISTRICT_LEADER,
    S.FORWARDED_BY_DISTRICT: ADVISORY,
    S.FELL_BACK: DISTRICT_LEADER,
    S.PROPOSED: ADVISORY,
    S.PROVINCE_INTAKE: ADVISORY,
    S.RETURNED_BY_PROVINCE: PRODUCER | COMMUNE,
    S.EXPERT_REVIEW: EXPERT_LEAD | frozenset({"expert_member"}),
    S.COUNCIL_READY: COUNCIL_DESK,
    S.IN_SESSION: _COUNCIL,
    S.AWAITING_DECISION: LEADER | CLERK,
    S.AWAITING_APPROVAL: LEADER,
    S.APPROVED_FOR_CENTRE: ADVISORY,
    S.AT_CENTRE: STANDING,
    S.CENTRE_BELOW: LEADER,
    S.TO_BE_TOLD: ADVISORY,
    S.RECOGNISED: frozenset(),
    S.NOT_RANKED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
