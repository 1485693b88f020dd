"""Supply meets demand: offers, a supermarket's request, the meeting, the contract, its results (clause IV.5.2)."""

from datetime import date

import pytest
from django.urls import reverse

from ocop.kit import clock
from ocop.partners.models import PartnerConference
from ocop.producers.tests.factories import AccessFactory, ProducerFactory
from ocop.products.tests.factories import ProductFactory
from ocop.promotion.enums import Answer, RequestState
from ocop.promotion.queries.channels import modern_share
from ocop.promotion.registers.matching import AGREEMENTS, OFFERS, REQUESTS, TALKS
from ocop.promotion.registers.reach import CHANNELS
from ocop.rulebook.models import CriteriaSet
from ocop.units.queries import home_province
from tests.journeys.eras import Era, on
from tests.journeys.promotion_pages import (
    add,
    browser,
    offered,
    page,
    press,
    send,
    starred,
    told,
    trade_officer,
)

pytestmark = pytest.mark.django_db


def offer(producer, product, **more: object) -> dict:
    return {
        "producer": producer.pk, "product": product.pk, "volume": "2000", "measure": "kg", "month_from": "8",
        "month_to": "1", "price_from": "60000", "price_to": "75000", "state": "open", **more,
    }  # fmt: skip


@pytest.mark.journey("IV.5.2:matching")
def test_a_supermarket_finds_its_supplier_and_signs(era: Era) -> None:
    with on("2026-08-03"):
        officer, _ = era.commune_people()
        trade = trade_officer(era)
        criteria_set = CriteriaSet.objects.get(book__slug="26-2026", number=8)
        producer, product = era.producer_with_product(criteria_set, officer)
        starred(product, since=date(2026, 1, 1), until=date(2028, 12, 31))
        owner = era.user("chu")
        beside = ProducerFactory(name="HTX Cùng Nhóm", unit=era.commune)
        theirs = ProductFactory(name="Mứt gừng", producer=beside, group=product.group)
        their_owner = AccessFactory(producer=beside).user
        far = ProductFactory(name="Nước mắm", producer=beside)

        good = add(owner, OFFERS, **offer(producer, product))
        fair_one = add(officer, OFFERS, **offer(beside, theirs, month_from="11", month_to="12", volume="300"))
        add(officer, OFFERS, **offer(beside, far))
        foreign = send(owner, OFFERS.url("create"), **offer(producer, theirs))
        assert foreign.status_code == 422
        dear = send(owner, OFFERS.url("create"), **offer(producer, product, price_to="1000", month_from="2"))
        assert "Giá đến phải từ giá thấp nhất trở lên." in dear.content.decode()

        request = add(
            trade, REQUESTS, buyer_name="Siêu thị Thành Sen", buyer_contact="0239 000 000", unit="Tỉnh Hà Tĩnh",
            wanted="Mứt đặc sản Tết", group=product.group_id, volume="1000", measure="kg", price_most="80000",
            needed_from="2026-11-15", needed_to="2027-01-31",
        )  # fmt: skip
        assert (request.state, request.due_on, request.unit) == (
            RequestState.OPEN, date(2027, 1, 31), home_province(clock.today()),
        )  # fmt: skip
        shown = page(trade, REQUESTS.url("detail", request.pk))
        assert shown.index("Mứt vỏ bưởi Thử") < shown.index("Mứt gừng")
        assert ("đủ các tháng cần hàng" in shown, "có hàng 2/3 tháng cần" in shown, "Nước mắm" in shown) == (
            True,
            True,
            False,
        )
        assert browser(owner).get(REQUESTS.url("detail", request.pk)).status_code == 404

        press(trade, REQUESTS, request, "introduce", offers=[good.pk, fair_one.pk])
        assert (request.state, request.introductions.count()) == (RequestState.INTRODUCED, 2)
        assert told(owner, "Có người mua cần Mứt đặc sản Tết")
        assert "Trả lời bên mua" in page(owner, reverse("workspace:home"))

    with on("2026-08-05"):
        mine, other = request.introductions.order_by("-points")
        mine_page = page(owner, REQUESTS.url("detail", request.pk))
        assert ("0239 000 000" in mine_page, "Mứt gừng" in mine_page) == (True, False)
        assert (
            send(owner, reverse("promotion:introduction_answer", args=[other.pk]), accepted="yes").status_code
            == 404
        )
        send(owner, reverse("promotion:introduction_answer", args=[mine.pk]), accepted="yes")
        send(their_owner, reverse("promotion:introduction_answer", args=[other.pk]), accepted="no", reason="")
        other.refresh_from_db()
        assert other.answer == Answer.ASKED
        send(
            their_owner,
            reverse("promotion:introduction_answer", args=[other.pk]),
            accepted="no",
            reason="Đã đủ đơn",
        )
        for row in (mine, other):
            row.refresh_from_db()
        assert (mine.answer, other.answer, other.reason) == (Answer.ACCEPTED, Answer.DECLINED, "Đã đủ đơn")
        assert told(trade, "Chủ thể nhận lời")
        assert "sign" not in offered(trade, REQUESTS, request)

    with on("2026-09-20"):
        conference = PartnerConference.objects.create(
            name="Hội nghị kết nối cung - cầu 2026", unit=home_province(clock.today()), organiser="Sở Công Thương",
            held_on=date(2026, 9, 20), place="Thành Sen",
        )  # fmt: skip
        talk = add(
            trade, TALKS, conference=conference.pk, producer=producer.pk, buyer_name="Siêu thị Thành Sen",
            product=product.pk, request=request.pk, agreed="on",
        )  # fmt: skip
        assert (talk.conference, talk.agreed) == (conference, True)
        assert producer.name in page(trade, conference.get_absolute_url())
        signed = add(
            trade, AGREEMENTS, kind="contract", number="18/HĐ", producer=producer.pk, buyer_name="Siêu thị Thành Sen",
            product=product.pk, request=request.pk, conference=conference.pk, signed_on="2026-09-20", value="75000000",
            starts_on="2026-11-15", ends_on="2027-01-31",
        )  # fmt: skip
        press(trade, REQUESTS, request, "sign")
        assert request.state == RequestState.SIGNED

    with on("2027-02-01"):
        edit = AGREEMENTS.url("edit", signed.pk)
        form = browser(trade).get(edit).context["form"]
        kept = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [])}
        answer = send(trade, edit, **{**kept, "delivered": "71000000", "delivered_on": "2027-01-31"})
        assert answer.status_code == 302, answer.context["form"].errors
        signed.refresh_from_db()
        assert (signed.value, signed.delivered, signed.history.count()) == (75_000_000, 71_000_000, 2)
        press(trade, REQUESTS, request, "complete")
        assert (request.state, request.closed_at is not None) == (RequestState.DONE, True)
        assert "71.000.000 đ" in page(owner, AGREEMENTS.url("detail", signed.pk))

        # what the plan counts: half of the producers with a star on modern channels
        assert modern_share(clock.today()).modern == 0
        before = modern_share(clock.today()).producers
        add(
            owner,
            CHANNELS,
            producer=producer.pk,
            kind="supermarket",
            name="Siêu thị Thành Sen",
            valid_from="2026-11-15",
            checked_on="2027-02-01",
        )
        share = modern_share(clock.today())
        assert (share.modern, share.producers, share.percent) == (1, before, round(100 / before, 1))


@pytest.mark.journey("IV.5.2:matching")
def test_a_request_that_nobody_can_meet_ends_with_the_reason(era: Era) -> None:
    with on("2026-08-03"):
        officer, _ = era.commune_people()
        criteria_set = CriteriaSet.objects.get(book__slug="26-2026", number=8)
        _, product = era.producer_with_product(criteria_set, officer)
        request = add(
            officer, REQUESTS, buyer_name="Khách sạn Thiên Cầm", unit=era.commune.title, wanted="Mứt", volume="10",
            product=product.pk, measure="kg", needed_from="2026-09-01", needed_to="2026-09-30",
        )  # fmt: skip
        assert offered(officer, REQUESTS, request) == ["give_up", "withdraw"]
        assert "Chưa có chào hàng nào cùng sản phẩm" in page(officer, REQUESTS.url("detail", request.pk))
        press(officer, REQUESTS, request, "give_up", reason="Chưa vào vụ")
        assert request.state == RequestState.UNMET
