"""How the commune's deadline reads on a page (Art. 7.2 of Decision 26/2026/QĐ-TTg)."""

from dataclasses import dataclass
from datetime import date

from ocop.kit import formats
from ocop.rulebook.rules.deadlines import Reading

SOON = 3


@dataclass(frozen=True)
class ClockWords:
    """A running clock in words, with the tone it is shown in; `last_day` is None where none is fixed."""

    text: str
    tone: str
    last_day: date | None = None
    left: int | None = None
    late: bool = False


def not_started(length: int) -> ClockWords:
    """The dossier lies there and nobody has received it yet."""
    return ClockWords(
        f"Chưa tiếp nhận. Từ ngày sau ngày tiếp nhận, xã có {length} ngày làm việc.", "water", left=length
    )


def words_of(reading: Reading, today: date) -> ClockWords:
    """ "còn 9 ngày làm việc, đến hết 15/12/2026"; stopped while the dossier is away; late in calendar days."""
    if reading.last_day is None or reading.paused:
        return ClockWords(
            f"Đồng hồ đang dừng vì hồ sơ đang ở chủ thể; còn {reading.left} ngày làm việc khi nộp lại.",
            "grey",
            left=reading.left,
        )
    last = formats.day(reading.last_day)
    if reading.late:
        days = (today - reading.last_day).days
        return ClockWords(f"trễ {days} ngày, hạn là hết {last}", "seal", reading.last_day, 0, True)
    if reading.left == 0:
        return ClockWords(f"hạn cuối hôm nay, {last}", "clay", reading.last_day, 0)
    tone = "clay" if reading.left <= SOON else "water"
    return ClockWords(
        f"còn {reading.left} ngày làm việc, đến hết {last}", tone, reading.last_day, reading.left
    )
