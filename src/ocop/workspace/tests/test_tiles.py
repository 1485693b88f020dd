"""The homes of the province and of its units: figures of the registry, each with the very rows behind it."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.funding.models import Activity, FundEntry
from ocop.kit import clock
from ocop.kit.registry import Reading, Tile, tiles
from ocop.kit.testing import counted
from ocop.producers.tests.offices import make_offices
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.tests.factories import CertificateFactory
from ocop.reporting.actions.measure import measure
from ocop.reporting.models import Programme, Target
from ocop.workspace.queries import figures_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 30)
HOME = "/viec-cua-toi/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-06-30T09:00:00+07:00"):
        yield


@pytest.fixture
def offices():
    return make_offices()


def star(offices, **values):
    product = ProductFactory(producer=offices.producer)
    given = {
        "issued_on": date(2023, 8, 1),
        "valid_to": date(2026, 7, 31),
        "unit": offices.commune,
        "stars": 3,
    } | values
    return CertificateFactory(product=product, **given)


def entry(offices, **values):
    activity, _ = Activity.objects.get_or_create(code="thu", defaults={"name": "Thử", "clause": "IV.1"})
    number = str(FundEntry.objects.count() + 1)
    return FundEntry.objects.create(
        activity=activity, day=date(2026, 3, 1), document_number=number, entered_at=clock.now(),
        entered_by=offices[Role.COMMUNE_OFFICER], **values,
    )  # fmt: skip


def read(user, key):
    return next(one.reading for one in figures_of(user, TODAY).tiles if one.tile.key == key)


@pytest.mark.parametrize(
    ("role", "unit", "first"),
    [
        (Role.PROVINCE_LEADER, "province", True), (Role.READER, "province", True),
        (Role.COMMUNE_LEADER, "commune", True), (Role.STANDING_OFFICER, "province", False),
        (Role.COMMUNE_OFFICER, "commune", False),
    ],
)  # fmt: skip
def test_who_steers_reads_the_figures_first_and_an_officer_what_waits(client, offices, role, unit, first):
    figures = figures_of(offices[role], TODAY)
    assert (figures.unit, figures.come_first) == (getattr(offices, unit), first)
    client.force_login(offices[role])
    page = client.get(HOME).content.decode()
    assert (page.index('class="tiles"') < page.index('id="viec"')) == first


def test_a_producer_has_no_figures(client, offices):
    client.force_login(offices.owner)
    assert figures_of(offices.owner, TODAY) is None
    assert 'class="tiles"' not in client.get(HOME, {"man-hinh": "lon"}).content.decode()


def test_stars_that_run_out_are_the_rows_of_the_list_behind(client, offices):
    soon = star(offices)
    star(offices, valid_to=date(2027, 12, 31))
    star(offices, unit=offices.beside, stars=4)
    found = read(offices[Role.COMMUNE_OFFICER], "recognition.expiring")
    assert (found.value, found.tone, [row[:2] for row in found.bars.rows]) == ("1", "clay", [("3 sao", 1)])
    client.force_login(offices[Role.COMMUNE_OFFICER])
    assert [row.pk for row in client.get(found.url).context["page"].object_list] == [soon.pk]
    assert read(offices[Role.PROVINCE_LEADER], "recognition.expiring").value == "2"


def test_money_is_that_of_the_year_and_of_the_own_unit(client, offices):
    for unit, amount in ((offices.commune, 300), (offices.beside, 500)):
        entry(offices, unit=unit, kind="allocated", amount=2 * amount * 10**6, year=2026)
        entry(offices, unit=unit, kind="disbursed", amount=amount * 10**6, year=2026)
    entry(offices, unit=offices.commune, kind="disbursed", amount=7, year=2025)
    found = read(offices[Role.COMMUNE_LEADER], "funding.disbursed")
    assert (found.value, found.sentence) == ("300 triệu", "Bằng 50 % của 600 triệu đồng đã phân bổ năm 2026.")
    client.force_login(offices[Role.COMMUNE_LEADER])
    assert [row.amount for row in client.get(found.url).context["page"].object_list] == [300 * 10**6]
    assert read(offices[Role.PROVINCE_LEADER], "funding.disbursed").value == "800 triệu"


def test_targets_say_how_many_are_on_their_way(offices):
    leader = offices[Role.PROVINCE_LEADER]
    assert read(leader, "reporting.targets").value == "–"
    programme = Programme.objects.create(
        slug="2026-2030", province=offices.province.code, name="Giai đoạn 2026-2030", valid_from=date(2026, 1, 1),
        valid_to=date(2030, 12, 31),
    )  # fmt: skip
    star(offices, valid_to=date(2029, 7, 31))
    measure([offices.province], TODAY)
    assert read(leader, "reporting.targets").sentence.startswith("Sản phẩm OCOP từ 3 sao trở lên")
    for indicator, value in (("products_recognised", 1), ("five_star_share", 20)):
        Target.objects.create(programme=programme, indicator=indicator, unit=offices.province, value=value)
    found = read(leader, "reporting.targets")
    assert (found.value, found.tone) == ("1/2", "clay")
    assert [row[1] for row in found.bars.rows] == [100, 0]
    assert found.trend.points[-1] == (TODAY, 1.0)


def test_a_tile_that_fails_says_so_and_the_others_stand(client, offices):
    def broken(user, unit, day):
        raise LookupError("no such rows")

    leader = offices[Role.PROVINCE_LEADER]
    before = len(figures_of(leader, TODAY).tiles)
    tiles.add(Tile("test.broken", "Ô hỏng", broken, order=1))
    tiles.add(Tile("test.silent", "Ô im", lambda user, unit, day: None, order=2))
    tiles.add(Tile("test.hidden", "Ô kín", lambda user, unit, day: Reading("1", "/"), lambda user: False))
    try:
        shown = figures_of(leader, TODAY).tiles
        assert [one.tile.key for one in shown if one.reading is None] == ["test.broken"]
        assert len(shown) == before + 1
        client.force_login(leader)
        page = client.get(HOME).content.decode()
        assert (page.count("Chưa đọc được"), "Vốn đã giải ngân năm nay" in page) == (1, True)
    finally:
        for key in ("test.broken", "test.silent", "test.hidden"):
            tiles._entries.pop(key)


def test_the_tiles_cost_the_same_queries_with_many_rows(client, offices):
    leader = offices[Role.PROVINCE_LEADER]

    def cost():
        leader.__dict__.pop("_scope", None)
        with counted() as queries:
            figures_of(leader, TODAY)
        return len(queries)

    star(offices)
    entry(offices, unit=offices.commune, kind="disbursed", amount=7, year=2026)
    few = cost()
    for _ in range(5):
        star(offices, unit=offices.beside, stars=4)
        entry(offices, unit=offices.beside, kind="disbursed", amount=7, year=2026)
    assert cost() <= few


def test_the_wall_has_no_menu_and_is_read_anew(client, offices):
    client.force_login(offices[Role.PROVINCE_LEADER])
    answer = client.get(HOME, {"man-hinh": "lon"})
    page = answer.content.decode()
    assert (answer["Refresh"], 'class="shell-rail"' in page) == ("600", False)
    assert len(re.findall('<article class="tile', page)) == len(list(tiles))


@pytest.mark.parametrize("tile", list(tiles), ids=lambda tile: tile.key)
def test_every_tile_opens_its_list_for_every_office(client, offices, tile):
    for role in (Role.PROVINCE_LEADER, Role.COMMUNE_OFFICER, Role.DEPARTMENT_OFFICER):
        found = read(offices[role], tile.key)
        client.force_login(offices[role])
        addresses = [found.url, *(url for _, _, url in (found.bars.rows if found.bars else ()))]
        assert {url: client.get(url).status_code for url in addresses} == dict.fromkeys(addresses, 200)
    assert reverse("workspace:home") == HOME
