"""Indicators of villages, chains, channels, sale points, training and money: small tables worked out by hand."""

from datetime import date

import pytest

from ocop.accounts.tests.factories import UserFactory
from ocop.development.models import ChainMember, ValueChain
from ocop.funding.models import Activity, FundEntry
from ocop.kit import clock
from ocop.kit.indicators import Figure, indicators
from ocop.kit.samples import Samples
from ocop.producers.models import CraftVillage, Producer, VillageProducer
from ocop.producers.tests.factories import ProducerFactory
from ocop.promotion.models import SalePoint, SalesChannel
from ocop.reporting.queries.measuring import figure, figures, series, year_to
from ocop.reporting.tests.facts import chain, holder
from ocop.training.models import Course
from ocop.units.models import Unit
from ocop.units.tests.factories import DistrictFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return ProvinceFactory()


@pytest.fixture
def commune(province):
    return UnitFactory(under=province)


def on(key, unit, *days):
    """(top, bottom) of the unit on each day, the same from one day alone and from many at once."""
    one = indicators[key]
    alone = [figure(one, year_to(day), unit.pk) for day in days]
    assert series(one, [year_to(day) for day in days], [unit.pk])[unit.pk] == alone
    return [(found.top, found.bottom) for found in alone]


def test_villages_with_a_holder_of_a_star(commune):
    """Three villages, one ends in 2025; one holder of the first from 3/2025 on, one of the third without a star."""
    dated = [(date(2020, 1, 1), None), (date(2020, 1, 1), date(2025, 12, 31)), (None, None)]
    villages = [
        CraftVillage.objects.create(
            name=f"Làng {number}", kind="craft_village", craft="Mây tre", unit=commune, status="recognised",
            valid_from=first, valid_to=last, data_key=f"thu-{number}",
        )
        for number, (first, last) in enumerate(dated)
    ]  # fmt: skip
    VillageProducer.objects.create(village=villages[0], producer=holder(commune), valid_from=date(2025, 3, 1))
    VillageProducer.objects.create(village=villages[0], producer=holder(commune), valid_from=date(2025, 4, 1))
    VillageProducer.objects.create(
        village=villages[2], producer=ProducerFactory(unit=commune), valid_from=date(2025, 3, 1)
    )
    days = date(2025, 2, 28), date(2025, 3, 1), date(2026, 1, 1), date(2027, 5, 1)
    assert on("village_share", commune, *days) == [(0, 3), (1, 3), (1, 2), (0, 2)]


def test_a_chain_counts_its_holders_of_stars_and_nobody_else(commune):
    """Four holders; members: one to 3/2026, one in a chain without an area, one producer without a star."""
    holders = [holder(commune) for _ in range(4)]
    plain = ProducerFactory(unit=commune)
    green = chain(commune, kind="green", name="Xanh")
    loose = chain(commune, kind="circular", name="Không vùng", area=None)
    joined = date(2025, 6, 1)
    ChainMember.objects.create(chain=green, producer=holders[0], joined_on=joined, left_on=date(2026, 3, 31))
    ChainMember.objects.create(chain=green, producer=holders[1], joined_on=joined)
    ChainMember.objects.create(chain=green, producer=holders[1], joined_on=joined, stage="trade")
    ChainMember.objects.create(chain=loose, producer=holders[2], joined_on=joined)
    ChainMember.objects.create(chain=green, producer=plain, joined_on=joined)
    days = date(2025, 5, 31), date(2025, 6, 1), date(2026, 3, 31), date(2026, 4, 1), date(2027, 5, 1)
    assert on("green_chain_share", commune, *days) == [(0, 4), (2, 4), (2, 4), (1, 4), (0, 0)]
    ValueChain.objects.filter(pk=green.pk).update(valid_to=date(2026, 4, 30))
    assert on("green_chain_share", commune, date(2026, 4, 30), date(2026, 5, 1)) == [(1, 4), (0, 4)]
    found = figures([indicators["green_chain_share"]], year_to(date(2026, 1, 1)), [commune.pk], "kind")
    assert found["green_chain_share"][commune.pk, "green"].top == 2


def test_modern_channels_of_holders(commune):
    """Three holders: one on a marketplace and a supermarket, one at the market alone, one on Zalo to 6/2025."""
    holders = [holder(commune) for _ in range(3)]
    kinds = [
        (holders[0], "floor", None), (holders[0], "supermarket", None), (holders[1], "market", None),
        (holders[2], "zalo", date(2025, 6, 30)),
    ]  # fmt: skip
    samples = Samples({Producer: holders, Unit: commune})
    for number, (producer, kind, last) in enumerate(kinds):
        samples.make(
            SalesChannel, number, producer=producer, kind=kind, valid_from=date(2025, 1, 1), valid_to=last
        )  # fmt: skip
    days = date(2024, 12, 31), date(2025, 6, 30), date(2025, 7, 1)
    assert on("modern_channel_share", commune, *days) == [(0, 3), (2, 3), (1, 3)]


def test_places_with_a_sale_point_are_districts_then_communes(province):
    """Two districts to 30/6/2025 with three communes; two points in one of them; the communes count after."""
    districts = [DistrictFactory(under=province, valid_to=date(2025, 6, 30)) for _ in range(2)]
    communes = [
        UnitFactory(under=districts[0]),
        UnitFactory(under=districts[0]),
        UnitFactory(under=districts[1]),
    ]
    for number, (unit, opened) in enumerate([(communes[0], 2023), (communes[0], 2024), (communes[1], 2026)]):
        SalePoint.objects.create(
            name=f"Điểm {number}", unit=unit, state="open", number=f"{number}/QĐ", decided_on=date(opened, 3, 1),
            opened_at=clock.now(),
        )  # fmt: skip
    days = date(2023, 2, 28), date(2023, 3, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 3, 1)
    assert on("places_with_sale_point", province, *days) == [(0, 2), (1, 2), (1, 2), (1, 3), (2, 3)]
    assert on("sale_points", province, *days) == [(0, None), (1, None), (2, None), (2, None), (3, None)]


def test_training_counts_what_is_closed_in_the_year(commune):
    """By hand: in 2025 two closed courses with 10 + 20 + 3 + 2 and 5 people; one of 2024, one still running."""
    rows = [
        ("closed", "course", date(2025, 3, 1), (10, 20, 3, 2)),
        ("closed", "visit", date(2025, 9, 1), (5, None, None, 0)),
        ("closed", "course", date(2024, 12, 31), (7, 0, 0, 0)), ("open", "course", date(2025, 4, 1), (9, 0, 0, 0)),
    ]  # fmt: skip
    samples = Samples({Unit: commune})
    for number, (state, kind, ends, (officials, producers, others, unlisted)) in enumerate(rows):
        row = samples.new(Course, number, unit=commune)
        row.state, row.kind, row.starts_on, row.ends_on = state, kind, ends, ends
        row.officials, row.producers, row.others, row.unlisted = officials, producers, others, unlisted
        row.save()
    days = date(2024, 12, 31), date(2025, 8, 31), date(2025, 12, 31)
    assert on("courses_held", commune, *days) == [(1, None), (1, None), (2, None)]
    assert on("people_trained", commune, *days) == [(7, None), (35, None), (40, None)]
    found = figures([indicators["people_trained"]], year_to(days[2]), [commune.pk], "kind")["people_trained"]
    assert found == {(commune.pk, "course"): Figure(35), (commune.pk, "visit"): Figure(5)}


def test_money_is_summed_by_the_day_of_its_document_and_reversals_taken_off(province, commune):
    activity = Activity.objects.create(code="thu", name="Thử", clause="IV.1")
    person = UserFactory()
    rows = [
        ("disbursed", "central", 500, date(2025, 3, 1)), ("disbursed", "local", 300, date(2025, 6, 1)),
        ("disbursed", "central", -500, date(2025, 7, 1)), ("disbursed", "central", 450, date(2025, 7, 1)),
        ("allocated", "central", 900, date(2025, 1, 5)), ("disbursed", "central", 70, date(2024, 12, 31)),
    ]  # fmt: skip
    made: list[FundEntry] = []
    for number, (kind, source, amount, day) in enumerate(rows):
        taken_back = next((row for row in made if row.amount == -amount), None)
        made.append(
            FundEntry.objects.create(
                kind=kind, source=source, amount=amount, day=day, year=day.year, unit=commune, activity=activity,
                budget_level="province" if source == "local" else "", document_number=str(number), reverses=taken_back,
                reason="Ghi sai" if taken_back else "", entered_at=clock.now(), entered_by=person,
            )
        )  # fmt: skip
    days = date(2024, 12, 31), date(2025, 6, 30), date(2025, 12, 31)
    assert on("money_disbursed", province, *days) == [(70, None), (800, None), (750, None)]
    assert on("money_allocated", commune, *days) == [(0, None), (900, None), (900, None)]
    found = figures([indicators["money_disbursed"]], year_to(days[2]), [commune.pk], "source")
    assert found["money_disbursed"] == {
        (commune.pk, "central"): Figure(450),
        (commune.pk, "local"): Figure(300),
    }
