"""Indicators of stars on any day, for any unit at any stage, by any split; against counts by hand."""

from datetime import date

import pytest

from ocop.kit.indicators import Figure, Period, indicators
from ocop.kit.testing import counted
from ocop.producers.models import ProducerForm
from ocop.producers.tests.factories import ProducerFactory
from ocop.products.models import ProductHolding
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.tests.factories import CertificateFactory
from ocop.reporting.queries import measuring
from ocop.units.models import UnitCover
from ocop.units.tests.factories import DistrictFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db

PRODUCTS, FOUR, COOPERATIVES = "products_recognised", "four_star_share", "cooperative_share"


def on(day: date) -> Period:
    return measuring.year_to(day)


@pytest.fixture
def province():
    return ProvinceFactory()


@pytest.fixture
def commune(province):
    return UnitFactory(under=province)


def star(unit, issued, **values):
    term = {"valid_to": date(issued.year + 3, issued.month, issued.day)}
    return CertificateFactory(
        product=ProductFactory(producer=ProducerFactory(unit=unit)), issued_on=issued, **term | values
    )


def number(key, unit, day):
    return measuring.figure(indicators[key], on(day), unit.pk)


@pytest.mark.parametrize(
    ("values", "day", "expected"),
    [
        ({}, date(2024, 4, 30), 0),
        ({}, date(2024, 5, 1), 1),
        ({}, date(2027, 5, 1), 1),
        ({}, date(2027, 5, 2), 0),
        ({"extended_to": date(2027, 8, 1)}, date(2027, 8, 1), 1),
        ({"extended_to": date(2027, 8, 1)}, date(2027, 8, 2), 0),
        ({"revoked_on": date(2025, 3, 1)}, date(2025, 2, 28), 1),
        ({"revoked_on": date(2025, 3, 1)}, date(2025, 3, 1), 0),
        ({"replaced_on": date(2025, 3, 1)}, date(2025, 3, 1), 0),
        ({"published_at": None}, date(2025, 3, 1), 0),
        ({"valid_to": None}, date(2025, 3, 1), 0),
    ],
)
def test_a_star_counts_from_its_day_to_its_end(commune, values, day, expected):
    star(commune, date(2024, 5, 1), **values)
    assert number(PRODUCTS, commune, day) == Figure(expected)
    days = [on(day)]
    assert measuring.series(indicators[PRODUCTS], days, [commune.pk]) == {commune.pk: [Figure(expected)]}


def test_a_product_with_two_stars_counts_once(commune):
    first = star(commune, date(2024, 5, 1))
    CertificateFactory(product=first.product, issued_on=date(2025, 5, 1), valid_to=date(2028, 5, 1))
    assert number(PRODUCTS, commune, date(2025, 6, 1)) == Figure(1)
    months = [on(date(2025, 4, 1)), on(date(2025, 6, 1)), on(date(2028, 1, 1)), on(date(2028, 6, 1))]
    assert [one.top for one in measuring.series(indicators[PRODUCTS], months, [commune.pk])[commune.pk]] == [
        1,
        1,
        1,
        0,
    ]


def test_shares_come_from_sums_and_of_nothing_there_is_none(province, commune):
    for stars in (3, 3, 4):
        star(commune, date(2024, 5, 1), stars=stars)
    star(UnitFactory(under=province), date(2024, 5, 1), stars=4)
    assert number(FOUR, province, date(2025, 1, 1)) == Figure(2, 4)
    assert number(FOUR, commune, date(2025, 1, 1)).value == pytest.approx(100 / 3)
    assert number(FOUR, commune, date(2020, 1, 1)).value is None


def test_the_district_keeps_its_figure_and_the_new_commune_has_that_of_its_parts(province):
    district = DistrictFactory(under=province)
    one, two = (UnitFactory(under=district, valid_to=date(2025, 6, 30)) for _ in range(2))
    new = UnitFactory(under=province, valid_from=date(2025, 7, 1))
    for part in (one, two):
        UnitCover.objects.create(holder=new, covered=part)
    star(one, date(2024, 5, 1))
    star(two, date(2024, 6, 1))
    star(new, date(2025, 8, 1))
    found = {
        (unit.name, day.year): number(PRODUCTS, unit, day).top
        for unit in (district, new, province)
        for day in (date(2024, 12, 31), date(2025, 12, 31))
    }
    assert found == {
        (district.name, 2024): 2, (district.name, 2025): 2, (new.name, 2024): 2, (new.name, 2025): 3,
        (province.name, 2024): 2, (province.name, 2025): 3,
    }  # fmt: skip


def test_a_producer_is_of_the_legal_form_of_the_day(commune):
    producer = ProducerFactory(unit=commune, form=False)
    ProducerForm.objects.create(
        producer=producer, form="household", valid_from=date(2023, 1, 1), valid_to=date(2025, 2, 28)
    )
    ProducerForm.objects.create(producer=producer, form="cooperative", valid_from=date(2025, 3, 1))
    for _ in range(2):
        product = ProductFactory(producer=producer)
        ProductHolding.objects.filter(product=product).update(valid_from=date(2023, 1, 1))
        CertificateFactory(product=product, issued_on=date(2024, 5, 1), valid_to=date(2027, 5, 1))
    assert number(COOPERATIVES, commune, date(2025, 2, 28)) == Figure(0, 1)
    assert number(COOPERATIVES, commune, date(2025, 3, 1)) == Figure(1, 1)
    months = [on(date(2025, 2, 28)), on(date(2025, 3, 1))]
    assert measuring.series(indicators[COOPERATIVES], months, [commune.pk])[commune.pk] == [
        Figure(0, 1),
        Figure(1, 1),
    ]


def test_a_split_adds_up_and_its_rows_are_those_behind_it(commune):
    stars = [star(commune, date(2024, 5, 1), stars=number) for number in (3, 4, 4)]
    period = on(date(2025, 1, 1))
    found = measuring.figures([indicators[PRODUCTS]], period, [commune.pk], "stars")[PRODUCTS]
    assert found == {(commune.pk, 3): Figure(1), (commune.pk, 4): Figure(2)}
    facts = indicators[PRODUCTS].facts
    assert set(measuring.rows_behind(facts, period, commune.pk)) == set(stars)
    assert set(measuring.rows_behind(facts, period, commune.pk, "stars", 4)) == set(stars[1:])


def test_more_units_and_rows_cost_the_same_queries(province):
    costs = []
    for _ in range(2):
        units = [UnitFactory(under=province) for _ in range(4)]
        for unit in units:
            star(unit, date(2024, 5, 1))
        with counted() as queries:
            found = measuring.figures(
                [indicators[PRODUCTS], indicators[FOUR]], on(date(2025, 1, 1)), [u.pk for u in units]
            )
        costs.append(len(queries))
    assert costs == [1, 1]
    assert [figure.top for figure in found[PRODUCTS].values()] == [1] * 4


def test_counted_together_is_what_each_counts_alone_in_few_queries(province, commune):
    for stars, day in ((3, date(2024, 5, 1)), (4, date(2024, 6, 1)), (5, date(2025, 1, 1))):
        star(commune, day, stars=stars)
    everything = list(
        {id(facts): facts for one in indicators for facts in (one.facts, one.of) if facts}.values()
    )
    period, ids = on(date(2025, 6, 30)), [province.pk, commune.pk]
    with counted() as queries:
        together = measuring.count_together(everything, period, ids)
    assert len(queries) == -(-len(everything) // measuring.TOGETHER)
    assert together == [measuring.count(facts, period, ids) for facts in everything]
    assert len(everything) > measuring.TOGETHER
    assert together[everything.index(indicators[PRODUCTS].facts)] == {
        (province.pk, None): 3,
        (commune.pk, None): 3,
    }
