"""The road of a dossier as tables, one flow per procedure of the law.

148/2023: producer -> commune -> district (its council decides three stars, sends 70 points and more up) -> province ->
centre. 148 as amended by 1489/2025: without the district. 26/2026, Art. 5 and 7: commune (15 working days, no marks) ->
advisory body of the province -> expert team -> council -> chair of the provincial People's Committee; 90 points and
more go on to the centre.
"""

from ocop.evaluation.rules.workflow.articles import ARTICLES_26, Articles
from ocop.evaluation.rules.workflow.procedures import (
    ARTICLES,
    FLOW_26_2026,
    FLOW_148_1489,
    FLOW_148_2023,
    FLOWS,
)
from ocop.evaluation.rules.workflow.roles import (
    ADVISORY,
    CLERK,
    COMMUNE,
    COMMUNE_LEADER,
    COUNCIL_DESK,
    DISTRICT_CLERK,
    DISTRICT_DESK,
    DISTRICT_LEADER,
    EXPERT_LEAD,
    LEADER,
    OWNER,
    PRODUCER,
    STANDING,
)
from ocop.evaluation.rules.workflow.stages import (
    ARRIVING,
    AT_DISTRICT,
    BEFORE_COUNCIL,
    COMMUNE_CLOCK,
    EDITABLE,
    EXPERTS_AT_WORK,
    INTAKE,
    READY,
    RETURNED_FROM_ABOVE,
    TO_DECIDE,
    TO_TELL,
    WAITS_FOR,
)
from ocop.evaluation.rules.workflow.tables import REFILED

__all__ = [
    "ADVISORY",
    "ARRIVING",
    "ARTICLES",
    "ARTICLES_26",
    "AT_DISTRICT",
    "BEFORE_COUNCIL",
    "CLERK",
    "COMMUNE",
    "COMMUNE_CLOCK",
    "COMMUNE_LEADER",
    "COUNCIL_DESK",
    "DISTRICT_CLERK",
    "DISTRICT_DESK",
    "DISTRICT_LEADER",
    "EDITABLE",
    "EXPERTS_AT_WORK",
    "EXPERT_LEAD",
    "FLOWS",
    "FLOW_26_2026",
    "FLOW_148_1489",
    "FLOW_148_2023",
    "INTAKE",
    "LEADER",
    "OWNER",
    "PRODUCER",
    "READY",
    "REFILED",
    "RETURNED_FROM_ABOVE",
    "STANDING",
    "TO_DECIDE",
    "TO_TELL",
    "WAITS_FOR",
    "Articles",
]
