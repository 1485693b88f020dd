"""A list costs the same number of queries with few rows as with many, at every desk. No timing here."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.evaluation.actions import council
from ocop.evaluation.enums import DossierState, Outcome
from ocop.evaluation.models import (
    ConflictDeclaration,
    DecisionDraft,
    Dossier,
    ExpertAssignment,
    Result,
    Seat,
    SessionItem,
)
from ocop.evaluation.tests.world import World, make_world
from ocop.kit import clock

pytestmark = pytest.mark.django_db

FEW, MANY = 40, 120  # few enough to see growth, enough for a dossier in every state
STATES = tuple(DossierState)
DESKS = (
    "owner", "commune_officer", "commune_leader", "advisory", "expert_lead", "expert", "chair", "secretary",
    "leader", "clerk", "standing",
)  # fmt: skip
PAGES = (
    "evaluation:dossier-list", "evaluation:my-dossiers", "evaluation:draft-list", "evaluation:draft-create",
    "evaluation:session-list", "evaluation:council-list", "evaluation:expert-assigned", "workspace:home",
)  # fmt: skip


def costs(world: World) -> dict[tuple[str, str], int]:
    """Queries of each page that opens for each desk, once the caches that outlive a request are warm."""
    found = {}
    for name in DESKS:
        client = Client()
        client.force_login(world.people[name])
        for page in PAGES:
            if client.get(reverse(page)).status_code == 200:
                with CaptureQueriesContext(connection) as caught:
                    client.get(reverse(page))
                found[name, page] = len(caught)
    return found


def fill(world: World, template: Dossier, total: int) -> None:
    """That many dossiers more, over all states, each with an expert, on an agenda, and as many sessions and drafts."""
    made = []
    for number in range(total):
        row = Dossier.objects.model(
            **{field.attname: getattr(template, field.attname) for field in Dossier._meta.concrete_fields}
        )
        row.pk, row.code = None, f"C{total:03d}-{number:03d}"
        row.state = STATES[number % len(STATES)]
        made.append(row)
    Dossier.objects.bulk_create(made)
    desk, today, now = world["secretary"], clock.today(), clock.now()
    sessions = [
        council.plan_session(
            world.council, held_on=today + timedelta(days=number), by=desk, round=world.round
        )
        for number in range(min(total, 40))
    ]
    items = SessionItem.objects.bulk_create(
        SessionItem(session=sessions[number % len(sessions)], dossier=row, position=number)
        for number, row in enumerate(made)
    )
    seats = list(Seat.objects.filter(council=world.council))
    ConflictDeclaration.objects.bulk_create(
        ConflictDeclaration(item=item, seat=seat, has_conflict=False, at=now)
        for item in items
        for seat in seats
    )
    Result.objects.bulk_create(
        Result(
            item=item, dossier=item.dossier, outcome=Outcome.RECOGNISE, points=78, band=4, stars=4, counted=4,
            closed_by=world["chair"], closed_at=now,
        )
        for item in items
    )  # fmt: skip
    ExpertAssignment.objects.bulk_create(
        ExpertAssignment(dossier=row, expert=world["expert"], assigned_by=world["advisory"], assigned_at=now)
        for row in made
    )
    DecisionDraft.objects.bulk_create(
        DecisionDraft(
            province=world.province, issuer=world.committee, title=f"Dự thảo {number}", created_at=now,
            created_by=world["advisory"],
        )
        for number in range(total)
    )  # fmt: skip


def test_a_list_costs_the_same_queries_with_120_rows_as_with_40() -> None:
    world = make_world()
    template = world.walk_to("submitted")
    fill(world, template, FEW)
    few = costs(world)
    fill(world, template, MANY - FEW)
    assert costs(world) == few
    pages = {page for _, page in few}
    assert pages == set(PAGES)
