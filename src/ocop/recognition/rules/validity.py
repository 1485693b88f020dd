"""What a certificate is worth on a day. Pure values: the same rule serves pages, lists and the API."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from ocop.recognition.enums import State


@dataclass(frozen=True)
class Facts:
    """The dates that decide. `revoked_on` and `replaced_on` are the first days on which the star is gone."""

    issued_on: date | None
    last_day: date | None
    extended_to: date | None = None
    revoked_on: date | None = None
    replaced_on: date | None = None


def last_valid_day(issued_on: date, months: int = 36) -> date:
    """The last valid day, inclusive: the same day of the month `months` on; 29/02 becomes 28/02.

    Article 4.3 of Decision 26/2026/QĐ-TTg: 36 months from the day of issue.
    """
    year, month0 = divmod(issued_on.year * 12 + issued_on.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(issued_on.day, last))


def state_on(facts: Facts, day: date, *, expiring_days: int = 180) -> State:
    """The state on `day`; "expiring" from `expiring_days` days before the last valid day.

    A revocation and a replacement speak even when the day of issue is unknown; without that day the term cannot be
    computed and the answer is "unknown", never valid and never expired.
    """
    if facts.revoked_on and day >= facts.revoked_on:
        return State.REVOKED
    if facts.replaced_on and day >= facts.replaced_on:
        return State.REPLACED
    if facts.issued_on is None or facts.last_day is None:
        return State.UNKNOWN
    if day < facts.issued_on:
        return State.NOT_YET
    if day <= facts.last_day:
        return State.EXPIRING if facts.last_day - day <= timedelta(days=expiring_days) else State.VALID
    if facts.extended_to and day <= facts.extended_to:
        return State.EXTENDED
    return State.EXPIRED


def in_validity_through(facts: Facts) -> tuple[date, date] | None:
    """First and last day on which the star may be shown, both inclusive; None when there is no such day or no term."""
    if facts.issued_on is None or facts.last_day is None:
        return None
    gone = [day - timedelta(days=1) for day in (facts.revoked_on, facts.replaced_on) if day]
    last = min([max(facts.last_day, facts.extended_to or facts.last_day), *gone])
    return (facts.issued_on, last) if facts.issued_on <= last else None


def shared_days(one: Facts, other: Facts, since: date) -> tuple[date, date] | None:
    """First and last day from `since` on of which both stars are in validity; None when there is none.

    Article 4 of Decision 26/2026/QĐ-TTg: a product has one star at a time.
    """
    spans = in_validity_through(one), in_validity_through(other)
    if spans[0] is None or spans[1] is None:
        return None
    first, last = max(spans[0][0], spans[1][0], since), min(spans[0][1], spans[1][1])
    return (first, last) if first <= last else None
