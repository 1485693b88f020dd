"""Keys of the roles that press the verbs of a dossier's road.

Memberships of `accounts`, "producer.*" (access to the producer) and "council.*" (seats of the council of the level at
which the dossier stands). The expert team's roles are of no level: whose team it is follows from the agency.
"""

PRODUCER = frozenset({"producer.owner", "producer.staff", "producer.helper"})
OWNER = frozenset({"producer.owner", "producer.staff"})
COMMUNE = frozenset({"commune_officer", "commune_leader"})
COMMUNE_LEADER = frozenset({"commune_leader"})
DISTRICT_DESK = frozenset({"district_officer"})
DISTRICT_LEADER = frozenset({"district_leader"})
DISTRICT_CLERK = frozenset({"district_clerk"})
ADVISORY = frozenset({"advisory_officer"})
EXPERT_LEAD = frozenset({"expert_lead"})
COUNCIL_DESK = frozenset({"council.chair", "council.deputy", "council.secretary"})
COUNCIL_CHAIR = frozenset({"council.chair", "council.deputy"})
LEADER = frozenset({"province_leader"})
CLERK = frozenset({"province_clerk"})
STANDING = frozenset({"standing_officer"})
