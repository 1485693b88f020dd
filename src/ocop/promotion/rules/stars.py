"""What a product's star is worth for an event on a day (plan IV.5: fairs show OCOP products)."""

from dataclasses import dataclass
from datetime import date

from ocop.promotion.enums import StarRule, StarStanding


@dataclass(frozen=True)
class StarFacts:
    """The star that speaks for a product: whether it counts today, and the last day on which it does, if known."""

    valid_today: bool = False
    last_day: date | None = None
    stars: int = 0


@dataclass(frozen=True)
class Verdict:
    """How the product stands, whether the call takes it, and the sentence for the producer ("" when all is well)."""

    standing: str
    taken: bool
    words: str = ""


def standing_on(facts: StarFacts, day: date) -> str:
    """Whether a star of today still counts on `day`; a star whose last day is unknown and valid today is taken."""
    if not facts.valid_today:
        return StarStanding.NO_STAR.value
    if facts.last_day is not None and facts.last_day < day:
        return StarStanding.RUNS_OUT.value
    return StarStanding.FIT.value


def verdict(facts: StarFacts, *, day: date, rule: str) -> Verdict:
    """Whether a call with that rule takes a product for an event that opens on `day`.

    A star that runs out before the event may still be renewed, so the producer is warned and not turned away; the
    stand list is closed only without such products (`rules.workflow.stars_hold`).
    """
    standing = standing_on(facts, day)
    if standing == StarStanding.FIT:
        return Verdict(standing, True)
    if standing == StarStanding.RUNS_OUT:
        last = f"{facts.last_day:%d/%m/%Y}"
        return Verdict(
            standing,
            True,
            f"Sao hết hạn ngày {last}, trước ngày khai mạc {day:%d/%m/%Y}. Hãy nộp hồ sơ đánh giá lại.",
        )
    if rule == StarRule.ANY:
        return Verdict(
            standing, True, "Chưa có sao còn hiệu lực; không được treo biển hiệu OCOP cho sản phẩm này."
        )
    return Verdict(standing, False, "Đợt này chỉ nhận sản phẩm còn sao vào ngày khai mạc.")
