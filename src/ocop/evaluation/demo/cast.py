"""Who of the personas plays which part at a level that ranks."""

from dataclasses import dataclass

from ocop.accounts.demo import persona_user
from ocop.accounts.models import User


@dataclass(frozen=True)
class Cast:
    """User names of one level: its desk, its team, its committee, the desk of its council."""

    desk: str
    expert_lead: str
    expert: str
    leader: str
    clerk: str
    chair: str
    secretary: str

    def user(self, part: str) -> User:
        """The persona who plays that part."""
        return persona_user(getattr(self, part))


PROVINCE_CAST = Cast(
    "tham-muu",
    "to-truong-tu-van",
    "chuyen-gia",
    "lanh-dao-tinh",
    "van-thu",
    "chu-tich-hoi-dong",
    "thu-ky-hoi-dong",
)
DISTRICT_CAST = Cast(
    "can-bo-huyen",
    "to-truong-huyen",
    "chuyen-gia-huyen",
    "lanh-dao-huyen",
    "van-thu-huyen",
    "lanh-dao-huyen",
    "can-bo-huyen",
)
