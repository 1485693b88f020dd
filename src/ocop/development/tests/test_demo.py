"""The invented history: what it writes in bulk is what the actions write; twice is once; no real producer is in it."""

from datetime import date

import pytest
import time_machine
from django.db import transaction
from tests.personas import load_reference, silent

from ocop.development import demo
from ocop.development.actions.obstacles import press_obstacle, raise_obstacle
from ocop.development.models import (
    Advice,
    Obstacle,
    OrganisationCase,
    StarCandidate,
    TechnologyNeed,
    ValueChain,
)
from ocop.kit import registry
from ocop.partners.models import PartnerAssessment, PartnerContract
from ocop.producers.tests.factories import AccessFactory

LEFT_OUT = {"id", "code", "search_text", "search_exact", "opened_by_id"}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Reference data, personas and invented producers, once for the module."""
    travel = time_machine.travel("2026-11-24 09:00+07:00", tick=True)
    with django_db_blocker.unblock(), transaction.atomic(), travel:
        load_reference()
        for key in ("units", "accounts", "products.invented"):
            registry.demo_steps[key].run(silent)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(loaded, db):
    """What a test changes is undone after it."""


def facts(row) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} | {"pk": None}


def comparable(row) -> dict:
    return {name: value for name, value in facts(row).items() if name not in LEFT_OUT}


def steps(row) -> list[tuple]:
    return list(
        row.moves.values_list("flow", "name", "from_state", "to_state", "reason", "legal_basis", "at", "by")
    )


@pytest.mark.parametrize("number", [0, 4, 14])
def test_bulk_history_of_obstacles_is_what_the_actions_write(world, number):
    products = list(demo.Product.objects.filter(is_demo=True).select_related("producer__unit").order_by("pk"))
    cast = demo.Cast()
    past = demo._obstacle(products, cast, number)
    wanted = past.row
    given = {"assign": {"assignee": wanted.assignee, "answer_by": wanted.answer_by},
             "answer": {"answer": wanted.answer, "settle_by": wanted.settle_by},
             "settle": {"outcome": wanted.outcome, "result": wanted.result, "granted_m2": wanted.granted_m2,
                        "granted_money": wanted.granted_money},
             "confirm": {}}  # fmt: skip
    opened = past.opened.at
    with time_machine.travel(opened, tick=False):
        made = raise_obstacle(wanted.producer, kind=wanted.kind, title=wanted.title, by=cast.province, at=opened,
                              description=wanted.description, product=wanted.product, is_demo=True)  # fmt: skip
    made.moves.update(by=past.opened.by)
    AccessFactory(producer=wanted.producer, user=cast.owner)
    for step in past.steps:
        by = cast.owner if step.verb == "confirm" else cast.province
        with time_machine.travel(step.at, tick=False):
            move = press_obstacle(made, step.verb, by=by, at=step.at, **given[step.verb])
        type(move).objects.filter(pk=move.pk).update(by=step.by)
    [written] = demo.write_past(demo.OBSTACLE_DESK, [past])
    written.refresh_from_db()
    made.refresh_from_db()
    assert comparable(written) == comparable(made)
    assert steps(written) == steps(made)


def test_the_demo_fills_every_register_once_and_blames_no_real_producer(world):
    for _ in range(2):
        for key in ("partners", "development"):
            registry.demo_steps[key].run(silent)
    counts = [
        model.objects.count() for model in (Obstacle, Advice, OrganisationCase, TechnologyNeed, ValueChain)
    ]
    assert counts == [54, 40, 24, 36, 12]
    assert PartnerContract.objects.count() == 120
    assert PartnerAssessment.objects.filter(state="draft").count() == 39
    for model in (Obstacle, Advice, TechnologyNeed, StarCandidate, PartnerContract):
        assert model.objects.exclude(producer__is_demo=True).count() == 0
    assert Obstacle.objects.filter(closed_at__isnull=True).exclude(level="0").count() > 0
    assert Obstacle.objects.filter(opened_at__date__gt=date(2026, 11, 24)).count() == 0
