"""Bodies and posts of the apparatus: which body belongs at which level, who is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ocop.kit.errors import Refusal

LEVELS = {
    "steering": frozenset({"province", "district", "commune"}),
    "standing": frozenset({"province"}),
    "coordination": frozenset({"province"}),
    "district_desk": frozenset({"district"}),
    "commune_desk": frozenset({"commune"}),
}
"""At which levels a kind of body stands (plan IV.2.1: the apparatus of the new-rural programme)."""

BASIS = "Mục IV.2.1 Kế hoạch OCOP tỉnh 2023-2025"


def level_refusals(kind: str, level: str) -> list[Refusal]:
    """A body stands at its own level."""
    if level in LEVELS.get(kind, frozenset()):
        return []
    return [Refusal("body.level", "Loại tổ chức này không có ở cấp của đơn vị đã chọn.", BASIS)]


def handover_refusals(starts: date, ends: date | None, on: date) -> list[Refusal]:
    """A successor begins after the first day of the term and not after it ended."""
    if on <= starts:
        return [
            Refusal("post.day", f"Ngày nhận bàn giao phải sau ngày {starts:%d/%m/%Y} của nhiệm kỳ.", BASIS)
        ]
    if ends is not None and on > ends + timedelta(days=1):
        return [Refusal("post.ended", f"Nhiệm kỳ này đã hết ngày {ends:%d/%m/%Y}.", BASIS)]
    return []


@dataclass(frozen=True)
class Cover:
    """Units of one day and which of them have somebody in charge."""

    communes: int
    with_officer: int

    @property
    def missing(self) -> int:
        """Units without anybody in charge."""
        return self.communes - self.with_officer


def cover_of(units: Iterable[int], staffed: Iterable[int]) -> Cover:
    """How many of the units are staffed."""
    wanted, held = set(units), set(staffed)
    return Cover(len(wanted), len(wanted & held))
