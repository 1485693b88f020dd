"""The generator of the past leaves what the actions leave; the demo is made once and marks everything as invented."""

from datetime import date, timedelta

import pytest

from ocop.accounts.demo import load_personas
from ocop.kit import registry
from ocop.kit.cases import press
from ocop.law.loader import load_reference as load_law
from ocop.partners.models import ConferenceAttendance
from ocop.partners.tests.factories import ConferenceFactory, PartnerFactory
from ocop.producers.tests.factories import ProducerFactory
from ocop.producers.tests.offices import Offices, make_offices
from ocop.products.tests.factories import ProductFactory
from ocop.promotion import actions, demo, loader
from ocop.promotion.demo.history import Part, past_fair, past_month, past_point
from ocop.promotion.models import (
    CommunicationItem,
    Fair,
    FairEntry,
    MeetingTalk,
    PurchaseRequest,
    SaleMonth,
    SalePoint,
    SalesChannel,
    SupplyOffer,
    UsePlace,
)
from ocop.promotion.tests.factories import answered, make_criteria, on, starred
from ocop.rulebook.tests.factories import ProductGroupFactory
from ocop.units.models import Unit

pytestmark = pytest.mark.django_db
STARTED = date(2026, 3, 12)
OPENS = date(2026, 6, 20)


def moves(row) -> list[tuple]:
    names = ("flow", "name", "from_state", "to_state", "reason", "legal_basis", "at", "by_id", "handled_at")
    return list(row.moves.values_list(*names))


def left_by_point(point: SalePoint) -> dict:
    """Everything that a point and its rows hold, apart from keys and what a move carries along."""
    point.refresh_from_db()
    names = (
        "state", "number", "decided_on", "last_check_on", "last_outcome", "due_on", "opened_at", "opened_by_id",
        "closed_at",
    )  # fmt: skip
    return {
        "point": [getattr(point, name) for name in names],
        "moves": moves(point),
        "checks": list(point.salecheck_rows.values_list("kind", "checked_on", "outcome", "failed", "by_id", "at")),
        "answers": list(
            point.salecheck_rows.values_list("answers__criterion__key", "answers__met", "answers__value")
            .order_by("checked_on", "answers__criterion__order")
        ),
        "months": list(
            point.salemonth_rows.values_list(
                "month", "revenue", "ocop_revenue", "customers", "by_id", "at", "search_text"
            )
        ),
    }  # fmt: skip


@pytest.fixture
def offices() -> Offices:
    with on(date(2026, 1, 1)):
        found = make_offices()
        make_criteria()
        return found


def test_a_past_point_is_what_the_actions_leave(offices: Offices) -> None:
    officer, leader = offices["commune_officer"], offices["commune_leader"]
    known = {"name": "Điểm", "unit": offices.commune, "producer": offices.producer}
    walked = SalePoint(**known)
    with on(STARTED - timedelta(days=21)):
        actions.register_point(walked, by=officer)
    with on(STARTED - timedelta(days=7)):
        actions.record_check(walked, by=officer, checked_on=STARTED - timedelta(days=7), found=answered())
    with on(STARTED):
        press(actions.POINT_DESK, walked, "approve", by=leader)
        actions.number_point(walked, by=officer, number="7/QĐ", decided_on=STARTED)
    with on(date(2026, 5, 5)):
        actions.report_month(
            walked, month=date(2026, 4, 1), revenue=9, ocop_revenue=6, customers=3, by=officer
        )
    with on(date(2026, 9, 1)):
        actions.record_check(walked, by=officer, checked_on=date(2026, 9, 1), found=answered())
    with on(date(2026, 10, 1)):
        actions.close_point(walked, by=officer, reason="Trả mặt bằng")

    made = past_point(
        SalePoint(**known), started=STARTED, number="7/QĐ", by=officer, checks=[date(2026, 9, 1)],
        closed=date(2026, 10, 1), reason="Trả mặt bằng",
    )  # fmt: skip
    past_month(made, month=date(2026, 4, 1), revenue=9, ocop=6, customers=3, by=officer).save()
    expected, found = left_by_point(walked), left_by_point(made)
    # the leader's press is the one thing that the generator gives to the one person it has
    expected["moves"] = [(*move[:7], officer.pk, move[8]) for move in expected["moves"]]
    assert found == expected


def left_by_fair(fair: Fair) -> dict:
    fair.refresh_from_db()
    entries = fair.entries.order_by("producer__name")
    names = ("state", "cost", "visitors", "due_on", "opened_at", "opened_by_id", "closed_at", "search_text")
    shown = (
        "state", "stand", "sales", "contracts", "contract_value", "visitors", "opened_at", "opened_by_id", "due_on",
        "closed_at",
    )  # fmt: skip
    return {
        "fair": [getattr(fair, name) for name in names],
        "moves": moves(fair),
        "entries": list(entries.values_list(*shown)),
        "products": [sorted(entry.products.values_list("pk", flat=True)) for entry in entries],
        "entry_moves": [moves(entry) for entry in entries],
    }


def test_a_past_fair_is_what_the_actions_leave(offices: Offices) -> None:
    by = offices["department_officer"]
    product = starred(offices.producer)
    known = {
        "name": "Chợ", "unit": offices.province, "deadline": OPENS - timedelta(days=14), "starts_on": OPENS,
        "ends_on": OPENS + timedelta(days=2), "stands": 3,
    }  # fmt: skip
    walked = Fair(**known)
    called, settled, reported = (
        OPENS - timedelta(days=42),
        OPENS - timedelta(days=7),
        OPENS + timedelta(days=9),
    )
    with on(called):
        actions.open_fair(walked, by=by)
        press(actions.FAIR_DESK, walked, "publish", by=by)
    with on(called + timedelta(days=7)):
        entry = actions.register_for_fair(walked, offices.producer, products=[product], by=by)
    with on(settled):
        press(actions.FAIR_DESK, walked, "close_calls", by=by)
        actions.select_entry(entry, stand="A1", by=by)
        press(actions.FAIR_DESK, walked, "settle", by=by)
    with on(reported):
        actions.report_entry(entry, sales=50, contracts=1, contract_value=70, visitors=9, by=by)
        actions.report_fair(walked, cost=30, visitors=400, by=by)

    made = past_fair(
        Fair(**known),
        parts=[Part(offices.producer, [product], "A1", 50, 1, 70, 9)],
        cost=30,
        visitors=400,
        by=by,
    )
    assert left_by_fair(made) == left_by_fair(walked)


def test_the_demo_is_made_once_and_of_invented_producers_only() -> None:
    with on(date(2026, 11, 24)):
        registry.reference_steps["units"].run(lambda text: None)
        load_law(lambda text: None)
        loader.load_criteria(lambda text: None)
        registry.demo_steps["units"].run(lambda text: None)
        load_personas(lambda text: None)
        home = Unit.objects.get(code="18547", valid_to__isnull=True)
        group = ProductGroupFactory()
        invented = [
            ProducerFactory(name=f"HTX {number} (trình diễn)", unit=home, is_demo=True) for number in range(3)
        ]
        real = ProducerFactory(name="HTX Thật", unit=home)
        for producer in (*invented, real):
            ProductFactory(
                name=f"Mật {producer.pk}", producer=producer, group=group, is_demo=producer.is_demo
            )
        lines: list[str] = []
        demo.load(lines.append)
        models = (
            SalePoint,
            SaleMonth,
            Fair,
            FairEntry,
            PurchaseRequest,
            SupplyOffer,
            UsePlace,
            CommunicationItem,
        )
        made = [model.objects.count() for model in models]
        demo.load(lines.append)
        assert [model.objects.count() for model in models] == made
        assert lines[1] == "xúc tiến trình diễn: đã có"
        assert all(count > 0 for count in made)
        of_real = (FairEntry, SupplyOffer, SalesChannel)
        assert [model.objects.filter(producer=real).count() for model in of_real] == [0, 0, 0]
        assert (
            SalePoint.objects.exclude(is_demo=True).count() == Fair.objects.exclude(is_demo=True).count() == 0
        )
        # work waits at every desk
        states = set(SalePoint.objects.values_list("state", flat=True))
        assert states == {"registered", "checked", "approved", "open", "closed"}
        assert set(Fair.objects.values_list("state", flat=True)) == {"draft", "calling", "reported"}


def test_talks_at_invented_conferences_are_of_invented_producers_and_made_once() -> None:
    conference = ConferenceFactory(is_demo=True)
    invented, real, partner = ProducerFactory(is_demo=True), ProducerFactory(), PartnerFactory()
    for one in ({"partner": partner}, {"producer": real}, {"producer": invented}):
        ConferenceAttendance.objects.create(conference=conference, **one)
    for _again in range(2):
        demo.load_talks(lambda text: None)
        assert [(row.producer, row.partner, row.agreed) for row in MeetingTalk.objects.all()] == [
            (invented, partner, True)
        ]
