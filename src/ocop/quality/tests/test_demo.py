"""The bulk-made years of the demo are what the actions would have written; a second run adds nothing."""

from datetime import date, timedelta

import pytest

from ocop.accounts.demo import load_personas
from ocop.kit import clock, registry
from ocop.kit.cases import press
from ocop.producers.models import Producer
from ocop.producers.tests.factories import AccessFactory, ProducerFactory
from ocop.quality.actions import plans, visits
from ocop.quality.demo import load_demo, steps
from ocop.quality.demo.history import CONCLUSION, Item, Office, Year, moment, write_year
from ocop.quality.models import Overlap, Plan, Programme, Proposal, Reception, Remedy, Visit
from ocop.quality.tests.world import questions
from ocop.recognition.tests.factories import CertificateFactory, DecisionFactory
from ocop.units.models import Agency
from ocop.units.queries import unit_on

YEAR = 2025


def sample(world) -> Year:
    """Two offices, three visits; the last one lies ahead of the day on which the year is looked at."""
    items = (
        Item(world.producer, date(YEAR, 2, 1)),
        Item(ProducerFactory(unit=world.commune), date(YEAR, 5, 1)),
    )
    late = (Item(ProducerFactory(unit=world.commune), date(YEAR, 11, 1), "environment"),)
    offices = (
        Office(world.agencies["health"], world["health"], items),
        Office(world.agencies["trade"], world["trade"], late),
    )
    return Year(
        YEAR, world.province, offices, world["standing"], world["leader"], world["clerk"], date(YEAR, 9, 1)
    )


def by_actions(year: Year) -> None:
    """The same year, pressed."""
    made = []
    for office in year.offices:
        by = office.person
        plan = plans.open_plan(agency=office.agency, year=year.year, by=by, at=year.day(11, 10), is_demo=True)
        for item in office.items:
            plans.add_line(
                plan, producer=item.producer, first_on=item.first_on, last_on=item.last_on, lead=by, by=by,
                areas=item.areas.split(","),
            )  # fmt: skip
        plans.send_plan(plan, by=by, at=year.day(11, 20))
        made.append(plan)
    for plan in made:
        plans.take_plan(plan, by=year.standing, at=year.day(11, 25))
    programme = Programme.objects.get(year=year.year)
    plans.propose_programme(programme, by=year.standing, at=year.day(12, 5))
    press(plans.PROGRAMME_DESK, programme, "approve", by=year.leader, at=year.day(12, 10))
    issued = year.day(12, 15)
    opened = plans.issue_programme(
        programme, number=year.number, issued_on=clock.local_day(issued), by=year.clerk, at=issued
    )
    for visit in opened:
        day, by = visit.first_on + timedelta(days=9), visit.lead
        if day + timedelta(days=5) >= year.today:
            continue
        visits.announce_visit(
            visit, visit_on=day, decision_number=f"{visit.producer_id % 90 + 10}/QĐ-ĐKT",
            decision_on=day - timedelta(days=7), lead=by, by=by, at=moment(day - timedelta(days=7)),
        )  # fmt: skip
        visits.begin_visit(visit, by=by, at=moment(day))
        for question in questions(visit):
            visits.answer_question(visit, question, value="yes", by=by, at=moment(day))
        visits.sign_minutes(
            visit, signer_name="Người đại diện cơ sở", signer_position="Giám đốc", by=by, at=moment(day)
        )
        after = day + timedelta(days=5)
        visits.conclude_visit(
            visit, outcome="passed", conclusion=CONCLUSION, concluded_on=after, by=by, at=moment(after)
        )


PASSED_BY = {"id", "search_text", "search_exact", "programme_id", "plan_id", "line_id", "subject_id"}


def picture() -> dict[str, list]:
    """Everything that is stored of the year, without primary keys."""

    def plain(rows):
        return [
            {name: value for name, value in sorted(row.items()) if name not in PASSED_BY}
            for row in rows.values()
        ]

    visit_rows = Visit.objects.order_by("first_on", "producer_id")
    return {
        "programmes": plain(Programme.objects.order_by("year")),
        "plans": plain(Plan.objects.order_by("agency_id")),
        "visits": plain(visit_rows),
        "moves": [
            plain(owner.moves.order_by("at", "pk"))
            for owner in [*Programme.objects.all(), *Plan.objects.order_by("agency_id"), *visit_rows]
        ],
        "answers": [
            [
                (one.question.code, one.value, one.note, one.version, one.by_id, one.at)
                for one in visit.answers.all()
            ]
            for visit in visit_rows
        ],
        "teams": [list(visit.members.values_list("user_id", "agency_id", "duty")) for visit in visit_rows],
        "agencies": [list(visit.agencies.values_list("pk", flat=True)) for visit in visit_rows],
        "words": [visit.search_text for visit in visit_rows],
    }


def test_the_bulk_made_year_equals_the_actions(world):
    year = sample(world)
    by_actions(year)
    wanted = picture()
    assert Overlap.objects.count() == 0
    assert [row["state"] for row in wanted["visits"]] == ["closed", "closed", "planned"]
    for model in (Visit, Plan, Programme):
        for row in model.objects.all():
            row.moves.all().delete()
    Visit.objects.all().delete()
    for plan in Plan.objects.all():
        plan.lines.all().delete()
    Plan.objects.all().delete()
    Programme.objects.all().delete()
    write_year(year)
    assert picture() == wanted


@pytest.fixture
def demo_world(db):
    """Reference data, personas, five invented producers of which one has a star, and a real one."""
    for step in registry.reference_steps:
        step.run(lambda text: None)
    registry.demo_steps["units"].run(lambda text: None)
    load_personas(lambda text: None)
    unit = unit_on("18547", clock.today())
    for number in range(5):
        producer = ProducerFactory(name=f"HTX Trình diễn {number}", unit=unit, is_demo=True)
        AccessFactory(producer=producer)
    issuer = Agency.objects.get(slug="ubnd-tinh-42")
    product = producer.products.create(name="Nước mắm trình diễn", unit=unit)
    CertificateFactory(product=product, decision=DecisionFactory(issuer=issuer), is_demo=True)


def test_the_demo_touches_invented_producers_alone_and_runs_once(demo_world, monkeypatch):
    monkeypatch.setattr(steps, "MOST", 4)  # the star is the fifth one's
    load_demo(lambda text: None)
    assert Proposal.objects.get().certificate.product_name == "Nước mắm trình diễn"
    counts = [model.objects.count() for model in (Programme, Plan, Visit, Remedy, Reception)]
    assert counts[0] == 4  # three years and the next
    assert counts[-1] == 10  # whichever producers somebody acts for
    real = Producer.objects.filter(is_demo=False)
    assert not Visit.objects.filter(producer__in=real).exists()
    assert not Reception.objects.filter(producer__in=real).exists()
    assert set(Visit.objects.values_list("state", flat=True)) == {
        "planned", "announced", "under_way", "signed", "concluded", "closed",
    } - (set() if Visit.objects.filter(state="planned").exists() else {"planned"})  # fmt: skip
    assert Overlap.objects.filter(state="open").count() == 1
    load_demo(lambda text: None)
    assert [model.objects.count() for model in (Programme, Plan, Visit, Remedy, Reception)] == counts
