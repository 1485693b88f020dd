"""A figure beside that of the period before and of the year before, on the same ground; on the map of the board."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.kit.indicators import Figure, Period, indicators
from ocop.producers.tests.offices import make_offices
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.tests.factories import CertificateFactory
from ocop.reporting.actions.measure import measure
from ocop.reporting.queries.board import Rank, board
from ocop.reporting.queries.comparing import change_words, compare
from ocop.reporting.queries.maps import points
from ocop.reporting.queries.places import units_under
from ocop.reporting.rules.earlier import length_in_months, period_before, year_before
from ocop.units.models import UnitCover
from ocop.units.tests.factories import UnitFactory

PRODUCTS = "products_recognised"
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("first", "last", "months", "before", "year"),
    [
        ((2026, 9, 15), (2026, 12, 14), 3, ((2026, 6, 15), (2026, 9, 14)), ((2025, 9, 15), (2025, 12, 14))),
        ((2026, 1, 1), (2026, 3, 31), 3, ((2025, 10, 1), (2025, 12, 31)), ((2025, 1, 1), (2025, 3, 31))),
        ((2026, 7, 1), (2026, 9, 24), 3, ((2026, 4, 1), (2026, 6, 24)), ((2025, 7, 1), (2025, 9, 24))),
        ((2025, 12, 15), (2026, 6, 14), 6, ((2025, 6, 15), (2025, 12, 14)), ((2024, 12, 15), (2025, 6, 14))),
        ((2023, 1, 1), (2025, 12, 31), 36, ((2020, 1, 1), (2022, 12, 31)), ((2022, 1, 1), (2024, 12, 31))),
        ((2024, 2, 1), (2024, 2, 29), 1, ((2024, 1, 1), (2024, 1, 31)), ((2023, 2, 1), (2023, 2, 28))),
        ((2026, 3, 5), (2026, 3, 9), 1, ((2026, 2, 5), (2026, 2, 9)), ((2025, 3, 5), (2025, 3, 9))),
    ],
)
def test_earlier_periods(first, last, months, before, year):
    days = date(*first), date(*last)
    assert length_in_months(*days) == months
    assert period_before(*days) == tuple(date(*day) for day in before)
    assert year_before(*days) == tuple(date(*day) for day in year)


@pytest.mark.parametrize(
    ("key", "now", "then", "words"),
    [
        (PRODUCTS, 12.0, 10.0, "+2 (+20 %)"), (PRODUCTS, 5.0, 10.0, "-5 (-50 %)"), (PRODUCTS, 3.0, 0.0, "+3"),
        (PRODUCTS, 3.0, 3.0, "không đổi"), (PRODUCTS, 3.0, None, ""), ("four_star_share", 30.0, 33.4, "-3,4 điểm %"),
        ("four_star_share", 20.04, 20.0, "không đổi"),
    ],
)  # fmt: skip
def test_a_change_in_words(key, now, then, words):
    assert change_words(indicators[key], now, then) == words


@pytest.fixture
def offices(db):
    with time_machine.travel("2026-11-24T09:00:00+07:00"):
        yield make_offices()


def star(offices, unit, issued, until=date(2029, 1, 31)):
    product = ProductFactory(producer=offices.producer)
    return CertificateFactory(product=product, unit=unit, issued_on=issued, valid_to=until)


def test_a_merged_commune_is_compared_with_its_parts_together(offices):
    """By hand: the parts had 1 and 2 stars in 2025; the commune of today gave 1 more in June and 1 in October."""
    parts = [UnitFactory(name=f"Cũ {number}", valid_to=date(2025, 6, 30)) for number in (1, 2)]
    UnitCover.objects.bulk_create(UnitCover(holder=offices.commune, covered=part) for part in parts)
    star(offices, parts[0], date(2025, 2, 1))
    for day in (date(2025, 3, 1), date(2025, 4, 1)):
        star(offices, parts[1], day)
    for day in (date(2026, 6, 20), date(2026, 10, 1)):
        star(offices, offices.commune, day)
    period = Period(date(2026, 9, 15), date(2026, 12, 14))
    (found,) = compare({PRODUCTS: Figure(5)}, period, offices.commune.pk).values()
    assert (found.before.last, found.before.value, found.before.words) == (date(2026, 9, 14), 4, "+1 (+25 %)")
    assert (found.year.last, found.year.value, found.year.words) == (date(2025, 12, 14), 3, "+2 (+67 %)")


def test_the_board_tells_the_change_since_last_month_and_last_year(offices):
    for day in (date(2025, 2, 1), date(2026, 9, 1), date(2026, 11, 2)):
        star(offices, offices.commune, day)
    measure([offices.commune], TODAY)
    found = board(offices.commune, TODAY, today=TODAY)
    assert [(then.last, then.value, then.words) for then in found.line(PRODUCTS).earlier] == [
        (date(2026, 10, 31), 2, "+1 (+50 %)"), (date(2025, 11, 30), 1, "+2 (+200 %)"),
    ]  # fmt: skip
    assert [then.last for then in found.line("courses_held").earlier] == [date(2025, 11, 30)]


def test_points_are_as_large_as_their_figures_and_named_where_there_is_room(offices):
    places = {"Lớn": (18.34, 105.9), "Gần": (18.35, 105.91), "Xa": (18.1, 106.3), "Ngoài": (21.0, 105.8)}
    ranks = [
        Rank(UnitFactory(name=name, lat=lat, lng=lng), Figure(number))
        for number, (name, (lat, lng)) in zip((16, 4, 0, 9), places.items(), strict=True)
    ]
    ranks.append(Rank(UnitFactory(name="Không chỗ", lat=None, lng=None), None))
    found = points(ranks, "sản phẩm", [f"/{number}" for number in range(5)])
    assert [(one.name, one.r, one.is_named, one.words) for one in found] == [
        ("Lớn", 22.0, True, "16 sản phẩm"), ("Gần", 13.5, False, "4 sản phẩm"), ("Xa", None, False, "0 sản phẩm"),
    ]  # fmt: skip


def test_the_board_draws_its_units_on_the_map(client, offices):
    type(offices.commune).objects.filter(pk=offices.commune.pk).update(lat="18.34000", lng="105.90000")
    star(offices, offices.commune, date(2026, 2, 1))
    measure(units_under(offices.province, TODAY), TODAY)
    client.force_login(offices[Role.ADVISORY_OFFICER])
    page = client.get(reverse("reporting:board"))
    assert [(one.name, one.words) for one in page.context["points"]] == [(offices.commune.name, "1 sản phẩm")]
    body = page.content.decode()
    assert body.count('class="map-point"') == 1
    assert client.get(page.context["points"][0].url).context["board"].unit == offices.commune
