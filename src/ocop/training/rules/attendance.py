"""When a code counts, who was there enough, and how participants are counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ocop.kit.errors import Refusal

TURN_SECONDS = 30
"""How long a code stands on the trainer's screen before the next one."""
FRESH_SECONDS = 120
"""How old a code from the screen may be when a phone brings it; slow networks included."""
EARLY = timedelta(minutes=60)
LATE = timedelta(minutes=60)
"""A session takes attendance from an hour before it begins to an hour after it ends."""


def in_time(begins: datetime, ends: datetime, now: datetime) -> list[Refusal]:
    """Whether a session takes attendance at that moment."""
    if now < begins - EARLY:
        return [
            Refusal(
                "scan.early", f"Buổi này bắt đầu lúc {begins:%H:%M ngày %d/%m/%Y}; chưa đến giờ điểm danh."
            )
        ]
    if now > ends + LATE:
        return [
            Refusal(
                "scan.late", "Buổi này đã kết thúc. Hãy nhờ người tổ chức ghi vào danh sách nếu bạn có dự."
            )
        ]
    return []


def is_fresh(made: datetime, now: datetime) -> bool:
    """True for a code of the screen that was shown within the last two minutes."""
    return timedelta(seconds=-TURN_SECONDS) <= now - made <= timedelta(seconds=FRESH_SECONDS)


def has_enough(attended: int, sessions: int, percent: int) -> bool:
    """Whether the share of sessions attended earns the certificate; without sessions nobody has it."""
    return sessions > 0 and attended * 100 >= percent * sessions


@dataclass(frozen=True)
class Came:
    """What one participant who came counts as."""

    audience: str
    is_woman: bool
    unit_id: int | None


@dataclass(frozen=True)
class Split:
    """Participants by what the plan counts: officials, producers, others, women, communes."""

    officials: int = 0
    producers: int = 0
    others: int = 0
    women: int = 0
    communes: int = 0

    @property
    def total(self) -> int:
        """Everybody who came."""
        return self.officials + self.producers + self.others


def split_of(people: Iterable[Came]) -> Split:
    """Those who came, counted."""
    rows = list(people)
    by = [row.audience for row in rows]
    return Split(
        officials=by.count("official"),
        producers=by.count("producer"),
        others=len(by) - by.count("official") - by.count("producer"),
        women=sum(row.is_woman for row in rows),
        communes=len({row.unit_id for row in rows if row.unit_id is not None}),
    )


def first_and_last(days: Iterable[date]) -> tuple[date, date] | None:
    """The span of an activity from the days of its sessions; None without sessions."""
    found = sorted(days)
    return (found[0], found[-1]) if found else None
