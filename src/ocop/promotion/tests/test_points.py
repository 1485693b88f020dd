"""Sale points: who may do what, what a visit leaves behind, months, signs on the board, coverage."""

import io
from datetime import date
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection, connections
from django.urls import reverse
from docx import Document

from ocop.files.models import StoredFile
from ocop.files.tests.factories import picture, sent
from ocop.kit import clock
from ocop.kit.cases import press
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.testing import content_of, counted, sheet_rows
from ocop.producers.tests.factories import ProducerFactory
from ocop.producers.tests.offices import Offices, make_offices
from ocop.promotion import actions, todos
from ocop.promotion.actions.points import Found
from ocop.promotion.actions.sales import Counted
from ocop.promotion.enums import CheckOutcome, PointState, Sign
from ocop.promotion.models import SaleCheck, SaleMonth, SalePoint, StockCount
from ocop.promotion.papers.point import decision_context, write_decision
from ocop.promotion.queries.coverage import coverage_on
from ocop.promotion.queries.points import board, limits_on, months_missing
from ocop.promotion.registers.points import SALE_POINTS
from ocop.promotion.tests.factories import answered, make_criteria, on, opened, registered, starred
from ocop.rulebook.models import DatedSetting

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def offices() -> Offices:
    with on(TODAY):
        found = make_offices()
        make_criteria()
        yield found


def code_of(raised: pytest.ExceptionInfo) -> str:
    return raised.value.code


def test_a_visit_is_refused_whole(offices: Offices) -> None:
    point, officer = registered(offices), offices["commune_officer"]
    known = {"by": officer, "found": answered()}
    with pytest.raises(Refused) as future:
        actions.record_check(point, checked_on=date(2026, 11, 25), **known)
    with pytest.raises(Refused) as unknown:
        actions.record_check(point, checked_on=TODAY, by=officer, found=[Found(10**6, True)])
    with pytest.raises(Forbidden) as foreign:
        actions.record_check(point, checked_on=TODAY, found=answered(), by=offices["department_officer"])
    assert [code_of(one) for one in (future, unknown, foreign)] == [
        "check.future",
        "check.criterion",
        "flow.role",
    ]
    point.refresh_from_db()
    assert (point.state, point.last_check_on, SaleCheck.objects.count()) == (PointState.REGISTERED, None, 0)


def test_a_refused_photograph_leaves_no_visit(offices: Offices) -> None:
    point = registered(offices)
    with pytest.raises(Refused):
        actions.record_check(
            point, by=offices["commune_officer"], checked_on=TODAY, found=answered(),
            photographs=[sent("quay.jpg", b"no photograph")],
        )  # fmt: skip
    point.refresh_from_db()
    assert (point.state, SaleCheck.objects.count()) == (PointState.REGISTERED, 0)


def test_answers_stand_with_the_visit_and_decide_it(offices: Offices) -> None:
    point = registered(offices)
    visit = actions.record_check(
        point, by=offices["commune_officer"], checked_on=TODAY, found=answered(failing="dien-tich"),
        photographs=[sent("quay.jpg", picture())], conclusion=" Cửa hàng chật ",
    )  # fmt: skip
    assert (visit.outcome, visit.failed, visit.kind, visit.conclusion, visit.files.count()) == (
        CheckOutcome.FAILED, 1, "first", "Cửa hàng chật", 1,
    )  # fmt: skip
    answers = {one.criterion.key: (one.met, one.value) for one in visit.answers.select_related("criterion")}
    assert answers == {
        "hang-ban": (True, None), "dien-tich": (False, Decimal(10)), "bien-hieu": (True, None),
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        press(actions.POINT_DESK, point, "approve", by=offices["commune_leader"])
    assert code_of(refused) == "point.failed"
    # what was measured again counts from then on
    actions.record_check(point, by=offices["commune_officer"], checked_on=TODAY, found=answered())
    press(actions.POINT_DESK, point, "approve", by=offices["commune_leader"])
    assert point.state == PointState.APPROVED


def test_an_unanswered_sheet_is_not_taken_so_that_no_leader_waits_for_it(offices: Offices) -> None:
    point = registered(offices)
    with pytest.raises(Refused) as refused:
        actions.record_check(point, by=offices["commune_officer"], checked_on=TODAY, found=answered()[:1])
    point.refresh_from_db()
    assert (code_of(refused), point.state, SaleCheck.objects.count()) == (
        "check.unanswered",
        PointState.REGISTERED,
        0,
    )


def test_after_a_visit_that_failed_the_officer_is_waited_for_after_one_that_passed_the_leader(
    offices: Offices,
) -> None:
    def waits(role: str) -> list[str]:
        return [todo.action for todo in SALE_POINTS.todos(offices[role], TODAY)]

    point = registered(offices)
    actions.record_check(
        point, by=offices["commune_officer"], checked_on=TODAY, found=answered(failing="dien-tich")
    )
    assert (waits("commune_officer"), waits("commune_leader")) == (["Kiểm tra lại"], [])
    actions.record_check(point, by=offices["commune_officer"], checked_on=TODAY, found=answered())
    assert (waits("commune_officer"), waits("commune_leader")) == ([], ["Duyệt công nhận"])


def test_the_decision_prints_its_number_its_day_and_its_issuer_once(offices: Offices) -> None:
    point = registered(offices)
    actions.record_check(point, by=offices["commune_officer"], checked_on=TODAY, found=answered())
    press(actions.POINT_DESK, point, "approve", by=offices["commune_leader"])
    actions.number_point(point, by=offices["commune_officer"], number="12/QĐ-UBND", decided_on=TODAY)
    texts = [
        node.text for node in Document(io.BytesIO(write_decision(point))).element.body.iter() if node.text
    ]
    words = " ".join(texts)
    assert ("Số: 12/QĐ-UBND" in words, "QĐ-UBND/QĐ-UBND" in words) == (True, False)
    assert f"ngày {TODAY:%d} tháng {TODAY:%m} năm {TODAY:%Y}" in words
    assert f"CHỦ TỊCH {decision_context(point)['issuer']}" in words


def test_files_of_a_refused_visit_need_not_be_chosen_again(offices: Offices, client) -> None:
    point = registered(offices)
    client.force_login(offices["commune_officer"])
    url = SALE_POINTS.url("verb", point.pk, "check")
    refused = client.post(url, {"checked_on": "", "attached": [sent("qu<b>ay.jpg", picture())]})
    file = StoredFile.objects.get()
    assert (
        refused.status_code,
        f'name="attached_da_nhan" value="{file.key}"' in refused.content.decode(),
    ) == (422, True)
    assert {name for name in refused.context["form"].errors if name[1:].isdigit()} == {
        f"c{one.criterion_id}" for one in answered()
    }
    assert "Đã nhận: qu" in refused.content.decode()
    assert "qu<b>ay" not in refused.content.decode()
    answers = {}
    for one in answered():
        answers[f"c{one.criterion_id}"] = (
            ("yes" if one.met else "no") if one.value is None else f"{one.value}"
        )
    other = StoredFile.objects.create(
        sha256="0" * 64, size=1, content_type="image/jpeg", name="khac.jpg", kind=file.kind,
        uploaded_by=offices.neighbour, at=file.at,
    )  # fmt: skip
    held = [str(file.key), str(other.key), "không phải khóa"]
    client.post(url, {"checked_on": TODAY.isoformat(), "attached_da_nhan": held, **answers})
    assert list(SaleCheck.objects.get().files.all()) == [file]  # nobody attaches what somebody else sent


def test_a_number_needs_its_number(offices: Offices) -> None:
    point = registered(offices)
    actions.record_check(point, by=offices["commune_officer"], checked_on=TODAY, found=answered())
    press(actions.POINT_DESK, point, "approve", by=offices["commune_leader"])
    with pytest.raises(Refused) as refused:
        actions.number_point(point, by=offices["commune_officer"], number=" ", decided_on=TODAY)
    point.refresh_from_db()
    assert (code_of(refused), point.state, point.number) == ("point.number", PointState.APPROVED, "")


def test_a_month_is_one_row_whoever_reports_it(offices: Offices) -> None:
    point, product = opened(offices), starred(offices.producer)
    with on(date(2026, 12, 5)):
        month = date(2026, 11, 30)
        known = {"month": month, "revenue": 40, "ocop_revenue": 30}
        first = actions.report_month(
            point, by=offices.owner, stock=[Counted(product.pk, Decimal(5))], **known
        )
        again = actions.report_month(point, by=offices["commune_officer"], **{**known, "ocop_revenue": 35})
        assert (first.pk, again.month, SaleMonth.objects.get().ocop_revenue) == (
            again.pk,
            date(2026, 11, 1),
            35,
        )
        assert [one.ocop_revenue for one in again.history.order_by("pk")] == [30, 35]
        actions.report_month(point, by=offices.owner, stock=[Counted(product.pk, Decimal(7))], **known)
        assert [(one.quantity, one.counted_on) for one in StockCount.objects.all()] == [
            (Decimal(7), date(2026, 12, 5))
        ]


@pytest.mark.parametrize(
    ("values", "person", "code"),
    [
        ({"month": date(2027, 1, 1)}, "owner", "sales.future"),
        ({"ocop_revenue": 41}, "owner", "sales.part"),
        ({}, "stranger", "promotion.sales"),
        ({}, "neighbour", "promotion.sales"),
    ],
)
def test_a_month_is_refused(offices: Offices, values, person, code) -> None:
    point = opened(offices)
    known = {"month": date(2026, 11, 1), "revenue": 40, "ocop_revenue": 30}
    with pytest.raises(Refused) as refused:
        actions.report_month(point, by=getattr(offices, person), **{**known, **values})
    assert (code_of(refused), SaleMonth.objects.count()) == (code, 0)


def test_a_closed_point_sells_nothing(offices: Offices) -> None:
    point = opened(offices)
    actions.close_point(point, by=offices.owner, reason="Nghỉ bán")
    with pytest.raises(Refused) as refused:
        actions.report_month(point, month=TODAY, revenue=1, ocop_revenue=1, by=offices.owner)
    assert code_of(refused) == "sales.closed"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_two_reports_of_a_month_at_once_are_one(offices: Offices) -> None:
    point = opened(offices)

    def send(sales: int) -> None:
        actions.report_month(point, month=TODAY, revenue=100, ocop_revenue=sales, by=offices.owner)
        connections.close_all()

    threads = [Thread(target=send, args=(sales,)) for sales in (10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert SaleMonth.objects.count() == 1


def sold(point: SalePoint, *months: tuple[date, int]) -> None:
    for month, sales in months:
        SaleMonth.objects.create(point=point, month=month, revenue=sales, ocop_revenue=sales)


def test_months_that_are_missing_go_back_to_the_opening(offices: Offices) -> None:
    with on(date(2026, 8, 10)):
        point = opened(offices)
    sold(point, (date(2026, 9, 1), 5))
    assert months_missing(point, TODAY) == [date(2026, 10, 1), date(2026, 8, 1)]


def test_the_board_shows_what_dies_first_for_the_same_queries(offices: Offices, client) -> None:
    with on(date(2025, 8, 10)):
        dying = opened(offices, name="Điểm sắp đóng")
    living = opened(offices, name="Điểm mới mở", producer=None)
    product = starred(offices.producer)
    StockCount.objects.create(point=living, product=product, counted_on=TODAY, quantity=3)
    StockCount.objects.create(
        point=living,
        product=starred(offices.producer, "Hết sao", until=date(2026, 1, 1)),
        counted_on=TODAY,
        quantity=3,
    )
    lines = board(SalePoint.objects.all(), TODAY, limits_on("", TODAY))
    assert [(line.point, line.starred, line.products) for line in lines] == [(dying, None, 0), (living, 1, 2)]
    assert [[one.sign for one in line.signs] for line in lines] == [
        [Sign.SILENT, Sign.CHECK_OVERDUE], [Sign.FEW_PRODUCTS],
    ]  # fmt: skip
    client.force_login(offices["commune_officer"])
    page = client.get(reverse("promotion:board"))
    assert [line.point for line in page.context["lines"]] == [dying, living]
    few_products = client.get(f"{reverse('promotion:board')}?dau=few_products")
    assert [line.point for line in few_products.context["lines"]] == [living]
    with counted() as few:
        client.get(reverse("promotion:board"))
    for number in range(5):
        opened(offices, name=f"Điểm {number}", producer=None)
    with counted() as many:
        client.get(reverse("promotion:board"))
    assert len(many) == len(few)
    # the officer next door has a board of her own, a producer none
    client.force_login(offices.neighbour)
    assert client.get(reverse("promotion:board")).context["lines"] == []
    client.force_login(offices.owner)
    assert client.get(reverse("promotion:board")).status_code == 404


def test_thresholds_are_those_of_the_day(offices: Offices) -> None:
    assert limits_on("", TODAY).silent_months == 2
    DatedSetting.objects.create(
        key="sale_point_silent_months", province="", valid_from=date(2026, 11, 1), value=5, confirmed=True
    )
    assert (limits_on("", TODAY).silent_months, limits_on("", date(2026, 10, 31)).silent_months) == (5, 2)


def test_whoever_runs_a_point_is_asked_for_last_month(offices: Offices) -> None:
    with on(date(2026, 9, 10)):
        point = opened(offices)
    (todo,) = todos.month_todos(offices.owner, TODAY)
    assert (todo.title, todo.kind, todo.due) == (
        "Báo doanh số tháng 10/2026: Cửa hàng Thử", "late", date(2026, 11, 10),
    )  # fmt: skip
    sold(point, (date(2026, 10, 1), 1))
    assert list(todos.month_todos(offices.owner, TODAY)) == []
    assert list(todos.month_todos(offices.stranger, TODAY)) == []


def test_officers_are_told_of_grave_signs_only(offices: Offices) -> None:
    with on(date(2026, 1, 10)):
        opened(offices, name="Im lặng", producer=None)
    opened(offices, name="Vừa mở", producer=None)
    (todo,) = todos.sign_todos(offices["commune_officer"], TODAY)
    assert (todo.title, todo.subject) == (
        "Điểm bán có dấu hiệu ngừng hoạt động: Im lặng", "10 tháng liền không báo doanh số",
    )  # fmt: skip
    assert list(todos.sign_todos(offices.neighbour, TODAY)) == []


def test_coverage_counts_by_district_while_there_are_and_by_commune_where_set() -> None:
    with on(date(2024, 6, 10)):
        offices = make_offices(with_district=True)
        make_criteria()
        point = registered(offices, producer=None)
        SalePoint.objects.update(state=PointState.OPEN)
        rows = SalePoint.objects.all()
        lines = coverage_on(offices.province, clock.today(), rows)
        assert [(line.unit, line.points, line.lacking) for line in lines] == [(offices.district, (point,), 0)]
        DatedSetting.objects.create(
            key="sale_point_area", province="", valid_from=date(2024, 1, 1), value="commune", confirmed=False
        )
        lines = coverage_on(offices.province, clock.today(), rows)
        assert [(line.unit, line.lacking) for line in lines] == [(offices.beside, 1), (offices.commune, 0)]


def test_the_page_of_coverage_and_its_workbook(offices: Offices, client) -> None:
    DatedSetting.objects.create(
        key="sale_point_area",
        province="",
        valid_from=date(2024, 1, 1),
        value="commune",
        confirmed=False,
        source="Thử",
    )
    opened(offices)
    client.force_login(offices["reader"])
    page = client.get(reverse("promotion:coverage"))
    assert (page.context["lacking"], page.context["confirmed"]) == (1, False)
    cells = sheet_rows(content_of(client.get(reverse("promotion:coverage_file"))))
    assert [line[1:5] for line in cells if line[0] in (1.0, 2.0)] == [
        [offices.beside.title, 0.0, 1.0, 1.0], [offices.commune.title, 1.0, 1.0, 0.0],
    ]  # fmt: skip
    client.force_login(offices.stranger)
    assert client.get(reverse("promotion:coverage")).status_code == 404


def test_the_month_page_keeps_what_was_typed_and_offers_what_was_counted(offices: Offices, client) -> None:
    with on(date(2026, 9, 10)):
        point = opened(offices)
    product = starred(offices.producer)
    address = reverse("promotion:month_report", args=[point.pk])
    client.force_login(offices.owner)
    form = client.get(address).context["form"]
    assert (form.initial["month"], [field.name for field in form.stock_fields]) == (
        "2026-09-01", [f"p{product.pk}"],
    )  # fmt: skip
    wrong = client.post(
        address, {"month": "2026-09-01", "revenue": "abc", "ocop_revenue": "5", f"p{product.pk}": "-1"}
    )
    assert (wrong.status_code, 'value="abc"' in wrong.content.decode()) == (422, True)
    sent_once = {
        "month": "2026-09-01",
        "revenue": "9",
        "ocop_revenue": "5",
        "once": "k",
        f"p{product.pk}": "0",
    }
    assert [client.post(address, sent_once).status_code for _ in range(2)] == [302, 302]
    assert (SaleMonth.objects.get().history.count(), StockCount.objects.get().quantity) == (1, 0)
    assert client.get(f"{address}?thang=2026-09-01").context["form"].initial["revenue"] == 9
    client.force_login(offices.neighbour)
    assert client.get(address).status_code == 404
    client.force_login(offices["reader"])
    assert client.get(address).status_code == 403


def test_a_producer_registers_its_own_point_only(offices: Offices, client, settings) -> None:
    settings.OCOP_PROVINCE = offices.province.code
    client.force_login(offices.owner)
    known = {"name": "Điểm bán", "kind": "post", "unit": offices.commune.title, "lat": "", "lng": ""}
    none = client.post(SALE_POINTS.url("create"), known)
    foreign = ProducerFactory(unit=offices.commune)
    other = client.post(SALE_POINTS.url("create"), {**known, "producer": foreign.pk})
    half = client.post(SALE_POINTS.url("create"), {**known, "producer": offices.producer.pk, "lat": "18.2"})
    assert [one.status_code for one in (none, other, half)] == [422, 422, 422]
    assert "Tọa độ phải có đủ" in half.content.decode()
    assert (
        client.post(SALE_POINTS.url("create"), {**known, "producer": offices.producer.pk}).status_code == 302
    )
    assert SalePoint.objects.get().producer == offices.producer


def test_months_and_shelves_are_offered_by_an_open_point_alone(offices: Offices, client) -> None:
    client.force_login(offices["commune_officer"])
    waiting, running = registered(offices), opened(offices, name="Đang bán")

    def offered(point: SalePoint) -> list[str]:
        blocks = client.get(point.get_absolute_url()).context["blocks"]
        return [one["register"].key for one in blocks if one["create_url"]]

    assert (offered(waiting), offered(running)) == (
        ["sale_support"],
        ["sale_months", "sale_stock", "sale_support"],
    )
