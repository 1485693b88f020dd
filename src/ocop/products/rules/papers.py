"""When a paper counts: days are inclusive, the paper holds through its last day."""

from datetime import date, timedelta

from ocop.products.enums import PaperState

EXPIRING_DAYS = 90


def state_on(issued_on: date | None, expires_on: date | None, day: date) -> PaperState:
    """The state on a day; a paper without an end never expires, one without a date of issue counts from always."""
    if issued_on and day < issued_on:
        return PaperState.NOT_YET
    if expires_on is None:
        return PaperState.VALID
    if day > expires_on:
        return PaperState.EXPIRED
    return PaperState.EXPIRING if day >= expires_on - timedelta(days=EXPIRING_DAYS) else PaperState.VALID
