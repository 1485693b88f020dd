"""A member among many dossiers: which still wait for me, and one press to the next; presses only for who may."""

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import council, marking
from ocop.evaluation.models import Dossier
from ocop.evaluation.tests.world import answers_worth, make_world
from ocop.products.actions.product import open_product

pytestmark = pytest.mark.django_db
MANY = 12


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def more_dossiers(world, count: int) -> list[Dossier]:
    """Dossiers that wait for the council, each of its own product."""
    rows = []
    for number in range(count):
        world.product = open_product(
            world.producer, name=f"Món {number}", by=world["owner"], criteria_set=world.criteria_set
        )
        rows.append(world.walk_to("council_ready"))
    return rows


def go_on(client: Client, session, after=None) -> str:
    query = f"?sau={after.pk}" if after else ""
    return client.get(reverse("evaluation:session-next", args=[session.pk]) + query).url


def test_next_leads_through_declaring_and_marking_and_ends_at_the_session():
    world = make_world()
    first, second, third = more_dossiers(world, 3)
    session = world.open_session()
    items = [world.put_on_agenda(row, session) for row in (first, second)]
    (late,) = council.add_to_agenda(session, dossiers=[third], by=world["secretary"])
    council.start_item(late, by=world["secretary"])
    rounds = [council.open_marking(item, by=world["secretary"]) for item in items]
    client = client_of(world["member1"])
    assert go_on(client, session) == reverse("evaluation:sheet", args=[items[0].pk])
    assert go_on(client, session, items[0]) == reverse("evaluation:sheet", args=[items[1].pk])
    assert go_on(client, session, items[1]) == reverse("evaluation:declare", args=[late.pk])
    assert go_on(client, session, late) == reverse("evaluation:sheet", args=[items[0].pk])
    council.declare(late, by=world["member1"], has_conflict=True, statement="Góp vốn")
    answers = answers_worth(world.criteria_set, 75)
    for current in rounds:
        marking.save_sheet(current, by=world["member1"], answers=answers)
        marking.submit_sheet(current, by=world["member1"])
    home = reverse("evaluation:session-detail", args=[session.pk])
    assert go_on(client, session) == home
    assert client.get(home).context["mine"].open == 0
    assert go_on(client_of(world["secretary"]), session) == home
    assert client_of(world["stranger"]).get(home + "tiep/").status_code == 404


def test_the_agenda_shows_only_what_waits_for_me_in_the_same_queries(django_assert_max_num_queries):
    world = make_world()
    session = world.open_session()
    items = [world.put_on_agenda(row, session) for row in more_dossiers(world, MANY)]
    rounds = [council.open_marking(item, by=world["secretary"]) for item in items]
    for current in rounds[:-2]:
        marking.save_sheet(current, by=world["member1"], answers=answers_worth(world.criteria_set, 75))
        marking.submit_sheet(current, by=world["member1"])
    client, url = client_of(world["member1"]), reverse("evaluation:session-detail", args=[session.pk])
    client.get(url)
    with django_assert_max_num_queries(30):
        page = client.get(url + "?xem=chua-cham")
    assert [line.item.pk for line in page.context["lines"]] == [item.pk for item in items[-2:]]
    assert (page.context["mine"].open, page.context["mine"].of) == (2, MANY)
    assert len(client.get(url).context["lines"]) == MANY


@pytest.mark.parametrize(("name", "presses"), [("chair", True), ("secretary", False)])
def test_settling_a_ground_and_the_result_is_offered_to_who_may_press_it(name, presses):
    world = make_world()
    item = world.put_on_agenda(world.walk_to("council_ready"))
    current = council.open_marking(item, by=world["secretary"])
    ground = world.criteria_set.sheet.disqualifiers[0]
    tick = {"text": ground, "reason": "Nhãn sai", "evidence": "Ảnh nhãn"}
    for member in world.members:
        ticks = [tick] if member == world["member1"] else []
        marking.save_sheet(
            current, by=member, answers=answers_worth(world.criteria_set, 75), disqualifiers=ticks
        )
        marking.submit_sheet(current, by=member)
    council.close_marking(current, by=world["chair"])
    client = client_of(world[name])
    settle = reverse("evaluation:finding-settle", args=[item.disqualifier_findings.get().pk])
    for page in ("item-detail", "item-board"):
        text = client.get(reverse(f"evaluation:{page}", args=[item.pk])).content.decode()
        assert (settle in text) is presses, page
    assert 'value="conclude"' not in text
    assert client.post(settle, {"confirmed": "no"}).status_code == (302 if presses else 403)
    text = client.get(reverse("evaluation:item-board", args=[item.pk])).content.decode()
    assert ('value="conclude"' in text) is presses
