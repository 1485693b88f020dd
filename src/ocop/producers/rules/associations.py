"""Which association takes over which member when one is restructured (clause IV.8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NARROWEST_FIRST = ("commune", "district", "province")


@dataclass(frozen=True)
class Heir:
    """An association that takes over: its key, the level of its unit, the ids of the units that it covers."""

    key: int
    level: str
    units: frozenset[int]


def assign(members: Mapping[int, int], heirs: Iterable[Heir]) -> dict[int, int | None]:
    """For each member (by the id of its unit) the association that takes it over, None where none covers its unit.

    Where several cover it, the narrowest does: the commune's before the district's before the province's.
    """
    ranked = sorted(heirs, key=lambda heir: (NARROWEST_FIRST.index(heir.level), heir.key))
    return {
        member: next((heir.key for heir in ranked if unit in heir.units), None)
        for member, unit in members.items()
    }
