"""The ledger: nothing changes, everything is reversed, and the totals are always the sum of the entries."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ocop.funding import actions
from ocop.funding.models import Activity, FundEntry, MobilisedResource
from ocop.funding.queries.ledger import LedgerFilter, before, ledger_lines, own_ids
from ocop.funding.queries.overview import sheet_rows, totals_page
from ocop.funding.tests.world import World, make_world
from ocop.kit import clock
from ocop.kit.db import guarded_tables
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.actions.merging import merge_producers
from ocop.producers.tests.factories import ProducerFactory
from ocop.units.models import Succession, UnitCover
from ocop.units.tests.factories import DistrictFactory, UnitFactory

SOURCES = (("central", ""), ("local", "province"), ("local", "commune"), ("credit", ""), ("other", ""))
POSTED = st.tuples(
    st.sampled_from(["planned", "allocated", "disbursed", "settled"]), st.sampled_from(SOURCES),
    st.integers(2024, 2026), st.integers(0, 2), st.sampled_from(["dao-tao", "quan-ly"]), st.integers(1, 10**12),
    st.booleans(),
)  # fmt: skip


@pytest.fixture
def world(db) -> World:
    return make_world()


def refused(act) -> str:
    with pytest.raises(Refused) as error:
        act()
    return error.value.code


class TestTotalsAreTheEntries(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(POSTED, max_size=12))
    def test_whatever_is_posted_and_reversed(self, rows):
        world = make_world()
        units = [world.commune, *(UnitFactory(under=world.province) for _ in range(2))]
        advisory = world["advisory"]
        expected = Counter()
        for number, (kind, (source, level), year, place, activity, amount, is_reversed) in enumerate(rows):
            entry = world.entry(
                kind=kind, source=source, budget_level=level, year=year, unit=units[place], amount=amount,
                activity=Activity.objects.get(code=activity), document_number=f"{number}/QĐ",
            )  # fmt: skip
            actions.post_entry(entry, by=advisory)
            if is_reversed:
                actions.reverse_entry(entry, by=advisory, reason="Ghi nhầm")
            else:
                expected[source, units[place].pk, year, kind] += amount
        found = totals_page(advisory, LedgerFilter(), None, "planned")
        counted = Counter()
        for line in found.lines:
            counted[line.source, line.unit, line.year, line.kind] += line.amount
        assert +counted == +expected
        total = {kind: sum(n for key, n in expected.items() if key[3] == kind) for kind in
                 ("planned", "allocated", "disbursed", "settled")}  # fmt: skip
        for row_sums in (
            found.total.sums, sum((row.sums for row in found.units), start=type(found.total.sums)()),
            sum((row.sums for row in found.sources if not row.level), start=type(found.total.sums)()),
            sum((row.sums for row in found.kinds_of_cost if not row.level), start=type(found.total.sums)()),
        ):  # fmt: skip
            assert {kind: getattr(row_sums, kind) for kind in total} == total
        assert sum(found.year_sums) == found.year_total == total["planned"]
        sheet = sheet_rows(found.lines)
        assert [sum(line[place] for line in sheet) for place in (5, 6, 7, 8)] == list(total.values())


def test_a_line_of_a_document_stands_once(world):
    world.post()
    assert refused(world.post) == "ledger.twice"
    world.post(document_line=2)
    world.post(kind="allocated")
    assert FundEntry.objects.count() == 3


def test_a_reversed_line_may_be_written_again(world):
    wrong = world.post(amount=1)
    actions.reverse_entry(wrong, by=world["officer"], reason="Ghi nhầm số tiền")
    right = world.post(amount=2)
    assert (right.attempt, sum(FundEntry.objects.values_list("amount", flat=True))) == (1, 2)
    assert refused(lambda: world.post(amount=3)) == "ledger.twice"


def test_a_reversal_is_the_opposite_with_its_reason(world):
    row = world.post(source="local", budget_level="commune")
    back = actions.reverse_entry(row, by=world["officer"], reason="  Quyết định bị hủy ")
    same = (
        "kind",
        "year",
        "source",
        "budget_level",
        "unit_id",
        "activity_id",
        "document_number",
        "document_line",
    )
    assert [getattr(back, name) for name in same] == [getattr(row, name) for name in same]
    assert (back.amount, back.reverses, back.reason) == (-row.amount, row, "Quyết định bị hủy")


def test_what_cannot_be_reversed(world):
    row = world.post()
    officer = world["officer"]
    assert refused(lambda: actions.reverse_entry(row, by=officer, reason=" ")) == "ledger.reason"
    early = row.day - timedelta(days=1)
    assert refused(lambda: actions.reverse_entry(row, by=officer, reason="x", day=early)) == "ledger.day"
    back = actions.reverse_entry(row, by=officer, reason="x")
    assert refused(lambda: actions.reverse_entry(row, by=officer, reason="x")) == "ledger.reversed"
    assert refused(lambda: actions.reverse_entry(back, by=officer, reason="x")) == "ledger.reversal"


def test_only_who_keeps_the_unit_writes(world):
    with pytest.raises(Forbidden):
        actions.post_entry(world.entry(), by=world["stranger"])
    with pytest.raises(Forbidden):
        actions.post_entry(world.entry(unit=world.province), by=world["officer"])
    row = world.post()
    with pytest.raises(Forbidden):
        actions.reverse_entry(row, by=world["stranger"], reason="x")


@pytest.mark.parametrize(
    "wrong",
    [{"amount": 0}, {"amount": -5}, {"source": "local"}, {"budget_level": "commune"}],
    ids=["nothing", "less", "level missing", "level too many"],
)
def test_the_database_keeps_sign_and_budget_level(world, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        world.post(**wrong)


@pytest.mark.engine
def test_the_database_refuses_to_change_an_entry(world):
    row = world.post()
    assert "funding_fundentry" in guarded_tables(connection)
    for act in (
        lambda: FundEntry.objects.filter(pk=row.pk).update(amount=5),
        lambda: FundEntry.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()


def test_entries_follow_a_merged_producer(world):
    double = ProducerFactory(unit=world.commune)
    row = world.post(producer=double)
    merge_producers(double, world.producer, by=world["officer"])
    row.refresh_from_db()
    assert row.producer == world.producer


def test_a_district_keeps_its_money_and_the_commune_says_what_came_before(world):
    district = DistrictFactory(under=world.province)
    old = UnitFactory(under=district, valid_to=date(2025, 6, 30))
    part = UnitFactory(under=district, valid_to=date(2025, 6, 30))
    for unit, extent in ((old, "whole"), (part, "part")):
        Succession.objects.create(
            predecessor=unit, successor=world.commune, on=date(2025, 7, 1), extent=extent, change="merged"
        )
    UnitCover.objects.create(holder=world.commune, covered=old)
    advisory, day = world["advisory"], date(2025, 3, 1)
    for unit, amount in ((district, 7), (old, 3), (part, 2)):
        entry = world.entry(unit=unit, amount=amount, day=day, year=2025)
        actions.post_entry(entry, by=advisory)
    world.post(amount=50)
    assert before(world.commune) == [(old, True), (part, False)]
    assert own_ids(world.commune) == {world.commune.pk}
    found = totals_page(world["officer"], LedgerFilter(), world.commune, "planned")
    assert found.total.sums.planned == 50
    assert [(row.label, row.sums.planned) for row in found.earlier] == [
        (f"{old.title} (đến 30/06/2025)", 3), (f"{part.title} (đến 30/06/2025), nhập một phần", 2),
    ]  # fmt: skip
    of_district = totals_page(advisory, LedgerFilter(), district, "planned")
    assert of_district.total.sums.planned == 12
    assert {row.label: row.sums.planned for row in of_district.units}[
        f"{district.title} (đến 30/06/2025)"
    ] == 7


def test_totals_cost_the_same_however_many_entries(world, django_assert_num_queries):
    world.post()
    with django_assert_num_queries(1):
        ledger_lines(FundEntry.objects.all())
    for number in range(2, 30):
        world.post(document_line=number)
    with django_assert_num_queries(1):
        assert sum(line.amount for line in ledger_lines(FundEntry.objects.all())) == 29 * 100_000_000


@pytest.mark.parametrize(
    ("asked", "planned"),
    [
        (LedgerFilter(first_year=2025), 110), (LedgerFilter(last_year=2024), 1), (LedgerFilter(source="local"), 100),
        (LedgerFilter(management=True), 10), (LedgerFilter(management=False), 101), (LedgerFilter(clause="V.2"), 10),
    ],
)  # fmt: skip
def test_the_filters_of_totals(world, asked, planned):
    world.post(year=2024, amount=1, document_line=2)
    world.post(year=2025, amount=10, activity=Activity.objects.get(code="quan-ly"))
    world.post(year=2026, amount=100, source="local", budget_level="commune")
    found = totals_page(world["officer"], asked, None, "planned")
    assert found.total.sums.planned == planned


def test_a_resource_is_a_row_of_the_ledger(world):
    for number, (programme, source) in enumerate(
        [("credit", "credit"), ("own", "own"), ("science", "combined"), ("agri_extension", "combined")]
    ):
        row = MobilisedResource(
            programme=programme, unit=world.commune, amount=10, day=date(2026, 5, 1), year=2026, document_number="HĐ 1",
            document_line=number + 1, producer=world.producer, activity=Activity.objects.get(code="long-ghep"),
        )  # fmt: skip
        row.clean()
        actions.post_entry(row, by=world["officer"])
        assert (row.source, row.kind) == (source, "disbursed")
    world.post()
    assert (MobilisedResource.objects.count(), FundEntry.objects.count()) == (4, 5)
    sums = {
        row.label: row.sums.disbursed
        for row in totals_page(world["officer"], LedgerFilter(), None, "planned").sources
    }
    assert sums["Lồng ghép từ chương trình, dự án khác"] == 20


def test_a_reversal_on_the_day_of_today(world):
    row = world.post()
    assert actions.reverse_entry(row, by=world["officer"], reason="x").day == clock.today()
