"""What becomes of dossiers when the rules change (Art. 12 of Decision 26/2026/QĐ-TTg).

A dossier handed in before the new decision took effect is finished under the old one within a number of days; one that
is not may be taken back and drawn up anew. Where the levels change, the star of a district's dossier that the province
scores below 70 points is decided as the rules of its day say.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from ocop.kit import formats

ARTICLE = "Điều 12 Quyết định 26/2026/QĐ-TTg"
FORWARD_FROM = 70
"""Points from which a district's council sends a product up (Appendix II of Decision 148/QĐ-TTg)."""


@dataclass(frozen=True)
class OldRules:
    """How a dossier of a replaced procedure stands on a day: until when it may be finished, what says so in words."""

    replaced_by: str
    last_day: date | None  # None: never handed in, so nothing is left to finish
    lapsed: bool

    @property
    def words(self) -> str:
        """For the head of the record and the producer's page."""
        if self.last_day is None:
            return f"Quy trình của hồ sơ đã thay bằng {self.replaced_by}; hồ sơ chưa nộp thì lập theo quy định mới."
        if self.lapsed:
            return f"Quá hạn chuyển tiếp: theo quy định cũ hồ sơ phải xong trước hết ngày {formats.day(self.last_day)}."
        return f"Chuyển tiếp: hồ sơ theo quy định cũ phải xong trước hết ngày {formats.day(self.last_day)}."

    @property
    def short(self) -> str:
        """For a badge."""
        if self.last_day is None:
            return "Quy định cũ"
        return "Quá hạn chuyển tiếp" if self.lapsed else "Chuyển tiếp"

    @property
    def tone(self) -> str:
        """The colour of the badge."""
        return "seal" if self.lapsed and self.last_day is not None else "clay"

    @property
    def not_yet(self) -> str | None:
        """Why it may not be drawn up anew yet; None when it may."""
        if self.last_day is None or self.lapsed:
            return None
        return f"Hồ sơ còn được hoàn thành theo quy định cũ đến hết ngày {formats.day(self.last_day)}."


def under_old_rules(
    *,
    replaced_by: str,
    replaced_on: date,
    submitted_on: date | None,
    is_renewal: bool,
    today: date,
    first_days: int,
    renewal_days: int,
) -> OldRules:
    """The place of a dossier of a procedure that another replaced on `replaced_on`; lengths in calendar days.

    First applications and upgrades have `first_days` (60), re-evaluations `renewal_days` (30), counted from the day on
    which the new decision took effect, that day not included. One first handed in on that day or later is not of the
    old rules any more.
    """
    if submitted_on is None or submitted_on >= replaced_on:
        return OldRules(replaced_by, None, True)
    last = replaced_on + timedelta(days=renewal_days if is_renewal else first_days)
    return OldRules(replaced_by, last, today > last)


def district_outcome(points: Decimal, stars: int | None) -> Literal["forward", "recognise", "not_ranked"]:
    """What a district's council result leads to: 70 points and more go up, three stars are the district's own.

    Points decide whether it goes up, not a missed minimum: the province finds its own (Appendix II, Decision 148).
    """
    if points >= FORWARD_FROM:
        return "forward"
    return "recognise" if (stars or 0) >= 3 else "not_ranked"


def falls_back(points: Decimal, *, policy: str, district_stands: bool) -> bool:
    """True when a forwarded dossier scored below 70 at the province goes back to its district.

    `policy` is the dated setting: "district" (the district recognises three stars by its own council) or "province"
    (the province decides by its result). Without a district in force the province decides whatever the setting says.
    """
    return points < FORWARD_FROM and policy == "district" and district_stands
