"""A fair from the call to its results, and a festival stand of the district era (clause IV.5.1)."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from ocop.files.tests.factories import picture, sent
from ocop.kit.testing import content_of, sheet_rows
from ocop.producers.tests.factories import AccessFactory, ProducerFactory
from ocop.products.tests.factories import ProductFactory
from ocop.promotion.enums import EntryState, FairState
from ocop.promotion.models import Fair, FairEntry
from ocop.promotion.registers.fairs import FAIR_ENTRIES, FAIRS
from ocop.rulebook.models import CriteriaSet
from ocop.units.queries import home_province
from tests.journeys.eras import Era, on
from tests.journeys.promotion_pages import (
    add,
    another_product,
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
NAME = "Phiên chợ OCOP khai trương mùa du lịch biển Thiên Cầm 2027"


def call(**more: object) -> dict:
    return {
        "name": NAME, "kind": "market", "priority": "beach", "reach": "province", "unit": "Tỉnh Hà Tĩnh",
        "organiser": "Sở Công Thương", "place": "Bãi biển Thiên Cầm", "deadline": "2027-04-10",
        "starts_on": "2027-04-28", "ends_on": "2027-05-02", "stands": "2", "star_rule": "valid_star",
        "conditions": "Hỗ trợ tiền thuê gian hàng.", "budget": "120000000", **more,
    }  # fmt: skip


def workbook_of(user, row: Fair) -> list[list]:
    return sheet_rows(content_of(browser(user).get(FAIRS.url("paper", row.pk, "danh-sach-gian-hang-excel"))))


@pytest.mark.journey("IV.5.1")
def test_a_market_of_the_beach_season_from_the_call_to_its_results(era: Era) -> None:
    with on("2027-03-10"):
        officer, _ = era.commune_people()
        trade = trade_officer(era)
        criteria_set = CriteriaSet.objects.get(book__slug="26-2026", number=8)
        producer, product = era.producer_with_product(criteria_set, officer)
        owner = era.user("chu")
        starred(product, since=date(2026, 1, 1), until=date(2028, 12, 31))
        ending = starred(
            another_product(era, "Mật ong sắp hết hạn", "26-2026"),
            since=date(2024, 4, 20),
            until=date(2027, 4, 19),
        )
        plain = another_product(era, "Bánh chưa có sao", "26-2026")
        # two more cooperatives, so that a stand is short
        neighbours = [ProducerFactory(name=f"HTX Bạn {number}", unit=era.commune) for number in range(2)]
        theirs = [
            starred(
                ProductFactory(name=f"Trà {one.name}", producer=one),
                since=date(2026, 1, 1),
                until=date(2028, 1, 1),
            )
            for one in neighbours
        ]

        fair = add(trade, FAIRS, **call())
        assert (fair.state, fair.unit) == (FairState.DRAFT, home_province(date(2027, 3, 10)))
        assert browser(owner).get(FAIRS.url("detail", fair.pk)).status_code == 404
        press(trade, FAIRS, fair, "publish")
        assert (fair.state, fair.due_on) == (FairState.CALLING, date(2027, 4, 10))
        assert f"Đăng ký tham gia: {NAME}" in page(owner, reverse("workspace:home"))
        assert "Gắn với khai trương mùa du lịch biển" in page(owner, FAIRS.url("detail", fair.pk))

        form = reverse("promotion:fair_register", args=[fair.pk])
        shown = page(owner, form)
        assert "Sao hết hạn ngày 19/04/2027, trước ngày khai mạc 28/04/2027" in shown
        assert "Đợt này chỉ nhận sản phẩm còn sao vào ngày khai mạc." in shown
        refused = send(owner, form, products=[product.pk, plain.pk], needs="Tủ mát")
        assert (refused.status_code, "Sản phẩm này không được nhận." in refused.content.decode()) == (
            422,
            True,
        )
        assert 'value="Tủ mát"' in refused.content.decode()
        assert send(owner, form, products=[product.pk, ending.pk], needs="Tủ mát").status_code == 302
        entry = FairEntry.objects.get(producer=producer)
        assert (entry.state, set(entry.products.all())) == (EntryState.REGISTERED, {product, ending})
        assert f"Đăng ký tham gia: {NAME}" not in page(owner, reverse("workspace:home"))
        # sent again it changes the one registration
        assert (
            send(owner, form, products=[product.pk, ending.pk], needs="Tủ mát, 2 ổ điện").status_code == 302
        )
        assert [one.needs for one in FairEntry.objects.filter(producer=producer)] == ["Tủ mát, 2 ổ điện"]
        # the commune registers for those without a telephone
        for one, tea in zip(neighbours, theirs, strict=True):
            assert send(officer, form, producer=one.pk, products=[tea.pk], needs="").status_code == 302

    with on("2027-03-20"):
        press(
            trade, FAIRS, fair, "extend", deadline="2027-04-15", reason="Thêm thời gian cho các xã miền núi"
        )
        assert (fair.deadline, fair.due_on) == (date(2027, 4, 15), date(2027, 4, 15))
        early = send(trade, FAIRS.url("press", fair.pk), verb="close_calls")
        assert (early.status_code, "close_calls" in offered(trade, FAIRS, fair)) == (302, False)

    with on("2027-04-16"):
        press(trade, FAIRS, fair, "close_calls")
        first, second = FairEntry.objects.exclude(producer=producer).order_by("pk")
        press(trade, FAIR_ENTRIES, entry, "select", stand="A1")
        press(trade, FAIR_ENTRIES, first, "select", stand="A2")
        full = page(trade, FAIR_ENTRIES.url("verb", second.pk, "select"))
        assert ("Đã hết gian hàng." in full, offered(trade, FAIR_ENTRIES, second)) == (True, ["refuse"])
        press(trade, FAIR_ENTRIES, second, "refuse", reason="Hết gian, ưu tiên đợt sau")
        # a star that runs out before the opening keeps the list open
        assert "settle" not in offered(trade, FAIRS, fair)
        assert "1 sản phẩm được chọn không còn sao" in page(trade, FAIRS.url("detail", fair.pk))
        assert send(owner, FAIRS.url("press", fair.pk), verb="settle").status_code == 403
        entry.products.remove(ending)
        press(trade, FAIRS, fair, "settle")
        words = Document(
            BytesIO(content_of(browser(owner).get(FAIRS.url("paper", fair.pk, "danh-sach-gian-hang"))))
        )
        cells = [cell.text for line in words.tables[1].rows for cell in line.cells]
        assert cells[6:12] == [
            "1",
            "A1",
            producer.public_name,
            "Xã Phúc Trạch",
            product.name,
            "Tủ mát, 2 ổ điện",
        ]
        assert told(owner, f"Được chọn: {entry}")
        assert [line[:3] for line in workbook_of(trade, fair) if line[0] in (1.0, 2.0)] == [
            [1.0, "A1", producer.public_name], [2.0, "A2", first.producer.public_name],
        ]  # fmt: skip

    with on("2027-05-03"):
        assert "Ghi kết quả" in page(owner, reverse("workspace:home"))
        wrong = send(
            owner,
            FAIR_ENTRIES.url("verb", entry.pk, "report"),
            sales="35000000",
            contract_value="9",
            contracts="",
        )
        assert "phải ghi số hợp đồng" in wrong.content.decode()
        press(
            owner, FAIR_ENTRIES, entry, "report", sales="35000000", contracts="2", contract_value="180000000",
            visitors="900", attached=sent("gian.jpg", picture()),
        )  # fmt: skip
        assert (entry.state, entry.sales, entry.files.count()) == (EntryState.REPORTED, 35_000_000, 1)
        assert "report" not in offered(trade, FAIRS, fair)
        press(trade, FAIR_ENTRIES, first, "absent", reason="Báo bận mùa vụ")
        press(
            trade,
            FAIRS,
            fair,
            "report",
            cost="98000000",
            visitors="12000",
            attached=sent("hoi.jpg", picture(colour="blue")),
        )
        assert (fair.state, fair.cost, fair.visitors, fair.files.count()) == (
            FairState.REPORTED,
            98_000_000,
            12_000,
            1,
        )
        shown = page(trade, FAIRS.url("detail", fair.pk))
        assert ("35.000.000 đ" in shown, "180.000.000 đ" in shown) == (True, True)
        # a producer sees its own figures, never another's
        stranger = AccessFactory(producer=neighbours[0]).user
        assert browser(stranger).get(FAIR_ENTRIES.url("detail", entry.pk)).status_code == 404
        assert "35.000.000" not in page(stranger, FAIRS.url("detail", fair.pk))


@pytest.mark.journey("IV.5.1")
def test_a_district_calls_for_its_festival_and_calls_it_off(era: Era) -> None:
    with on("2024-02-01"):
        officer, _ = era.commune_people()
        criteria_set = CriteriaSet.objects.get(book__slug="148-2023", number=8)
        _, product = era.producer_with_product(criteria_set, officer)
        starred(product, since=date(2023, 6, 1), until=date(2026, 5, 31))
        district, owner = era.district_office(), era.user("chu")
        fair = add(
            district.desk, FAIRS,
            **call(
                name="Gian hàng lễ hội Phúc Trạch", kind="festival_stand", priority="festival", reach="commune",
                unit=era.district.title, deadline="2024-02-20", starts_on="2024-02-25", ends_on="2024-02-26",
            ),
        )  # fmt: skip
        press(district.desk, FAIRS, fair, "publish")
        form = reverse("promotion:fair_register", args=[fair.pk])
        assert send(owner, form, products=[product.pk], needs="").status_code == 302
        entry = fair.entries.get()
        press(district.desk, FAIRS, fair, "cancel", reason="Mưa lớn, hoãn lễ hội")
        entry.refresh_from_db()
        assert (fair.state, entry.state) == (FairState.CANCELLED, EntryState.WITHDRAWN)
        assert told(owner, f"Đã rút: {entry}")
        assert "Sự kiện bị hủy: Mưa lớn, hoãn lễ hội" in page(owner, FAIR_ENTRIES.url("detail", entry.pk))
