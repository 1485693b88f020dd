"""Local shares: percents and their change from year to year (clause IV.10; form 03 of Decision 26/2026/QĐ-TTg)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")


def percent(part: int, whole: int) -> Decimal | None:
    """`part` in percent of `whole`, to a tenth; None when there is no whole."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Change:
    """A percent of one year beside that of the year of figures before it; `by` in percentage points."""

    year: int
    share: Decimal | None
    by: Decimal | None

    @property
    def direction(self) -> str:
        """ "up", "down", "same", or "" where there is nothing to compare with."""
        if self.by is None:
            return ""
        return "up" if self.by > 0 else "down" if self.by < 0 else "same"

    @property
    def fall(self) -> Decimal:
        """By how many points it fell; nought where it did not."""
        return max(-(self.by or Decimal(0)), Decimal(0))


def trend(shares: Iterable[tuple[int, Decimal | None]]) -> list[Change]:
    """Each year with its change since the last year that has a figure; oldest first, whatever the order given."""
    last: Decimal | None = None
    found = []
    for year, share in sorted(shares, key=lambda pair: pair[0]):
        by = share - last if share is not None and last is not None else None
        found.append(Change(year, share, by))
        last = share if share is not None else last
    return found
