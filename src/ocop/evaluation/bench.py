"""Measures of evaluation: the list of dossiers with 20,000 rows for each kind of reader, the handover of a province."""

import time
from collections.abc import Callable
from datetime import date, timedelta

from django.urls import reverse

from ocop.audit.models import Event
from ocop.evaluation.actions import council
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import ConflictDeclaration, Dossier, DossierMove, Seat, SessionItem
from ocop.evaluation.tests.reorganised import eve_of
from ocop.evaluation.tests.world import World, make_world
from ocop.kit import clock
from ocop.kit.bench import Bench, client_of, page_ratio, queries
from ocop.kit.flow import TRANSFER
from ocop.units.actions import hand_over
from ocop.units.models import Unit
from ocop.units.queries import home_province
from ocop.units.tests.factories import UnitFactory

ROWS = 20_000
SESSIONS, AGENDA = (
    20,
    100,
)  # ten years of two rounds, each with more products than the province ranks in a year
LEAST_SEEN = 1_000  # a reader of fewer would measure an empty list
HANDED_OVER = 5_000
HANDOVER_STATES = [
    "submitted",
    "commune_review",
    "district_intake",
    "district_council_ready",
    "returned_by_district",
]
BOARD_SET = 13  # the set with 34 criteria
STATES = (
    DossierState.SUBMITTED,
    DossierState.COMMUNE_REVIEW,
    DossierState.PROPOSED,
    DossierState.PROVINCE_INTAKE,
)


def many_dossiers(world: World, rows: int = ROWS, communes: int = 20) -> None:
    """That many dossiers over the communes of the province, in the states in which offices work."""
    template = world.walk_to("submitted")
    units: list[Unit] = [world.commune, *(UnitFactory(under=world.province) for _ in range(communes - 1))]
    made = []
    for index in range(rows):
        row = Dossier(
            code=f"B{index:06d}",
            product=template.product,
            producer=template.producer,
            criteria_set=template.criteria_set,
            procedure=template.procedure,
            unit=units[index % communes],
            province=world.province,
            state=STATES[index // communes % len(STATES)],
            round=world.round,
            created_by=template.created_by,
            created_at=clock.now(),
            submitted_at=template.submitted_at,
            form01=template.form01,
            form02=template.form02,
            answers=template.answers,
            due_on=clock.today(),
        )
        row.set_search()
        made.append(row)
    Dossier.objects.bulk_create(made, batch_size=2_000)


def large_agenda(world: World, sessions: int = SESSIONS, size: int = AGENDA) -> None:
    """Sessions with full agendas of dossiers at the province's intake, the chair having declared no conflict."""
    by = world["secretary"]
    meetings = [
        council.plan_session(world.council, held_on=clock.today(), by=by, round=world.round)
        for _ in range(sessions)
    ]
    rows = Dossier.objects.filter(state=DossierState.PROVINCE_INTAKE).order_by("pk").only("pk")
    SessionItem.objects.bulk_create(
        SessionItem(session=meetings[place % sessions], dossier=row, position=place // sessions + 1)
        for place, row in enumerate(rows[: sessions * size])
    )
    seat = Seat.objects.get(council=world.council, user=world["chair"])
    ConflictDeclaration.objects.bulk_create(
        ConflictDeclaration(item=item, seat=seat, has_conflict=False, at=clock.now())
        for item in SessionItem.objects.all()
    )


def list_for(name: str) -> Callable[[], float]:
    """The bench of one reader: p95 of the first page of the list, in signed-in empty views."""

    def run() -> float:
        world = make_world()
        many_dossiers(world)
        user = world.people[name]
        if name == "chair":
            large_agenda(world)
        seen = Dossier.objects.visible_to(user).open().count()
        if seen < LEAST_SEEN:
            raise AssertionError(f"{name} sees {seen} dossiers only")
        return page_ratio(reverse("evaluation:dossier-list") + "?xem=open", user, use_p95=True)

    return run


def board_queries() -> float:
    """Queries of the board of 9 members after 3 rounds, as the chair opens it: session and frame included."""
    world = make_world(set_number=BOARD_SET, members=9)
    item = world.put_on_agenda(world.walk_to("council_ready"))
    for _ in range(3):
        world.mark(item, [78] * 9)
        council.save_discussion(item, text="Hội đồng đã thảo luận.", by=world["secretary"])
        item.refresh_from_db()
    client = client_of(world["chair"])
    address = reverse("evaluation:item-board", args=[item.pk])
    if client.get(address).status_code != 200:
        raise AssertionError("the board does not open")
    return queries(lambda: client.get(address))


def handover_seconds() -> float:
    """Processor seconds of handing over 5,000 dossiers of Hà Tĩnh on 1/7/2025: one transaction, the 219 agencies ended.

    AssertionError unless every dossier has its step and its event in the log afterwards.
    """
    day = date(2025, 7, 1)
    province = home_province(day - timedelta(days=1))
    eve = eve_of(province, day - timedelta(days=1))
    communes = list(Unit.objects.covered_by(province).filter(level="commune", valid_to=eve.day))
    product = eve.product(communes[0])
    per_commune, left = divmod(HANDED_OVER, len(communes))
    for place, unit in enumerate(communes):
        count = per_commune + (place < left)
        states = (HANDOVER_STATES * (count // len(HANDOVER_STATES) + 1))[:count]
        eve.dossiers(unit, states, product=product)
    by = eve.desk()
    begun = time.process_time()
    hand_over(province, day, by=by)
    taken = time.process_time() - begun
    moves = DossierMove.objects.filter(name=TRANSFER).count()
    events = Event.objects.filter(verb="flow.moved", subject_type="evaluation.dossier").count()
    if (moves, events) != (HANDED_OVER, HANDED_OVER):
        raise AssertionError(f"{moves} steps and {events} events of {HANDED_OVER} dossiers")
    return taken


BENCHES = [
    Bench(
        "handover",
        f"handover of a province's open work ({HANDED_OVER:,} rows), one transaction",
        10,
        "seconds on one core",
        handover_seconds,
        for_scale=True,
    ),
    Bench("council-board", "council board, 9 members, 34 criteria, 3 rounds", 12, "queries", board_queries),
    Bench(
        "list-commune",
        "dossier list of 20,000, commune (p95)",
        25,
        "empty views",
        list_for("commune_officer"),
    ),
    Bench("list-province", "dossier list of 20,000, province (p95)", 25, "empty views", list_for("advisory")),
    Bench(
        "list-member",
        f"dossier list of 20,000, council member with {SESSIONS} agendas of {AGENDA} (p95)",
        25,
        "empty views",
        list_for("chair"),
    ),
]
