"""The bulk-made history of support is what the actions would have written."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from ocop.funding import actions
from ocop.funding.demo.history import APPRAISED, DECIDED, OPINION, PAID, SETTLED, Finished, write_finished
from ocop.funding.models import FundEntry, SupportMove, SupportRequest
from ocop.funding.tests.world import make_world, product_of
from ocop.kit import clock
from ocop.products.tests.factories import stored_pdf
from ocop.rulebook.tests.factories import SupportItemFactory

pytestmark = pytest.mark.django_db
ASKED = datetime(2026, 3, 2, 9, tzinfo=clock.LOCAL)


def walk(case: Finished, proof) -> None:
    """The same through the actions."""
    row = SupportRequest(
        item=case.item,
        producer=case.producer,
        product=case.product,
        asked_amount=case.amount,
        purpose=case.purpose,
    )
    officer = case.officer
    actions.open_request(row, by=case.by, at=ASKED, send=True)
    actions.appraise(
        row, by=officer, proposal="support", opinion=OPINION, amount=case.amount, at=ASKED + APPRAISED
    )
    decided = ASKED + DECIDED
    actions.decide(
        row, by=case.leader, number=case.number, day=clock.local_day(decided), amount=case.amount, source="local",
        budget_level="commune", amount_basis=case.basis, at=decided,
    )  # fmt: skip
    row.files.add(proof)
    for act, since, number in ((actions.pay, PAID, case.payment), (actions.settle, SETTLED, case.settlement)):
        more = {"amount": case.amount} if act is actions.pay else {}
        at = ASKED + since
        act(row, by=officer, day=clock.local_day(at), document_number=number, at=at, **more)


def written() -> list[list[tuple]]:
    """Everything that stands in the tables, without the keys of rows."""
    left_out = {
        "id",
        "subject",
        "request",
        "document_number",
        "decision_number",
        "search_text",
        "search_exact",
    }

    def rows(model) -> list[tuple]:
        names = [field.name for field in model._meta.concrete_fields if field.name not in left_out]
        return list(model.objects.order_by("pk").values_list(*names))

    linked = list(FundEntry.objects.order_by("pk").values_list("request", flat=True))
    files = list(SupportRequest.objects.values_list("files", flat=True))
    return [rows(SupportRequest), rows(SupportMove), rows(FundEntry), linked, files]


def test_the_generator_writes_what_the_actions_write():
    with time_machine.travel(ASKED + timedelta(days=60), tick=True):
        world = make_world()
        case = Finished(
            item=SupportItemFactory(once_per="product"), producer=world.producer, product=product_of(world.producer),
            amount=18_000_000, purpose="Bao bì", basis="Thông báo 3", asked=ASKED, budget_level="commune",
            number="7/QĐ", by=world["owner"], officer=world["officer"], leader=world["leader"],
        )  # fmt: skip
        proof = stored_pdf(world["officer"])
        with transaction.atomic():
            walk(case, proof)
            by_actions, pk = written(), SupportRequest.objects.get().pk
            transaction.set_rollback(True)
        (row,) = write_finished([case], proof)
        in_bulk = written()
    assert in_bulk[3] == [row.pk] * 2
    assert by_actions[3] == [pk] * 2
    assert in_bulk[:3] == by_actions[:3]
    assert in_bulk[4] == by_actions[4] == [proof.pk]
