"""When a re-evaluation is handed in (Art. 7.6 of Decision 26/2026/QĐ-TTg); how long a star is extended (Art. 12.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ocop.kit import formats
from ocop.kit.errors import Refusal

ARTICLE = "Điều 7 khoản 6 Quyết định 26/2026/QĐ-TTg"
ARTICLE_EXTENSION = "Điều 12 khoản 3 Quyết định 26/2026/QĐ-TTg"


@dataclass(frozen=True)
class Window:
    """The days in which a re-evaluation is to be handed in, both inclusive, and how a day stands to them."""

    opens: date
    closes: date
    place: str  # "before" | "in" | "after" | "expired" | "unknown"
    text: str
    tone: str

    @property
    def is_open(self) -> bool:
        return self.place == "in"


UNKNOWN = Window(
    date.min,
    date.min,
    "unknown",
    "Chưa rõ ngày hết hạn của giấy chứng nhận nên không tính được kỳ nộp.",
    "grey",
)


def window_on(last_day: date | None, day: date, *, opens_before: int, closes_before: int) -> Window:
    """The window of a certificate as it stands on `day`; lengths are calendar days before its last valid day.

    Outside the window a re-evaluation may be handed in all the same: the words warn, nothing refuses.
    """
    if last_day is None:
        return UNKNOWN
    opens, closes = last_day - timedelta(days=opens_before), last_day - timedelta(days=closes_before)
    span = f"từ {formats.day(opens)} đến hết {formats.day(closes)}"
    if day < opens:
        return Window(opens, closes, "before", f"Chưa đến kỳ nộp hồ sơ đánh giá lại: {span}.", "water")
    if day <= closes:
        left = (closes - day).days
        rest = f"còn {left} ngày" if left else "hôm nay là ngày cuối"
        return Window(opens, closes, "in", f"Đang trong kỳ nộp hồ sơ đánh giá lại, {span} ({rest}).", "leaf")
    if day <= last_day:
        text = f"Đã qua kỳ nộp ({span}). Vẫn nộp được; nộp ngay để có kết quả trước {formats.day(last_day)}."
        return Window(opens, closes, "after", text, "clay")
    text = f"Giấy chứng nhận đã hết hạn sau ngày {formats.day(last_day)}. Vẫn nộp được hồ sơ đánh giá lại."
    return Window(opens, closes, "expired", text, "seal")


@dataclass(frozen=True)
class ExtensionFacts:
    """What decides whether a star may be extended; `filed_on` is the day its re-evaluation was handed in."""

    last_day: date | None
    is_gone: bool
    extended_to: date | None
    filed_on: date | None
    closes: date | None
    longest: date | None
    needs_dossier: bool
    basis: str


def may_extend(facts: ExtensionFacts, day: date) -> Iterable[Refusal]:
    """Why a star may not be extended on `day` (Art. 12.3); nothing when it may.

    Only the re-evaluation that could not keep to the window extends: one filed within it is decided in 45 days.
    """
    if facts.is_gone:
        yield Refusal("extend.gone", "Giấy chứng nhận đã bị thu hồi hoặc thay thế.", ARTICLE_EXTENSION)
    if facts.last_day is None or facts.longest is None:
        yield Refusal("extend.unknown", "Chưa rõ ngày hết hạn nên không kéo dài được.", ARTICLE_EXTENSION)
    elif day > facts.longest:
        text = f"Đã quá {formats.day(facts.longest)}, ngày cuối cùng được kéo dài."
        yield Refusal("extend.too_late", text, ARTICLE_EXTENSION)
    if facts.extended_to is not None:
        text = f"Giấy chứng nhận đã được kéo dài đến hết {formats.day(facts.extended_to)}."
        yield Refusal("extend.again", text, ARTICLE_EXTENSION)
    if facts.filed_on is None and facts.needs_dossier:
        yield Refusal(
            "extend.dossier",
            "Chủ thể chưa nộp hồ sơ đánh giá lại cho giấy chứng nhận này.",
            ARTICLE_EXTENSION,
        )
    if facts.filed_on is not None and facts.closes is not None and facts.filed_on <= facts.closes:
        text = f"Hồ sơ đánh giá lại đã nộp đúng kỳ (ngày {formats.day(facts.filed_on)}), không thuộc diện kéo dài."
        yield Refusal("extend.in_window", text, ARTICLE_EXTENSION)
    if not facts.basis.strip():
        yield Refusal("extend.basis", "Cần ghi căn cứ kéo dài.", ARTICLE_EXTENSION)


def longest_extension(last_day: date, days: int) -> date:
    """The last day to which a star may be extended (Art. 12.3): `days` calendar days past its last valid day."""
    return last_day + timedelta(days=days)
