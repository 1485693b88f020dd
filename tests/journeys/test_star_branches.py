"""Branches after the council: sent back, the centre answers, no recognition. Decision 26/2026/QĐ-TTg, Art. 4, 7."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import council, decision, dossier
from ocop.evaluation.models import Dossier
from ocop.evaluation.tests.world import World, make_world
from ocop.kit import clock
from ocop.kit.errors import Refused
from ocop.recognition.models import Certificate, Decision
from ocop.units.enums import AgencyKind
from ocop.units.tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def seen_by(user, name: str, *args) -> str:
    client = Client()
    if user is not None:
        client.force_login(user)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, name
    return answer.content.decode()


def at_centre(world: World) -> Dossier:
    """A dossier of 94 points that the province has sent on."""
    row = world.walk_to("in_session", points=94)
    world.mark(world.extra["item"], [94] * 4)
    council.close_item(world.extra["item"], by=world["chair"])
    decision.approve_for_centre(row, by=world["leader"])
    decision.send_to_centre(row, by=world["advisory"], document="15/UBND-NL")
    return row


def centre_answers(world: World, row: Dossier, points: str, **more) -> None:
    decision.record_centre_result(
        row, points=Decimal(points), document="99/BC-BNNMT", received_on=clock.today(), by=world["standing"], **more
    )  # fmt: skip
    row.refresh_from_db()


@pytest.mark.journey("IV.3.2.d:decision-26", "VI.12:certificates")
def test_minister_gives_the_fifth_star_and_the_old_star_ends_that_day(world: World):
    (old,) = world.recognise(world.walk_to("awaiting_decision", points=78))
    row = at_centre(world)
    assert "4 sao" in seen_by(None, "public:validity", old.code)
    ministry = AgencyFactory(unit=None, kind=AgencyKind.MINISTRY, name="Bộ Nông nghiệp và Môi trường")
    centre_answers(
        world, row, "92.50", decision_number="7/QĐ-BNNMT", decision_on=clock.today(), issuer=ministry,
        certificate_number="5S-01",
    )  # fmt: skip
    new = Certificate.objects.get(stars=5)
    old.refresh_from_db()
    assert (row.state, old.state_on(clock.today()).value, new.state_on(clock.today()).value) == (
        "recognised", "replaced", "valid",
    )  # fmt: skip
    shown = seen_by(None, "public:validity", old.code)
    assert "thay thế" in shown
    assert new.code in shown
    assert "7/QĐ-BNNMT" in seen_by(None, "public:validity", new.code)


def test_below_ninety_at_the_centre_the_province_recognises_four_on_it(world: World):
    row = at_centre(world)
    centre_answers(world, row, "85.25")
    assert "awaiting" not in row.state
    decision.decide_on_centre_result(row, by=world["leader"])
    (certificate,) = world.recognise(row)
    row.refresh_from_db()
    assert (row.state, certificate.stars) == ("recognised", 4)


def test_below_ninety_at_the_centre_the_leader_may_have_it_ranked_again(world: World):
    row = at_centre(world)
    centre_answers(world, row, "88.00")
    decision.order_reranking(row, by=world["leader"], reason="Kết quả trung ương lệch nhiều so với tỉnh.")
    row.refresh_from_db()
    assert row.state == "council_ready"
    item = world.put_on_agenda(row)
    world.mark(item, [80] * 4)
    council.close_item(item, by=world["chair"])
    (certificate,) = world.recognise(row)
    assert certificate.stars == 4


def test_leader_sends_a_result_back_and_the_council_meets_again(world: World):
    row = world.walk_to("awaiting_decision", points=78)
    decision.return_to_council(row, by=world["leader"], reason="Xem lại minh chứng tiêu chí 1.2.")
    item = world.put_on_agenda(row)
    world.mark(item, [60] * 4)
    council.close_item(item, by=world["chair"])
    (certificate,) = world.recognise(row)
    assert certificate.stars == 3
    assert "Xem lại minh chứng tiêu chí 1.2." in seen_by(
        world["advisory"], "evaluation:dossier-history", row.code
    )


def test_two_stars_get_neither_decision_nor_certificate_but_two_letters(world: World):
    row = world.walk_to("to_be_told", points=45)
    with pytest.raises(Refused) as refused:
        decision.draft_decision(
            province=world.province, issuer=world.committee, dossiers=[row], title="Công nhận",
            by=world["advisory"],
        )  # fmt: skip
    assert refused.value.code == "draft.state"
    client = Client()
    client.force_login(world["advisory"])
    client.post(reverse("evaluation:result-letters", args=[row.code]))
    client.post(reverse("evaluation:dossier-move", args=[row.code]), {"verb": "tell_result"})
    row.refresh_from_db()
    assert (row.state, Certificate.objects.count(), Decision.objects.count()) == ("not_ranked", 0, 0)
    for name in ("owner", "commune_officer"):
        assert row.code in seen_by(world[name], "inbox:list")
    listed = Client().get("/api/v1/recognitions").json()
    assert listed["count"] == 0


def test_product_not_ranked_may_be_put_forward_again_in_a_later_round(world: World):
    row = world.walk_to("to_be_told", points=45)
    client = Client()
    client.force_login(world["advisory"])
    client.post(reverse("evaluation:result-letters", args=[row.code]))
    decision.tell_result(row, by=world["advisory"])
    again = world.walk_to("submitted", points=78)
    assert (again.pk != row.pk, again.product) == (True, row.product)
    dossier.withdraw(again, by=world["owner"], reason="Chờ phiếu kiểm nghiệm mới.")
    again.refresh_from_db()
    assert again.state == "withdrawn"
