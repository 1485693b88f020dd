"""The books in which a contract of sale may stand: it is written in one of them, so that it counts once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from ocop.kit.registry import Registry
from ocop.partners.enums import ContractKind
from ocop.partners.models import PartnerContract
from ocop.partners.rules.twins import Deal, twin_of


@dataclass(frozen=True)
class ContractBook:
    """A register of contracts; `deals(**narrowed)` answers what it holds, of one producer or of all."""

    key: str
    label: str
    deals: Callable[..., Iterable[Deal]]
    order: int = 100


contract_books: Registry[ContractBook] = Registry("books of contracts of sale")


def contract_deals(**narrowed: Any) -> list[Deal]:
    """The contracts of sale with partners of the register."""
    rows = PartnerContract.objects.filter(kind=ContractKind.SALE, **narrowed).select_related("partner")
    return [
        Deal(row.producer_id, row.partner_id, row.partner.name, row.number, row.signed_on, str(row),
             row.get_absolute_url())
        for row in rows
    ]  # fmt: skip


OWN = ContractBook("partners.contracts", "Hợp đồng với đối tác", contract_deals)


def written_elsewhere(deal: Deal, own: str) -> SafeString | str:
    """Why a contract may not be written into the book `own`: it stands in another, linked; "" when in none."""
    if deal.producer_id is None:
        return ""
    for book in contract_books:
        found = twin_of(deal, book.deals(producer_id=deal.producer_id)) if book.key != own else None
        if found is not None:
            return format_html(
                'Hợp đồng này đã có ở “{}”: <a href="{}">{}</a>. Hãy mở và sửa ở đó, để chỉ tính một lần.',
                book.label, found.url, found.words,
            )  # fmt: skip
    return ""


class WrittenElsewhere:
    """The same for the rows of a sheet; asks each other book once for all rows."""

    def __init__(self, own: str) -> None:
        self.own = own
        self._held: dict[int | None, list[tuple[str, Deal]]] | None = None

    def __call__(self, deal: Deal) -> list[str]:
        if self._held is None:
            self._held = {}
            for book in contract_books:
                for one in book.deals() if book.key != self.own else ():
                    self._held.setdefault(one.producer_id, []).append((book.label, one))
        for label, one in self._held.get(deal.producer_id, ()):
            if twin_of(deal, [one]) is not None:
                return [f"Hợp đồng này đã có ở “{label}”: {one.words}"]
        return []
