"""The board of the cycle: where things stand, what blocks them, in a constant number of queries. Plan IV.3.2."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ocop.cycle import actions
from ocop.cycle.models import CycleCalendar, SeasonalException
from ocop.cycle.queries.board import Wanted, board, cards_of, found
from ocop.cycle.tests.world import a_plan, an_idea, approved, make, registered, selected
from ocop.kit import clock
from ocop.products.tests.factories import PaperFactory, ProductFactory
from ocop.recognition.models import Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(time_machine):
    time_machine.move_to("2026-06-15 09:00+07:00")
    return make()


def stands(user, **wanted):
    """{name: (step, where)} of everything on the board."""
    today = clock.today()
    cards = cards_of(found(user, Wanted(**wanted), today), today)
    return {card.name: (card.step, card.where) for card in cards}


def star(product, valid_to):
    return Certificate.objects.create(
        product=product, stars=3, issued_on=date(2024, 1, 1), issued_year=2024, valid_to=valid_to, unit=product.unit,
        published_at=clock.now(), product_name=product.name, producer_name="HTX",
    )  # fmt: skip


def test_ideas_and_products_stand_in_their_step(world):
    an_idea(world, name="A nháp")
    registered(world, name="B đăng ký")
    chosen = selected(world)
    chosen.name = "C được chọn"
    chosen.save()
    ProductFactory(name="Chưa vào", producer=world.producer)
    star(ProductFactory(name="Có sao", producer=world.producer), date(2027, 1, 1))
    star(ProductFactory(name="Hết sao", producer=world.producer), date(2026, 1, 1))
    assert stands(world["commune_officer"]) == {
        "A nháp": (2, "Đang đăng ký ý tưởng"),
        "B đăng ký": (2, "Chờ xét chọn"),
        "C được chọn": (3, "Được chọn, chờ lập phương án"),
        "Chưa vào": (1, "Chưa vào chu trình"),
        "Có sao": (6, "3 sao, còn hiệu lực 01/01/2027"),
        "Hết sao": (5, "3 sao, hết hạn 01/01/2026"),
    }
    plan = a_plan(world, chosen)
    assert stands(world.owner)["C được chọn"] == (3, "Phương án: đang soạn")
    actions.submit_plan(plan, by=world.owner)
    actions.appraise_plan(plan, by=world["commune_officer"], appraisal="approve", text="Được.")
    actions.approve_plan(plan, by=world["commune_leader"], number="3/QĐ")
    assert stands(world.owner)["C được chọn"] == (4, "Phương án: được chấp thuận, đang triển khai")
    actions.open_product_of(plan, by=world.owner, name="C sản phẩm")
    on_board = stands(world.owner)
    assert on_board["C sản phẩm"] == (4, "Phương án: được chấp thuận, đang triển khai")
    assert "C được chọn" not in on_board


def test_a_refused_idea_leaves_the_board_and_a_stranger_sees_nothing(world):
    idea = registered(world)
    assert stands(world.stranger) == {}
    assert stands(world.neighbour) == {}
    actions.withdraw_idea(idea, by=world.owner, reason="Thôi")
    assert stands(world.owner) == {}


def test_blockers_are_said_and_come_first(world):
    plain = ProductFactory(name="An", producer=world.producer)
    held = ProductFactory(name="Bình", producer=world.producer)
    PaperFactory(producer=world.producer, product=held, kind="tests", expires_on=date(2026, 5, 1))
    renewed = ProductFactory(name="Chi", producer=world.producer)
    PaperFactory(producer=world.producer, product=renewed, kind="tests", expires_on=date(2026, 5, 1))
    PaperFactory(producer=world.producer, product=renewed, kind="tests", expires_on=date(2027, 5, 1))
    today = clock.today()
    cards = cards_of(found(world.owner, Wanted(), today), today)
    said = "Hết hạn 01/05/2026: Phiếu kết quả kiểm nghiệm"
    assert [(card.name, card.blocker_text) for card in cards] == [
        (held.name, said), (plain.name, ""), (renewed.name, ""),
    ]  # fmt: skip
    assert list(stands(world.owner, is_held_up=True)) == ["Bình"]
    first = board(world.owner, Wanted(), today, shown=2)[0]
    assert (first.count, first.held_up, first.more) == (3, 1, 1)


def test_a_late_answer_and_a_late_report_block(world, time_machine):
    CycleCalendar(
        unit=world.province, year=2026, ideas_from=date(2026, 5, 1), ideas_to=date(2026, 6, 20)
    ).save()
    registered(world, name="Chờ lâu")
    approved(world)
    time_machine.move_to("2026-07-13 09:00+07:00")
    today = clock.today()
    said = {card.name: card.blocker_text for card in cards_of(found(world.owner, Wanted(), today), today)}
    assert said == {
        "Chờ lâu": "Chưa xét chọn, trễ 23 ngày",
        "Mứt vỏ bưởi": "Chưa báo cáo tiến độ quý, trễ 3 ngày",
    }


def test_calendar_and_season_say_what_is_behind(world):
    days = {"guidance_from": date(2026, 1, 1), "guidance_to": date(2026, 5, 31)}
    CycleCalendar(unit=world.province, year=2026, **days).save()
    late, seasonal = (ProductFactory(name=name, producer=world.producer) for name in ("Cam", "Nhung"))
    SeasonalException(
        product=seasonal,
        year=2026,
        step=1,
        first_day=date(2026, 3, 1),
        last_day=date(2026, 9, 30),
        reason="Mùa cắt nhung",
    ).save()
    today = clock.today()
    cards = cards_of(found(world.owner, Wanted(), today), today)
    assert [(card.name, card.last_day, card.is_behind) for card in cards] == [
        (late.name, date(2026, 5, 31), True),
        (seasonal.name, date(2026, 9, 30), False),
    ]


def test_the_board_narrows_by_unit_step_word_and_kind(world):
    registered(world, name="Mứt gừng")
    ProductFactory(name="Mật ong", producer=world.producer)
    user = world["advisory_officer"]
    assert set(stands(user)) == {"Mứt gừng", "Mật ong"}
    assert set(stands(user, unit=world.beside)) == set()
    assert set(stands(user, unit=world.commune, step=2)) == {"Mứt gừng"}
    assert set(stands(user, typed="mat ong")) == {"Mật ong"}
    assert set(stands(user, kind="product")) == {"Mật ong"}


def pages(user, *addresses):
    client = Client()
    client.force_login(user)
    return [client.get(address) for address in addresses]


def test_more_rows_cost_no_more_queries(world):
    def measured(address):
        client = Client()
        client.force_login(world["advisory_officer"])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def fill(number):
        for n in range(number):
            product = ProductFactory(name=f"SP {n}", producer=world.producer)
            PaperFactory(producer=world.producer, product=product, expires_on=date(2026, 5, 1))
            registered(world, name=f"YT {n}")
            star(ProductFactory(name=f"Sao {n}", producer=world.producer), date(2027, 1, 1))

    approved(world)
    addresses = [reverse("cycle:board"), f"{reverse('cycle:board')}?xem=bang&buoc=2"]
    fill(1)
    few = [measured(address) for address in addresses]
    fill(20)
    assert [measured(address) for address in addresses] == few


def test_each_column_shows_its_first_cards_and_how_many_more(world):
    for number in range(15):
        ProductFactory(name=f"SP {number:02}", producer=world.producer)
    (answer,) = pages(world["commune_officer"], reverse("cycle:board"))
    text = answer.content.decode()
    assert text.count('class="cycle-card"') == 12
    assert "Xem thêm 3 mục" in text
    assert "xem=bang&amp;buoc=1" in text


def sheet(answer):
    """The rows of a downloaded workbook."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    return book.get_sheet_by_index(0).to_python()


def test_the_board_is_a_workbook_too(world):
    registered(world, name="Mứt gừng")
    ProductFactory(name="Mật ong", producer=world.producer)
    address = reverse("cycle:board_file")
    whole, narrow, nobody = (
        *pages(world["commune_officer"], address, f"{address}?loai=idea"), *pages(world.stranger, address),
    )  # fmt: skip
    rows = sheet(whole)
    table = [row[1:] for row in rows if isinstance(row[0], float)]
    maker = world.producer.public_name
    assert [row[:6] for row in table] == [
        ["1. Tuyên truyền, hướng dẫn", "Sản phẩm", "Mật ong", maker, "Xã Kỳ Thử", "Chưa vào chu trình"],
        ["2. Đăng ký ý tưởng", "Ý tưởng", "Mứt gừng", maker, "Xã Kỳ Thử", "Chờ xét chọn"],
    ]
    texts = [cell for row in sheet(narrow) for cell in row]
    assert "Mật ong" not in texts
    assert nobody.status_code == 404
