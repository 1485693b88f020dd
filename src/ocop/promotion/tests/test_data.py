"""The criteria file, plain registers, channels by days."""

from datetime import date

import pytest

from ocop.kit.errors import BadData
from ocop.law.loader import load_reference
from ocop.producers.tests.factories import ProducerFactory
from ocop.producers.tests.offices import make_offices
from ocop.promotion import loader
from ocop.promotion.models import CommunicationItem, CommunicationPlan, SaleCriterion, SalesChannel
from ocop.promotion.queries.channels import modern_share
from ocop.promotion.queries.points import criteria_on
from ocop.promotion.registers.reach import CHANNELS, COMMUNICATION, COMMUNICATION_PLANS
from ocop.promotion.tests.factories import on, starred

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
ROW = "{key: a, instrument: x, valid_from: '2020-01-01', kind: yes_no, text: Chữ}"


def test_the_file_is_loaded_once_and_says_which_words_nobody_could_read() -> None:
    load_reference(lambda text: None)
    lines: list[str] = []
    loader.load_criteria(lines.append)
    loader.load_criteria(lines.append)
    count = SaleCriterion.objects.count()
    assert lines == [f"tiêu chí điểm bán: ghi {count}, có {count}", f"tiêu chí điểm bán: ghi 0, có {count}"]
    today = {one.key: (one.confirmed, one.instrument.number) for one in criteria_on(TODAY)}
    assert today["noi-dat-950"] == (True, "950/QĐ-BCT")
    assert today["dien-tich"] == (False, "4086/QĐ-UBND")
    assert "noi-dat-920" not in today
    assert "noi-dat-920" in {one.key for one in criteria_on(date(2021, 6, 1))}
    # nobody invented a minimum
    assert set(SaleCriterion.objects.values_list("minimum", flat=True)) == {None}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{key: a}", "thiếu key, text hoặc valid_from"),
        (ROW.replace("instrument: x", "instrument: y"), "không có văn bản y"),
        (ROW.replace("yes_no", "maybe"), "kind phải là một trong yes_no, number"),
        (ROW.replace("2020-01-01", "hôm nay"), "valid_from không phải ngày"),
    ],
)
def test_a_bad_row_is_named(row: str, words: str) -> None:
    with pytest.raises(BadData) as bad:
        loader.read_criteria(f"criteria:\n- {row}", {"x": 1})
    assert words in str(bad.value)


def test_half_of_the_producers_is_counted_among_those_with_a_star() -> None:
    with on(TODAY):
        offices = make_offices()
        other = ProducerFactory(unit=offices.beside)
        for producer in (offices.producer, other):
            starred(producer)
        starred(ProducerFactory(unit=offices.commune), until=date(2026, 1, 1))
        known = {"valid_from": date(2026, 1, 1), "name": "Kênh"}
        SalesChannel.objects.create(producer=offices.producer, kind="zalo", **known)
        SalesChannel.objects.create(producer=other, kind="market", **known)
        SalesChannel.objects.create(producer=other, kind="floor", valid_to=date(2026, 6, 30), **known)
        share = modern_share(TODAY)
        assert (share.producers, share.modern, share.percent) == (2, 1, 50.0)
        assert modern_share(date(2026, 6, 30)).modern == 2
        assert modern_share(TODAY, [offices.beside.pk]).percent == 0.0
        assert modern_share(TODAY, []).percent is None


def test_channels_are_cut_by_kind_and_by_the_day_somebody_looked(client) -> None:
    with on(TODAY):
        offices = make_offices()
        known = {"producer": offices.producer, "valid_from": date(2024, 1, 1)}
        zalo = SalesChannel.objects.create(name="Zalo", kind="zalo", checked_on=TODAY, **known)
        market = SalesChannel.objects.create(name="Chợ", kind="market", checked_on=date(2025, 1, 1), **known)
        SalesChannel.objects.create(name="Đã thôi", kind="floor", valid_to=date(2025, 1, 1), **known)
        client.force_login(offices.owner)
        found = {
            query: [row.name for row in client.get(f"{CHANNELS.url('list')}?{query}").context["page"]]
            for query in ("", "xem=can-xem-lai", "modern=co", "modern=khong", "xem=tat-ca&modern=co")
        }
        assert found == {
            "": [market.name, zalo.name], "xem=can-xem-lai": [market.name], "modern=co": [zalo.name],
            "modern=khong": [market.name], "xem=tat-ca&modern=co": ["Đã thôi", zalo.name],
        }  # fmt: skip


def test_what_was_told_counts_against_the_plan_of_the_year(client) -> None:
    with on(TODAY):
        offices = make_offices()
        plan = CommunicationPlan.objects.create(
            unit=offices.province, year=2026, topic="Tin, bài", planned=10
        )
        for pieces in (2, 3):
            CommunicationItem.objects.create(
                unit=offices.province, plan=plan, title="Tin", pieces=pieces, reach=100
            )
        CommunicationItem.objects.create(unit=offices.province, title="Ngoài kế hoạch", on=date(2025, 1, 1))
        client.force_login(offices["advisory_officer"])
        page = client.get(COMMUNICATION_PLANS.url("list"))
        assert [cell["text"] for cell in page.context["lines"][0][1]][-2:] == ["10", "5"]
        # the log opens on the year that runs
        assert [row.pieces for row in client.get(COMMUNICATION.url("list")).context["page"]] == [3, 2]
        client.force_login(offices.owner)
        assert client.get(COMMUNICATION.url("list")).status_code == 404
