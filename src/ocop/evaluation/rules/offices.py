"""Who drafts, approves and numbers decisions at a level: the province, and until 30/6/2025 the district."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Office:
    """Keys of the roles of one level, and how the level is called in sentences."""

    desk: str
    leader: str
    clerk: str
    name: str

    @property
    def writers(self) -> tuple[str, str]:
        """Who draws up drafts and takes lines out of them."""
        return self.desk, self.clerk

    @property
    def all(self) -> tuple[str, str, str]:
        """Everybody of the decision's desk."""
        return self.desk, self.leader, self.clerk


PROVINCE_OFFICE = Office("advisory_officer", "province_leader", "province_clerk", "UBND tỉnh")
DISTRICT_OFFICE = Office("district_officer", "district_leader", "district_clerk", "UBND huyện")


def office_of(*, at_district: bool) -> Office:
    """The office of the level that decides."""
    return DISTRICT_OFFICE if at_district else PROVINCE_OFFICE
