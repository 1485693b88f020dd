"""A sale point from its registration to its closing, in the years of districts and today (clause IV.5.3)."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from ocop.files.tests.factories import picture, sent
from ocop.kit import clock
from ocop.promotion.enums import CriterionKind, PointState
from ocop.promotion.models import SaleMonth, SalePoint, StockCount
from ocop.promotion.queries.coverage import coverage_on
from ocop.promotion.queries.points import criteria_on
from ocop.promotion.registers.points import POINT_SUPPORT, SALE_MONTHS, SALE_POINTS
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
NAME = "Cửa hàng OCOP Phúc Trạch"


def a_set(book: str) -> CriteriaSet:
    return CriteriaSet.objects.get(book__slug=book, number=8)


def answers(*, failing: str = "") -> dict[str, str]:
    """Every criterion of today answered; the one whose key starts with `failing` is not met."""
    found = {}
    for one in criteria_on(clock.today()):
        met = "no" if failing and one.key.startswith(failing) else "yes"
        found[f"c{one.pk}"] = "60" if one.kind == CriterionKind.NUMBER else met
    return found


def point_data(era: Era, **more: object) -> dict:
    return {
        "name": NAME, "kind": "service_centre", "unit": str(era.commune.title), "address": "Thôn 1",
        "phone": "0912345678", "hours": "7:00 - 19:00", "lat": "18,18", "lng": "105,75", **more,
    }  # fmt: skip


def paper_of(user, row: SalePoint, key: str) -> str:
    """The words of a Word paper of a point."""
    answer = browser(user).get(SALE_POINTS.url("paper", row.pk, key))
    assert answer.status_code == 200
    document = Document(BytesIO(b"".join(answer.streaming_content)))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def public(row: SalePoint, language: str = "") -> str:
    answer = Client().get(f"{language}{reverse('promotion_public:point', args=[row.code])}")
    return answer.content.decode() if answer.status_code == 200 else ""


@pytest.mark.journey("IV.5.3")
def test_a_district_recognises_a_sale_point_and_the_commune_closes_it_after_the_merger(era: Era) -> None:
    with on("2024-06-10"):
        officer, _ = era.commune_people()
        producer, product = era.producer_with_product(a_set("148-2023"), officer)
        starred(product, since=date(2023, 6, 1), until=date(2026, 5, 31))
        district, owner = era.district_office(), era.user("chu")
        row = add(owner, SALE_POINTS, **point_data(era, producer=producer.pk))
        assert (row.state, row.due_on) == (PointState.REGISTERED, date(2024, 6, 25))
        assert told(district.desk, NAME)
        # the district's part: neither the commune nor the province checks
        assert (offered(officer, SALE_POINTS, row), "check" in offered(district.desk, SALE_POINTS, row)) == (
            [],
            True,
        )
        assert public(row) == ""

        answer = send(
            district.desk, SALE_POINTS.url("verb", row.pk, "check"), checked_on="2024-06-12", **answers()
        )
        assert "Ngày kiểm tra ở tương lai." in answer.content.decode()

    with on("2024-06-12"):
        photo = sent("quay.jpg", picture())
        press(
            district.desk, SALE_POINTS, row, "check", checked_on="2024-06-12", team="Phòng Kinh tế và Hạ tầng",
            conclusion="Bày bán hàng chưa có sao", remedy_by="2024-06-20", attached=photo,
            **answers(failing="hang-ban"),
        )  # fmt: skip
        visit = row.salecheck_rows.get()
        assert (row.state, visit.outcome, visit.failed, visit.files.count()) == (
            PointState.CHECKED,
            "failed",
            1,
            1,
        )
        # no recognition on a failed visit; the leader reads why
        assert offered(district.leader, SALE_POINTS, row) == ["refuse"]
        assert "còn 1 tiêu chí bắt buộc chưa đạt" in page(district.leader, SALE_POINTS.url("detail", row.pk))
        press(district.desk, SALE_POINTS, row, "return", reason="Bỏ hàng chưa có sao khỏi quầy")
        assert told(owner, NAME)
        press(owner, SALE_POINTS, row, "resubmit")

    with on("2024-06-24"):
        press(
            district.desk, SALE_POINTS, row, "check", checked_on="2024-06-24", conclusion="Đạt", **answers()
        )
        sheet = paper_of(district.desk, row, "phieu-kiem-tra")
        assert ("Kết quả chung: Đạt." in sheet, "950/QĐ-BCT" in sheet) == (True, True)
        press(district.leader, SALE_POINTS, row, "approve")
        assert offered(officer, SALE_POINTS, row) == []
        decision = paper_of(district.clerk, row, "quyet-dinh")
        assert "ỦY BAN NHÂN DÂN HUYỆN HƯƠNG KHÊ" in decision
        assert f"Công nhận “{NAME}”" in decision
        press(district.clerk, SALE_POINTS, row, "number", number="512/QĐ-UBND", decided_on="2024-06-24")
        assert (row.state, row.number, row.decided_on, row.due_on) == (
            PointState.OPEN, "512/QĐ-UBND", date(2024, 6, 24), None,
        )  # fmt: skip
        assert NAME in public(row)

        # the district's only point fills its place of the coverage
        home = home_province(clock.today())
        lines = {line.unit.pk: line for line in coverage_on(home, clock.today(), SalePoint.objects.all())}
        assert [len(lines[era.district.pk].points), lines[era.district.pk].lacking] == [1, 0]
        assert sum(line.lacking for line in lines.values()) == len(lines) - 1
        district_pk = era.district.pk

    with on("2024-08-05"):
        report = reverse("promotion:month_report", args=[row.pk])
        assert "Báo doanh số tháng 07/2024" in page(owner, reverse("workspace:home"))
        field = {f"p{product.pk}": "24"}
        wrong = send(owner, report, month="2024-07-01", revenue="10", ocop_revenue="20", **field)
        assert wrong.status_code == 422
        assert 'value="20"' in wrong.content.decode()
        sold = {"month": "2024-07-01", "revenue": "42000000", "ocop_revenue": "30000000", "customers": "310"}
        assert send(owner, report, **sold, **field).status_code == 302
        assert send(owner, report, **{**sold, "ocop_revenue": "31000000"}, **field).status_code == 302
        month = SaleMonth.objects.get(point=row)
        assert (month.month, month.ocop_revenue, month.history.count()) == (date(2024, 7, 1), 31_000_000, 2)
        assert [(one.product, one.quantity) for one in StockCount.objects.filter(point=row)] == [
            (product, 24)
        ]
        assert "Báo doanh số tháng 07/2024" not in page(owner, reverse("workspace:home"))
        support = add(
            district.desk, POINT_SUPPORT, point=row.pk, content="Hỗ trợ cửa hàng OCOP", amount="50000000",
            decision="77/QĐ-UBND", decided_on="2024-07-30", paid_on="2024-08-01",
        )  # fmt: skip
        assert (support.amount, support.paid_on) == (50_000_000, date(2024, 8, 1))
        assert "50.000.000" in page(owner, SALE_POINTS.url("detail", row.pk))
        assert product.name in public(row)

    with on("2026-11-24"):
        # the same place, kept by the commune into which the old one went
        officer, leader = era.commune_people("-moi")
        trade = trade_officer(era)
        board = page(officer, reverse("promotion:board"))
        assert NAME in board
        assert "tháng liền không báo doanh số" in board
        assert "Hạn kiểm tra hằng năm đã qua ngày 24/06/2025" in board
        assert "Chỉ còn 0 sản phẩm có sao còn hiệu lực trên quầy" in board
        assert "Điểm bán có dấu hiệu ngừng hoạt động" in page(officer, reverse("workspace:home"))
        home = home_province(clock.today())
        lines = {line.unit.pk: line for line in coverage_on(home, clock.today(), SalePoint.objects.all())}
        assert [point.name for point in lines[district_pk].points] == [NAME]
        assert "Huyện Hương Khê" in page(trade, reverse("promotion:coverage"))

        press(trade, SALE_POINTS, row, "inspect", checked_on="2026-11-24", conclusion="Ít hàng", **answers())
        assert (row.state, row.last_check_on, row.last_outcome) == (
            PointState.OPEN,
            date(2026, 11, 24),
            "passed",
        )
        assert row.salecheck_rows.first().kind == "yearly"
        assert offered(leader, SALE_POINTS, row) == ["revoke"]
        assert send(officer, SALE_POINTS.url("press", row.pk), verb="close", reason="").status_code == 302
        row.refresh_from_db()
        assert row.state == PointState.OPEN
        press(officer, SALE_POINTS, row, "close", reason="Chủ cửa hàng trả mặt bằng")
        assert (row.state, clock.local_day(row.closed_at)) == (PointState.CLOSED, date(2026, 11, 24))
        assert "Chủ cửa hàng trả mặt bằng" in page(owner, SALE_POINTS.url("detail", row.pk))
        assert (public(row), NAME in Client().get("/ban-do/?lop=diem-ban").content.decode()) == ("", False)
        late = send(
            officer,
            reverse("promotion:month_report", args=[row.pk]),
            month="2026-10-01",
            revenue="1",
            ocop_revenue="0",
        )
        assert "không hoạt động" in late.content.decode()


@pytest.mark.journey("IV.5.3")
def test_today_the_commune_does_it_all_and_everybody_finds_the_place(era: Era) -> None:
    with on("2026-11-24"):
        officer, leader = era.commune_people()
        other = era.user("nguoi-la")
        row = add(officer, SALE_POINTS, **point_data(era, operator="Hộ kinh doanh Hoa Sen"))
        assert Client().get(reverse("promotion_public:point", args=[row.code])).status_code == 404
        assert browser(other).get(SALE_POINTS.url("detail", row.pk)).status_code == 404
        press(officer, SALE_POINTS, row, "check", checked_on="2026-11-24", **answers())
        press(leader, SALE_POINTS, row, "approve")
        assert "ỦY BAN NHÂN DÂN XÃ PHÚC TRẠCH" in paper_of(officer, row, "quyet-dinh")
        press(officer, SALE_POINTS, row, "number", number="9/QĐ-UBND", decided_on="2026-11-24")
        vi, en = public(row), public(row, "/en")
        assert ("Giờ mở cửa" in vi, "Opening hours" in en, NAME in vi, NAME in en) == (True,) * 4
        layer, english = (
            Client().get(f"{lead}/ban-do/?lop=diem-ban").content.decode() for lead in ("", "/en")
        )
        assert ("Điểm bán OCOP" in layer, NAME in layer, "OCOP sale points" in english, NAME in english) == (
            True,
        ) * 4

    with on("2027-02-03"):
        month = add(
            officer, SALE_MONTHS, point=row.pk, month="2027-01-01", revenue="9000000", ocop_revenue="8000000"
        )
        assert (month.month, month.by) == (date(2027, 1, 1), officer)
        twice = send(
            officer,
            SALE_MONTHS.url("create"),
            point=row.pk,
            month="2027-01-15",
            revenue="1",
            ocop_revenue="1",
        )
        assert "Tháng này đã có doanh số" in twice.content.decode()
        missing = [date(2026, 12, 1), date(2026, 11, 1)]
        assert all(f"{day:%m/%Y}" in page(officer, SALE_POINTS.url("detail", row.pk)) for day in missing)
