"""Requests and offers: introductions that fit, answers, what a producer may write and see."""

import html
import re
from datetime import date
from decimal import Decimal

import pytest

from ocop.inbox.models import Notice
from ocop.kit.cases import press
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.registers.editing import VERSION
from ocop.kit.testing import counted
from ocop.producers.tests.factories import ProducerFactory
from ocop.producers.tests.offices import Offices, make_offices
from ocop.promotion import actions, todos
from ocop.promotion.enums import Answer, RequestState
from ocop.promotion.models import Agreement, Introduction, PurchaseRequest, SupplyOffer
from ocop.promotion.queries.matching import suggestions_for
from ocop.promotion.registers.matching import AGREEMENTS, OFFERS, REQUESTS
from ocop.promotion.tests.factories import offered, on, requested, starred

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def offices() -> Offices:
    with on(TODAY):
        yield make_offices()


@pytest.fixture
def offer(offices: Offices) -> SupplyOffer:
    return offered(starred(offices.producer))


def test_offers_of_the_product_answer_ranked_for_the_same_queries(
    offices: Offices, offer: SupplyOffer
) -> None:
    request = requested(offices, offer.product)
    small = offered(offer.product, volume=Decimal(40), month_from=12, month_to=12)
    closed = offered(offer.product, month_from=2, state="closed")
    with counted() as few:
        found = suggestions_for(request, TODAY)
    assert [one.offer for one in found] == [offer, small]
    assert closed not in [one.offer for one in found]
    for number in range(8):
        offered(offer.product, month_from=1, month_to=12, note=str(number))
    with counted() as many:
        suggestions_for(request, TODAY)
    assert len(many) == len(few)


def test_only_fitting_offers_are_introduced_and_each_once(offices: Offices, offer: SupplyOffer) -> None:
    request = requested(offices, offer.product)
    summer = offered(offer.product, month_from=5, month_to=6)
    by = offices["department_officer"]
    with pytest.raises(Refused) as unfit:
        actions.introduce(request, offers=[summer.pk], by=by)
    with pytest.raises(Refused) as nobody:
        actions.introduce(request, offers=[], by=by)
    assert (unfit.value.code, nobody.value.code, Introduction.objects.count()) == (
        "request.unfit", "request.nobody", 0,
    )  # fmt: skip
    (made,) = actions.introduce(request, offers=[offer.pk], by=by)
    assert actions.introduce(request, offers=[offer.pk], by=by) == []
    assert (made.points, made.answer, request.state) == (90, Answer.ASKED, RequestState.INTRODUCED)
    assert Notice.objects.filter(to=offices.owner, kind="promotion.introduction").count() == 1
    assert [one.title for one in todos.introduction_todos(offices.owner, TODAY)] == [
        f"Trả lời bên mua: {request}"
    ]


def test_a_producer_answers_for_itself_while_the_request_runs(offices: Offices, offer: SupplyOffer) -> None:
    request, by = requested(offices, offer.product), offices["department_officer"]
    (made,) = actions.introduce(request, offers=[offer.pk], by=by)
    with pytest.raises(Forbidden):
        actions.answer_introduction(made, accepted=True, by=by)
    with pytest.raises(Refused) as silent:
        actions.answer_introduction(made, accepted=False, by=offices.owner)
    declined = actions.answer_introduction(made, accepted=False, reason="Hết hàng", by=offices.owner)
    assert (silent.value.code, declined.answer, declined.answered_by) == (
        "introduction.reason", Answer.DECLINED, offices.owner,
    )  # fmt: skip
    assert list(todos.introduction_todos(offices.owner, TODAY)) == []
    press(actions.REQUEST_DESK, request, "withdraw", by=by, reason="Đã mua nơi khác")
    with pytest.raises(Refused) as over:
        actions.answer_introduction(made, accepted=True, by=offices.owner)
    assert over.value.code == "introduction.over"


def test_signed_needs_what_was_signed(offices: Offices, offer: SupplyOffer) -> None:
    request, by = requested(offices, offer.product), offices["department_officer"]
    with pytest.raises(Refused) as nothing:
        press(actions.REQUEST_DESK, request, "sign", by=by)
    Agreement.objects.create(
        producer=offices.producer, buyer_name="Siêu thị Thử", request=request, signed_on=TODAY, value=5
    )
    press(actions.REQUEST_DESK, request, "sign", by=by)
    assert (nothing.value.code, request.state) == ("request.agreement", RequestState.SIGNED)


def test_requests_are_the_offices_and_of_those_introduced(offices: Offices, offer: SupplyOffer) -> None:
    request = requested(offices, offer.product)
    people = (offices["department_officer"], offices["commune_officer"], offices.owner, offices.stranger)
    seen = [PurchaseRequest.objects.visible_to(user).count() for user in people]
    actions.introduce(request, offers=[offer.pk], by=offices["department_officer"])
    after = [PurchaseRequest.objects.visible_to(user).count() for user in people]
    assert (seen, after) == ([1, 0, 0, 0], [1, 0, 1, 0])


def test_who_brought_a_producer_of_elsewhere_to_a_buyer_writes_down_what_they_signed(
    offices: Offices, offer: SupplyOffer, client
) -> None:
    """The request lies with the commune beside; the producer is of another one."""
    request = requested(offices, offer.product, unit=offices.beside)
    other = requested(offices, offer.product, unit=offices.province)
    data = {
        "kind": "contract", "number": "15/2026/HĐTT", "producer": offices.producer.pk, "product": offer.product_id,
        "request": request.pk, "signed_on": "2026-11-20", "value": "24 triệu",
    }  # fmt: skip
    client.force_login(offices.neighbour)
    assert client.post(AGREEMENTS.url("create"), data).status_code == 422
    actions.introduce(request, offers=[offer.pk], by=offices.neighbour)
    page = client.get(REQUESTS.url("detail", request.pk)).text
    address = re.search(r'href="([^"]+)"[^>]*>.{0,300}?Ghi hợp đồng đã ký', page, re.DOTALL)
    form = client.get(html.unescape(address[1])).context["form"]
    assert [form[name].value() for name in ("producer", "product", "request")] == [
        offices.producer.pk, offer.product_id, request.pk,
    ]  # fmt: skip
    for without in ({"request": ""}, {"request": other.pk}):
        assert client.post(AGREEMENTS.url("create"), data | without).status_code == 422
    assert client.post(AGREEMENTS.url("create"), data).status_code == 302
    row = Agreement.objects.get()
    assert (row.request, row.buyer_name, row.value) == (request, request.buyer_name, 24_000_000)
    page = client.get(REQUESTS.url("detail", request.pk)).text
    assert row.get_absolute_url() in page
    press(actions.REQUEST_DESK, request, "sign", by=offices.neighbour)
    people = (offices.neighbour, offices["commune_officer"], offices.owner, offices.stranger)
    assert [Agreement.objects.visible_to(user).count() for user in people] == [1, 1, 1, 0]
    opened = client.get(AGREEMENTS.url("edit", row.pk)).context["form"][VERSION].value()
    client.post(AGREEMENTS.url("edit", row.pk), data | {"number": "16/2026/HĐTT", VERSION: opened})
    row.refresh_from_db()
    assert row.number == "16/2026/HĐTT"


def test_a_list_asked_twice_over_shows_a_request_once(offices: Offices, offer: SupplyOffer, client) -> None:
    request = requested(offices, offer.product)
    again = offered(offer.product, month_from=11, month_to=1)
    actions.introduce(request, offers=[offer.pk, again.pk], by=offices["department_officer"])
    client.force_login(offices.owner)
    assert list(client.get(REQUESTS.url("list")).context["page"].object_list) == [request]


def test_an_offer_is_written_by_its_producer_or_its_officers(
    offices: Offices, offer: SupplyOffer, client
) -> None:
    data = {
        "producer": offices.producer.pk, "product": offer.product_id, "volume": "5", "measure": "kg", "month_from": "3",
        "month_to": "5", "state": "open",
    }  # fmt: skip
    codes = []
    for user in (offices.owner, offices["commune_officer"], offices.neighbour, offices["reader"]):
        client.force_login(user)
        codes.append(
            client.post(OFFERS.url("create"), {**data, "month_from": str(3 + len(codes))}).status_code
        )
    assert codes == [302, 302, 422, 403]
    client.force_login(offices.owner)
    foreign = offered(starred(ProducerFactory(unit=offices.commune)))
    assert client.get(OFFERS.url("edit", foreign.pk)).status_code == 404
