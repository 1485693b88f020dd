"""A re-evaluation is checked on site only for big changes or unclear evidence (Art. 7.6 of Decision 26/2026/QĐ-TTg)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ocop.evaluation.rules.renewal import ARTICLE
from ocop.kit.errors import Refusal


@dataclass(frozen=True)
class SiteCheckFacts:
    """What an office recorded; `is_needed` None while it recorded nothing."""

    is_needed: bool | None
    visited_on: date | None
    has_minutes: bool


def still_missing(facts: SiteCheckFacts) -> Iterable[Refusal]:
    """Why a re-evaluation may not be proposed yet; nothing when the choice is recorded and a needed check was made."""
    if facts.is_needed is None:
        yield Refusal(
            "site_check.choice",
            "Chưa ghi hồ sơ đánh giá lại này có phải kiểm tra thực tế hay không.",
            ARTICLE,
        )
    elif facts.is_needed and (facts.visited_on is None or not facts.has_minutes):
        yield Refusal("site_check.minutes", "Chưa ghi ngày và biên bản kiểm tra thực tế.", ARTICLE)
