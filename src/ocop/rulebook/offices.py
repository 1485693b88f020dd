"""Who does what the plan gives to the district: the district to 30/6/2025, afterwards the level of a dated setting."""

from collections.abc import Iterable, Mapping
from datetime import date

from ocop.accounts.enums import Role
from ocop.rulebook.queries import setting

OFFICER, LEADER, CLERK = "local.officer", "local.leader", "local.clerk"
LOCAL = (OFFICER, LEADER, CLERK)

BY_LEVEL: Mapping[str, Mapping[str, Role]] = {
    "district": {OFFICER: Role.DISTRICT_OFFICER, LEADER: Role.DISTRICT_LEADER, CLERK: Role.DISTRICT_CLERK},
    "commune": {OFFICER: Role.COMMUNE_OFFICER, LEADER: Role.COMMUNE_LEADER, CLERK: Role.COMMUNE_OFFICER},
    "province": {OFFICER: Role.ADVISORY_OFFICER, LEADER: Role.PROVINCE_LEADER, CLERK: Role.PROVINCE_CLERK},
}


def local_level(province: str, day: date) -> str:
    """ "district", "commune" or "province": the level that does the district's part on that day."""
    return str(setting("district_successor", province, day))


def local_roles(held: Iterable[str], province: str, day: date) -> frozenset[str]:
    """The local roles ("local.officer"...) that somebody with these roles has in the province on that day."""
    own = frozenset(held)
    return frozenset(local for local, role in BY_LEVEL[local_level(province, day)].items() if role in own)


def acting_role(role: str, province: str, day: date) -> str:
    """The role of accounts behind a role of a flow table: of a local one whoever acts that day, else itself."""
    return str(BY_LEVEL[local_level(province, day)][role]) if role in LOCAL else role
