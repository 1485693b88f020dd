"""The home gathers what waits, from every registry, for each role."""

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.tests.world import make_world
from ocop.kit import clock
from ocop.workspace.queries import hand_in_by, round_clocks, search, work_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def titles(user) -> list[tuple[str, str]]:
    return [
        (todo.title, todo.action)
        for group in work_of(user, clock.today())
        for todo in group.items
        if todo.key.startswith("dossier-")
    ]


@pytest.mark.parametrize(
    ("state", "name", "press"),
    [
        ("draft", "owner", "Soạn tiếp"),
        ("submitted", "commune_officer", "Tiếp nhận"),
        ("commune_review", "commune_leader", "Lập mẫu 03"),
        ("proposed", "advisory", "Tiếp nhận"),
        ("expert_review", "expert", "Thẩm định"),
    ],
)
def test_dossier_waits_for_the_one_whose_step_it_is(world, state, name, press):
    world.walk_to(state)
    assert titles(world[name]) == [("Nước mắm Kỳ Thử", press)]
    assert titles(world["other_officer"]) == []


def test_empty_home_says_so(world):
    client = Client()
    client.force_login(world["stranger"])
    page = client.get(reverse("workspace:home")).content.decode()
    assert "Hôm nay không có việc nào chờ bạn" in page
    assert f'class="btn btn-primary" href="{reverse("evaluation:dossier-list")}"' in page


def lines(user) -> list[tuple[str, str]]:
    return [(todo.title, todo.url) for group in work_of(user, clock.today()) for todo in group.items]


def test_home_leads_a_producer_to_the_first_step(world):
    world["stranger"].unit = world.commune
    assert lines(world["stranger"]) == [("Ghi cơ sở của bạn", reverse("producers:mine"))]
    mine = reverse("evaluation:my-dossiers")
    assert lines(world["owner"]) == [("Lập hồ sơ OCOP cho sản phẩm của bạn", mine)]
    add = reverse("products:add", args=[world.producer.code])
    world.product.delete()
    assert lines(world["owner"]) == [("Thêm sản phẩm đầu tiên", add)]


def test_search_finds_without_marks_and_only_what_exists_for_the_user(world):
    row = world.walk_to("submitted")
    found = [title for hits in search(world["commune_officer"], "nuoc mam ky") for title, _, _ in hits.rows]
    assert row.product.name in found
    assert search(world["stranger"], "nuoc mam ky") == []


def test_round_clock_shows_the_next_ranking(world):
    (only,) = round_clocks(world.province, clock.today())
    assert only.round == world.round


def test_producer_reads_the_day_to_hand_in_and_an_officer_the_rounds(world, settings):
    settings.OCOP_MFA_REQUIRED = False
    world["owner"].unit = world.commune
    world["owner"].save()
    shown = {}
    for name in ("owner", "commune_officer"):
        client = Client()
        client.force_login(world[name])
        context = client.get(reverse("workspace:home")).context
        shown[name] = (context["hand_in"], [row.round for row in context["clocks"]])
        shown[name] += (context["hands_in"],)
    expected = hand_in_by(world.province, clock.today())
    assert (expected.round, expected.day < world.round.propose_by) == (world.round, True)
    assert shown == {"owner": (expected, [], True), "commune_officer": (None, [world.round], False)}
