"""The way of a request: who presses what, what is refused, what the ledger holds afterwards."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ocop.cycle import actions as cycle_actions
from ocop.cycle.tests import world as cycle
from ocop.files.models import StoredFile
from ocop.funding import actions
from ocop.funding.loader import load_reference
from ocop.funding.models import FundEntry, SupportRequest
from ocop.funding.tests.world import World, make_world, product_of, proof
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused
from ocop.rulebook.models import SupportItem
from ocop.rulebook.tests.factories import SupportItemFactory, SupportPolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def codes(error) -> list[str]:
    return [one.code for one in error.value.refusals]


def test_a_request_is_paid_and_settled_through_the_ledger(world):
    row = world.decided()
    assert (row.state, row.decided_amount, row.unit) == ("decided", 20_000_000, world.commune)
    first = actions.pay(
        row,
        by=world["officer"],
        amount=12_000_000,
        day=clock.today(),
        document_number="UNC 1",
        attached=[proof()],
    )
    actions.pay(row, by=world["officer"], amount=8_000_000, day=clock.today(), document_number="UNC 2")
    actions.settle(row, by=world["officer"], day=clock.today(), document_number="QT 1")
    row.refresh_from_db()
    assert (row.state, row.closed_at is not None, row.paid_amount()) == ("paid", True, 20_000_000)
    assert list(
        FundEntry.objects.order_by("pk").values_list(
            "kind", "amount", "source", "budget_level", "request", "producer"
        )
    ) == [
        ("disbursed", 12_000_000, "local", "commune", row.pk, row.producer_id),
        ("disbursed", 8_000_000, "local", "commune", row.pk, row.producer_id),
        ("settled", 20_000_000, "local", "commune", row.pk, row.producer_id),
    ]
    assert (first.year, first.activity.code) == (clock.today().year, "ho-tro-chu-the")
    assert [move.name for move in row.moves.all()] == [
        "open", "submit", "appraise", "decide", "pay", "pay", "settle",
    ]  # fmt: skip
    assert StoredFile.objects.count() == row.files.count() == 1


def test_payments_never_pass_the_decision(world):
    row = world.decided()
    actions.pay(row, by=world["officer"], amount=15_000_000, day=clock.today(), document_number="UNC 1")
    with pytest.raises(Refused) as error:
        actions.pay(row, by=world["officer"], amount=5_000_001, day=clock.today(), document_number="UNC 2")
    assert codes(error) == ["support.overpaid"]
    assert row.paid_amount() == 15_000_000


def test_a_document_is_paid_once(world):
    row = world.decided()
    actions.pay(row, by=world["officer"], amount=5_000_000, day=clock.today(), document_number="UNC 1")
    with pytest.raises(Refused) as error:
        actions.pay(row, by=world["officer"], amount=5_000_000, day=clock.today(), document_number="UNC 1")
    assert codes(error) == ["ledger.twice"]
    assert (row.paid_amount(), row.moves.filter(name="pay").count()) == (5_000_000, 1)


def test_a_payment_taken_back_may_be_paid_again(world):
    row = world.decided()
    entry = actions.pay(
        row, by=world["officer"], amount=20_000_000, day=clock.today(), document_number="UNC 1"
    )
    actions.reverse_entry(entry, by=world["officer"], reason="Chuyển nhầm tài khoản")
    assert row.paid_amount() == 0
    actions.pay(row, by=world["officer"], amount=20_000_000, day=clock.today(), document_number="UNC 1")
    assert row.paid_amount() == 20_000_000


def test_the_same_item_is_refused_with_the_earlier_payment(world):
    first = world.decided()
    with pytest.raises(Refused) as error:
        world.sent()
    assert codes(error) == ["support.double"]
    assert first.decision_number in error.value.reason
    assert SupportRequest.objects.count() == 1


def test_two_requests_at_once_are_decided_once(world):
    first, second = world.appraised(), world.appraised()
    world.decide(first)
    with pytest.raises(Refused) as error:
        world.decide(second)
    assert codes(error) == ["support.double"]
    second.refresh_from_db()
    assert second.state == "appraised"


def test_another_policy_does_not_pay_for_the_same(world):
    world.decided()
    other = SupportItemFactory(policy=SupportPolicyFactory(), content=world.item.content)
    with pytest.raises(Refused) as error:
        world.sent(item=other)
    assert codes(error) == ["support.double"]


def test_a_settled_support_that_was_taken_back_is_none(world):
    row = world.decided()
    entry = actions.pay(
        row,
        by=world["officer"],
        amount=20_000_000,
        day=clock.today(),
        document_number="UNC 1",
        attached=[proof()],
    )
    actions.settle(row, by=world["officer"], day=clock.today(), document_number="QT 1")
    actions.reverse_entry(entry, by=world["officer"], reason="Thu hồi")
    assert world.sent().state == "submitted"


def test_an_amount_over_the_ceiling_is_refused_at_every_step(world):
    with pytest.raises(Refused) as error:
        world.sent(asked_amount=30_000_001)
    assert codes(error) == ["support.ceiling"]
    row = world.sent()
    with pytest.raises(Refused) as error:
        actions.appraise(row, by=world["officer"], proposal="support", opinion="x", amount=30_000_001)
    assert codes(error) == ["support.ceiling"]
    actions.appraise(row, by=world["officer"], proposal="support", opinion="x", amount=30_000_000)
    with pytest.raises(Refused) as error:
        world.decide(row, amount=30_000_001)
    assert codes(error) == ["support.ceiling"]


def test_an_empty_amount_needs_its_ground(world):
    SupportItem.objects.update(amount=None)
    world.item.refresh_from_db()
    row = world.appraised()
    with pytest.raises(Refused) as error:
        world.decide(row)
    assert codes(error) == ["support.no_basis"]
    world.decide(row, amount_basis="Thông báo 5/TB-UBND của Chủ tịch")
    assert (row.state, row.amount_basis) == ("decided", "Thông báo 5/TB-UBND của Chủ tịch")


def test_the_right_is_that_of_the_day_of_sending(world):
    world.item.valid_to = clock.today() - timedelta(days=1)
    world.item.save()
    with pytest.raises(Refused) as error:
        world.sent()
    assert codes(error) == ["support.not_in_force"]


def test_what_is_paid_for_a_product_needs_one_of_the_producer(world):
    item = SupportItemFactory(once_per="product")
    with pytest.raises(Refused) as error:
        world.sent(item=item)
    assert codes(error) == ["support.product"]
    from ocop.products.tests.factories import ProductFactory

    with pytest.raises(Refused) as error:
        world.sent(item=item, product=ProductFactory())
    assert codes(error) == ["support.other_product"]
    assert world.sent(item=item, product=product_of(world.producer)).state == "submitted"


@pytest.mark.parametrize("who", ["stranger", "leader"])
def test_nobody_else_asks_for_a_producer(world, who):
    with pytest.raises(Forbidden):
        actions.open_request(world.request(), by=world[who])


def test_the_commune_asks_in_the_producers_stead(world):
    assert actions.open_request(world.request(), by=world["officer"], send=True).state == "submitted"


def test_the_province_decides_where_the_policy_says_so(world):
    world.item.policy.decided_by = "province"
    world.item.policy.save()
    row = world.sent()
    with pytest.raises(Forbidden):
        actions.appraise(row, by=world["officer"], proposal="support", opinion="x", amount=1)
    actions.appraise(row, by=world["advisory"], proposal="support", opinion="x", amount=10_000_000)
    values = {"number": "3/QĐ", "day": clock.today(), "amount": 10_000_000, "source": "central"}
    with pytest.raises(Forbidden):
        actions.decide(row, by=world["leader"], **values)
    actions.decide(row, by=world["province_leader"], **values)
    assert row.state == "decided"


def test_the_province_does_not_decide_what_is_local(world):
    row = world.sent()
    with pytest.raises(Forbidden):
        actions.appraise(row, by=world["advisory"], proposal="support", opinion="x", amount=1)


def test_money_that_was_paid_is_taken_back_before_stopping(world):
    row = world.decided()
    entry = actions.pay(
        row, by=world["officer"], amount=1_000_000, day=clock.today(), document_number="UNC 1"
    )
    with pytest.raises(Refused) as error:
        actions.press_support(row, "stop", by=world["leader"], reason="Cơ sở nghỉ")
    assert codes(error) == ["support.paid"]
    actions.reverse_entry(entry, by=world["officer"], reason="Thu hồi")
    actions.press_support(row, "stop", by=world["leader"], reason="Cơ sở nghỉ")
    assert row.state == "stopped"
    assert world.sent().state == "submitted"


def test_settling_needs_payment_and_proof(world):
    row = world.decided()
    with pytest.raises(Refused) as error:
        actions.settle(row, by=world["officer"], day=clock.today(), document_number="QT")
    assert codes(error) == ["support.unpaid", "support.proof"]


@pytest.mark.parametrize(("days", "code"), [(1, "support.pay_later"), (-1, "support.pay_day")])
def test_a_payment_lies_between_decision_and_today(world, days, code):
    row = world.decided()
    with pytest.raises(Refused) as error:
        actions.pay(
            row,
            by=world["officer"],
            amount=1,
            day=clock.today() + timedelta(days=days),
            document_number="UNC 1",
        )
    assert codes(error) == [code]


def test_deadlines_follow_the_dated_settings(world):
    row = world.sent()
    first = row.due_on
    actions.appraise(row, by=world["officer"], proposal="support", opinion="x", amount=1)
    assert (first - clock.today()).days >= 15
    assert row.due_on < first


def test_the_next_hand_and_the_producer_are_told(world):
    row = world.sent()
    assert set(Notice.objects.values_list("to", flat=True)) == {world["officer"].pk}
    Notice.objects.all().delete()
    actions.appraise(row, by=world["officer"], proposal="refuse", opinion="Thiếu hóa đơn")
    assert set(Notice.objects.values_list("to", flat=True)) == {world["leader"].pk}
    Notice.objects.all().delete()
    actions.press_support(row, "refuse", by=world["leader"], reason="Thiếu hóa đơn")
    assert set(Notice.objects.values_list("to", flat=True)) == {world["owner"].pk}


def test_a_request_that_was_sent_is_not_changed(world):
    row = world.sent()
    row.asked_amount = 1
    with pytest.raises(Refused) as error:
        actions.change_request(row, by=world["owner"])
    assert codes(error) == ["support.sent"]


@pytest.fixture
def planned():
    """A world of the cycle with an approved plan that asks for packaging."""
    offices = cycle.make()
    load_reference(lambda text: None)
    plan = cycle.a_plan(offices)
    line = plan.supports.create(item=SupportItemFactory(), amount=25_000_000, purpose="In bao bì mới")
    return offices, plan, line


def approve(offices, plan) -> None:
    cycle_actions.submit_plan(plan, by=offices.owner)
    cycle_actions.appraise_plan(plan, by=offices["commune_officer"], appraisal="approve", text="Khả thi.")
    cycle_actions.approve_plan(plan, by=offices["commune_leader"], number="34/QĐ-UBND")


def test_an_approved_plan_is_drawn_into_a_request(planned):
    offices, plan, line = planned
    with pytest.raises(Refused) as error:
        actions.open_from_plan(line, by=offices.owner)
    assert codes(error) == ["support.plan"]
    approve(offices, plan)
    row = actions.open_from_plan(line, by=offices.owner)
    assert (row.plan, row.item, row.producer, row.asked_amount, row.purpose, row.state) == (
        plan, line.item, plan.producer, 25_000_000, "In bao bì mới", "draft",
    )  # fmt: skip
    with pytest.raises(Refused) as error:
        actions.open_from_plan(line, by=offices.owner)
    assert codes(error) == ["support.plan_open"]
    actions.press_support(row, "submit", by=offices.owner)
    assert row.state == "submitted"


def test_the_plans_page_makes_a_request_once(planned, client):
    offices, plan, line = planned
    approve(offices, plan)
    client.force_login(offices.owner)
    url = reverse("funding:from_plan", args=[plan.pk])
    assert url in client.get(plan.get_absolute_url()).text
    assert "Lập đề nghị" in client.get(url).text
    sent = {"line": line.pk, "once": "mot"}
    answers = [client.post(url, sent).url for _ in range(2)]
    assert answers == [SupportRequest.objects.get().get_absolute_url()] * 2
    assert "Lập đề nghị" not in client.get(url).text


def test_a_plan_of_somebody_else_is_refused(planned, world):
    offices, plan, _ = planned
    approve(offices, plan)
    with pytest.raises(Refused) as error:
        actions.open_request(world.request(plan=plan), by=world["owner"])
    assert codes(error) == ["support.other_plan"]
