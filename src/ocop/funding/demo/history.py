"""Support of past years in bulk: the rows, moves and entries that the actions would have written, without notices.

`tests/test_demo.py` walks a sample through the actions and finds the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from simple_history.utils import bulk_create_with_history

from ocop.accounts.models import User
from ocop.files.models import StoredFile
from ocop.funding.actions.support import support_entry
from ocop.funding.enums import EntryKind, Proposal, SupportState
from ocop.funding.models import FundEntry, SupportMove, SupportRequest
from ocop.funding.rules.workflow import SUPPORT
from ocop.kit import clock
from ocop.kit.cases import OPENED
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.rulebook.models import SupportItem

APPRAISED, DECIDED, PAID, SETTLED = (timedelta(days=days) for days in (5, 11, 24, 40))
OPINION = "Hồ sơ đủ, việc đã làm đúng với đề nghị."


@dataclass(frozen=True)
class Finished:
    """A request that went the whole way: what was asked, when, and by whom each step was pressed."""

    item: SupportItem
    producer: Producer
    product: Product | None
    amount: int
    purpose: str
    basis: str
    asked: datetime
    budget_level: str
    number: str
    by: User
    officer: User
    leader: User

    def row(self) -> SupportRequest:
        """The request as it stands at the end."""
        decided_on = clock.local_day(self.asked + DECIDED)
        return SupportRequest(
            item=self.item, producer=self.producer, product=self.product, unit=self.producer.unit,
            asked_on=clock.local_day(self.asked), asked_amount=self.amount, purpose=self.purpose,
            proposal=Proposal.SUPPORT, appraised_amount=self.amount, opinion=OPINION, decided_amount=self.amount,
            decision_number=self.number, decided_on=decided_on, amount_basis=self.basis, source="local",
            budget_level=self.budget_level, is_demo=self.producer.is_demo, state=SupportState.PAID,
            opened_at=self.asked, opened_by=self.by, closed_at=self.asked + SETTLED,
        )  # fmt: skip

    @property
    def payment(self) -> str:
        """The number of the document by which it was paid."""
        return f"UNC-{self.number}"

    @property
    def settlement(self) -> str:
        """The number of the document by which it was settled."""
        return f"QT-{self.number}"

    def steps(self) -> list[tuple[str, timedelta, User, dict[str, Any]]]:
        """Verb, time since the request, person, data of each move."""
        paid_on = clock.local_day(self.asked + PAID).isoformat()
        settled_on = clock.local_day(self.asked + SETTLED).isoformat()
        return [
            (OPENED, timedelta(), self.by, {}),
            ("submit", timedelta(), self.by, {}),
            ("appraise", APPRAISED, self.officer, {"amount": self.amount}),
            ("decide", DECIDED, self.leader, {"number": self.number, "amount": self.amount}),
            ("pay", PAID, self.officer, {"amount": self.amount, "document": self.payment, "day": paid_on}),
            ("settle", SETTLED, self.officer, {"document": self.settlement, "day": settled_on}),
        ]


def write_finished(cases: Sequence[Finished], proof: StoredFile) -> list[SupportRequest]:
    """Write requests that were paid and settled, each with the proof; answers them."""
    rows = [case.row() for case in cases]
    for row in rows:
        row.set_search()
    rows = bulk_create_with_history(rows, SupportRequest, batch_size=500)
    through = SupportRequest.files.through
    through.objects.bulk_create([through(supportrequest=row, storedfile=proof) for row in rows])
    moves = [move for row, case in zip(rows, cases, strict=True) for move in _moves(row, case)]
    SupportMove.objects.bulk_create(moves, batch_size=500)
    entries = [entry for row, case in zip(rows, cases, strict=True) for entry in _entries(row, case)]
    FundEntry.objects.bulk_create(entries, batch_size=500)
    return rows


def _moves(row: SupportRequest, case: Finished) -> list[SupportMove]:
    state, found = SUPPORT.initial, []
    for verb, since, by, data in case.steps():
        step = SUPPORT.find(verb, state)
        target = (step.target or state) if step else state
        found.append(
            SupportMove(
                subject=row, flow=SUPPORT.key, name=verb, from_state=state if step else "", to_state=target,
                legal_basis=step.legal_basis if step else SUPPORT.legal_basis, at=case.asked + since, by=by, data=data,
            )
        )  # fmt: skip
        state = target
    return found


def _entries(row: SupportRequest, case: Finished) -> list[FundEntry]:
    found = []
    for kind, since, number in (
        (EntryKind.DISBURSED, PAID, case.payment),
        (EntryKind.SETTLED, SETTLED, case.settlement),
    ):
        at = case.asked + since
        entry = support_entry(row, kind, case.amount, clock.local_day(at), number)
        entry.entered_at, entry.entered_by = at, case.officer
        entry.set_search()
        found.append(entry)
    return found
