"""Which role belongs to which kind of agency, and which role may give which."""

from ocop.accounts.enums import Role

COMMUNE = frozenset({"commune_committee"})
DISTRICT = frozenset({"district_committee"})
PROVINCE = frozenset({"province_committee"})
BRANCH = frozenset({"department", "coordination_office", "sub_department"})
CENTRAL = frozenset({"ministry", "central_office"})
ANYWHERE = COMMUNE | DISTRICT | PROVINCE | BRANCH | CENTRAL

FITS: dict[str, frozenset[str]] = {
    Role.COMMUNE_OFFICER: COMMUNE,
    Role.COMMUNE_LEADER: COMMUNE,
    Role.DISTRICT_OFFICER: DISTRICT,
    Role.DISTRICT_LEADER: DISTRICT,
    Role.DISTRICT_CLERK: DISTRICT,
    Role.ADVISORY_OFFICER: BRANCH | PROVINCE,
    Role.EXPERT_MEMBER: BRANCH | PROVINCE | DISTRICT,
    Role.EXPERT_LEAD: BRANCH | PROVINCE | DISTRICT,
    Role.DEPARTMENT_OFFICER: BRANCH,
    Role.PROVINCE_LEADER: PROVINCE,
    Role.PROVINCE_CLERK: PROVINCE,
    Role.STANDING_OFFICER: BRANCH | CENTRAL,
    Role.READER: ANYWHERE,
    Role.ADMINISTRATOR: PROVINCE | BRANCH,
}

# A leader appoints inside the own agency; an administrator everywhere in reach.
LEADERS_GIVE: dict[str, frozenset[str]] = {
    Role.COMMUNE_LEADER: frozenset({Role.COMMUNE_OFFICER, Role.READER}),
    Role.DISTRICT_LEADER: frozenset(
        {Role.DISTRICT_OFFICER, Role.DISTRICT_CLERK, Role.EXPERT_MEMBER, Role.EXPERT_LEAD, Role.READER}
    ),
    Role.PROVINCE_LEADER: frozenset({Role.PROVINCE_CLERK, Role.READER}),
}


def fits(role: str, agency_kind: str) -> bool:
    """True when an agency of that kind has such a role (Decision 26/2026/QĐ-TTg: who does what at which level)."""
    return agency_kind in FITS[role]


def roles_for_kind(agency_kind: str) -> list[str]:
    """The roles that an agency of that kind has, in the order of the list of roles."""
    return [role for role in Role.values if fits(role, agency_kind)]


def given_by(own_roles: frozenset[str]) -> frozenset[str]:
    """Roles that a person with `own_roles` in an agency may give inside that agency."""
    return frozenset().union(*(LEADERS_GIVE.get(role, frozenset()) for role in own_roles))
