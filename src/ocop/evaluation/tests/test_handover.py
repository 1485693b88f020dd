"""A person leaves: the dossiers in their name go to the heir, or wait for the head of the team."""

from datetime import timedelta

import pytest

from ocop.accounts.actions import end_membership, hand_over
from ocop.accounts.models import Membership
from ocop.accounts.queries import forget_scope
from ocop.accounts.tests.factories import UserFactory
from ocop.evaluation.actions.handover import move_all_expert_work
from ocop.evaluation.models import ExpertAssignment
from ocop.evaluation.queries.todo import waiting_for
from ocop.evaluation.tests.world import make_world
from ocop.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    made = make_world()
    Membership.objects.update(valid_from=clock.today() - timedelta(days=30))
    for user in made.people.values():
        forget_scope(user)
    return made


def role_of(user) -> Membership:
    return Membership.objects.get(user=user, valid_to__isnull=True)


def waits(*users) -> list[int]:
    for user in users:
        forget_scope(user)
    return [waiting_for(user).count() for user in users]


def test_the_heir_finds_the_work_and_the_old_holder_does_not(world):
    dossier, heir, old = world.walk_to("expert_review"), UserFactory(), world["expert"]
    ExpertAssignment.objects.update(assigned_at=clock.now() - timedelta(days=2))
    hand_over(role_of(old), to_user=heir, on=clock.today(), basis="Quyết định 5", by=world["admin"])
    assert set(dossier.expert_assignments.values_list("expert", "is_lead")) == {
        (world["expert_lead"].pk, True), (heir.pk, False),
    }  # fmt: skip
    assert waits(heir, old) == [1, 0]


def test_a_later_day_is_waited_for_and_twice_is_once(world, monkeypatch):
    dossier, heir, old = world.walk_to("expert_review"), UserFactory(), world["expert"]
    start = clock.today() + timedelta(days=5)
    hand_over(role_of(old), to_user=heir, on=start, basis="Quyết định 5", by=world["admin"])
    assert (move_all_expert_work(), waits(old)) == (0, [1])
    monkeypatch.setattr(clock, "today", lambda: start)
    assert (move_all_expert_work(), move_all_expert_work(), waits(heir)) == (1, 0, [1])
    assert dossier.expert_assignments.count() == 2


def test_without_an_heir_the_head_of_the_team_sees_it(world):
    dossier, lead = world.walk_to("expert_review"), world["expert_lead"]
    dossier.expert_assignments.filter(expert=lead).delete()
    before = waits(lead)
    end_membership(role_of(world["expert"]), by=world["admin"], on=clock.today() - timedelta(days=1))
    assert (before, waits(lead, world["expert"])) == ([0], [1, 0])


def test_the_communes_others_see_what_an_officer_left(world):
    world.walk_to("commune_review")
    officer = world["commune_officer"]
    colleague = UserFactory()
    hand_over(role_of(officer), to_user=colleague, on=clock.today(), basis="Quyết định 6", by=world["admin"])
    assert waits(world["commune_leader"], colleague, officer) == [1, 1, 0]
