"""Money that must not be paid twice, pressed at the same moment on connections of their own."""

from datetime import date

import pytest

from ocop.funding import actions
from ocop.funding.models import FundEntry, SupportRequest
from ocop.funding.tests.world import make_world
from ocop.kit import clock
from ocop.kit.meeting import codes_of, meeting_place
from ocop.rulebook.tests.factories import SupportItemFactory, SupportPolicyFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_payments_at_once_stay_within_the_decision(tmp_path):
    world = make_world()
    row, by = world.decided(), world["officer"]

    def pay(number: int) -> object:
        return actions.pay(
            SupportRequest.objects.get(pk=row.pk), by=by, amount=15_000_000, day=clock.today(),
            document_number=f"UNC {number}",
        )  # fmt: skip

    with meeting_place(tmp_path) as place:
        said = place.at_once(lambda: pay(1), lambda: pay(2))
        assert codes_of(said) == ["done", "support.overpaid"]
        assert SupportRequest.objects.get().paid_amount() == 15_000_000


def test_one_payment_sent_twice_at_once_is_paid_once(tmp_path):
    world = make_world()
    row, by = world.decided(), world["officer"]

    def pay() -> object:
        return actions.pay(
            SupportRequest.objects.get(pk=row.pk),
            by=by,
            amount=5_000_000,
            day=clock.today(),
            document_number="UNC 1",
        )

    with meeting_place(tmp_path) as place:
        assert codes_of(place.at_once(pay, pay, pay)) == ["done", "ledger.twice", "ledger.twice"]
        assert SupportRequest.objects.get().paid_amount() == 5_000_000


def test_two_policies_for_one_thing_decided_at_once_promise_once(tmp_path):
    world = make_world()
    other = SupportItemFactory(policy=SupportPolicyFactory(), content=world.item.content)
    rows = [world.appraised(), world.appraised(item=other)]
    with meeting_place(tmp_path) as place:
        said = place.at_once(*(lambda row=row: world.decide(row) for row in rows))
        assert codes_of(said) == ["done", "support.double"]
        assert SupportRequest.objects.promised().count() == 1


def test_one_line_of_a_document_posted_at_once(tmp_path):
    world = make_world()
    with meeting_place(tmp_path) as place:
        for line in ("1", "2", "3", "4"):  # whether they meet between two statements is chance
            said = place.at_once(*(lambda line=line: world.post(document_line=line),) * 3)
            assert codes_of(said) == ["done", "ledger.twice", "ledger.twice"]
        assert FundEntry.objects.count() == 4


def test_one_entry_reversed_at_once(tmp_path):
    world = make_world()
    row = world.post(day=date(2026, 1, 2))
    with meeting_place(tmp_path) as place:
        said = place.at_once(*(lambda: actions.reverse_entry(row, by=world["officer"], reason="Nhầm"),) * 3)
        assert codes_of(said) == ["done", "ledger.reversed", "ledger.reversed"]
        assert sum(FundEntry.objects.values_list("amount", flat=True)) == 0
