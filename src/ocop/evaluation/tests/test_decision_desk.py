"""The decision's desk: one press from home to the draft, with the last day, the star and the signer in sight."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import decision
from ocop.evaluation.models import Dossier
from ocop.evaluation.papers.decision import decision_context
from ocop.evaluation.queries.drafts import draft_todos
from ocop.evaluation.tests.world import make_world
from ocop.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def todo_of(user) -> list[tuple]:
    return [(todo.url, todo.action, todo.kind, todo.due) for todo in draft_todos(user, clock.today())]


def test_home_leads_to_the_draft_and_on_with_the_last_day(world):
    row = world.walk_to("awaiting_decision")
    create = reverse("evaluation:draft-create")
    assert todo_of(world["advisory"]) == [(create, "Lập dự thảo", "waiting", row.due_on)]
    page = client_of(world["advisory"]).get(create).content.decode()
    assert f"{row.product.name}, 4 sao – {row.producer.public_name} ({row.code})" in page
    client_of(world["advisory"]).post(create, {"title": "Công nhận đợt 2", "dossiers": [row.pk]})
    draft = row.decision_lines.get().draft
    address = reverse("evaluation:draft-detail", args=[draft.pk])
    assert todo_of(world["leader"]) == [(address, "Duyệt", "waiting", row.due_on)]
    page = client_of(world["leader"]).get(address)
    assert page.context["due"][0] == row.due_on
    assert f"{row.due_on:%d/%m/%Y}" in page.content.decode()


def test_a_draft_past_the_round_is_late(world):
    row = world.walk_to("awaiting_decision")
    yesterday = clock.today() - timedelta(days=1)
    Dossier.objects.filter(pk=row.pk).update(due_on=yesterday)
    assert [(kind, due) for _, _, kind, due in todo_of(world["advisory"])] == [("late", yesterday)]


def test_who_approved_is_offered_as_the_signer(world):
    row = world.walk_to("awaiting_decision")
    client_of(world["advisory"]).post(
        reverse("evaluation:draft-create"), {"title": "Công nhận đợt 2", "dossiers": [row.pk]}
    )
    draft = row.decision_lines.get().draft
    decision.approve_draft(draft, by=world["leader"])
    page = client_of(world["clerk"]).get(reverse("evaluation:draft-detail", args=[draft.pk]))
    assert page.context["form"]["signer"].value() == world["leader"].full_name


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("Về việc công nhận kết quả", "công nhận kết quả"),
        ("về việc Công nhận kết quả", "công nhận kết quả"),
        ("Công nhận kết quả", "công nhận kết quả"),
    ],
)
def test_the_paper_says_about_once(world, title, about):
    row = world.walk_to("awaiting_decision")
    client_of(world["advisory"]).post(
        reverse("evaluation:draft-create"), {"title": title, "dossiers": [row.pk]}
    )
    assert decision_context(row.decision_lines.get().draft)["about"] == about
