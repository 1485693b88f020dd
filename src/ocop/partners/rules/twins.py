"""When two entries in two books are one contract, which must not be written, and counted, twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ocop.kit.text import fold


@dataclass(frozen=True)
class Deal:
    """A contract of sale as a book holds it: who sells, who buys, its number and day, its words and its page."""

    producer_id: int | None
    partner_id: int | None
    buyer: str
    number: str
    signed_on: date | None
    words: str = ""
    url: str = ""


def _plain(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def is_same(one: Deal, other: Deal) -> bool:
    """The same seller and buyer, and the same number; where one has no number, the same day.

    A buyer is the partner of the register, or the name however it is spelt; a number counts without marks and spaces.
    """
    if one.producer_id is None or one.producer_id != other.producer_id:
        return False
    by_partner = one.partner_id is not None and one.partner_id == other.partner_id
    if not by_partner and (not _plain(one.buyer) or _plain(one.buyer) != _plain(other.buyer)):
        return False
    first, second = _plain(one.number), _plain(other.number)
    if first and second:
        return first == second
    return one.signed_on is not None and one.signed_on == other.signed_on


def twin_of(deal: Deal, others: Iterable[Deal]) -> Deal | None:
    """The entry elsewhere that is the same contract, None when there is none."""
    return next((other for other in others if is_same(deal, other)), None)
