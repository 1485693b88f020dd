"""The life of a star after its certificate: warned, renewed, replaced (Art. 7.6 of Decision 26/2026/QĐ-TTg)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import dossier
from ocop.evaluation.models import Dossier
from ocop.evaluation.tests.world import FORM_02, World, make_world
from ocop.inbox.models import Notice
from ocop.kit import clock
from ocop.recognition.actions import warn_of_expiry
from ocop.recognition.models import Certificate

pytestmark = pytest.mark.django_db

UPDATES = {"update_making": "không đổi", "update_papers": "đã kiểm nghiệm lại", "update_market": "2,3 tỷ"}


def signed(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.mark.journey("VI.12:certificates", "IV.3.2.d:decision-26", "IV.4.4:mark-right")
def test_a_star_about_to_end_is_warned_of_renewed_with_one_press_and_replaced(world: World):
    today = clock.today()
    (old,) = world.recognise(world.walk_to("awaiting_decision", points=78))
    Certificate.objects.filter(pk=old.pk).update(
        issued_on=today - timedelta(days=915),
        issued_year=today.year - 3,
        valid_to=today + timedelta(days=180),
    )
    assert warn_of_expiry() == 1
    owner = signed(world["owner"])
    notice = Notice.objects.get(to=world["owner"], kind="recognition.expiring")
    assert "Đánh giá lại" in owner.get(notice.url).content.decode()

    answer = owner.post(reverse("evaluation:renew", args=[old.code]))
    renewal = Dossier.objects.get(kind="renewal")
    assert answer.url == reverse("evaluation:dossier-write", args=[renewal.code])
    dossier.save_form(renewal, form="form01", answers={"commitment": "yes"}, by=world["owner"])
    dossier.save_form(renewal, form="form02", answers={**FORM_02, **UPDATES}, by=world["owner"])
    label = reverse("recognition:label", args=[old.code])
    assert owner.get(label).status_code == 200

    row = world.walk_on(Dossier.objects.get(pk=renewal.pk), "awaiting_decision", points=78)
    (new,) = world.recognise(row, number="88/QĐ-UBND", certificate="88/2026")
    assert new.valid_to > today + timedelta(days=1000)
    assert owner.get(label).status_code == 422
    shopper = Client()
    assert "Đã được thay thế" in shopper.get(reverse("public:validity", args=[old.code])).content.decode()
    assert "4 sao" in shopper.get(reverse("public:validity", args=[new.code])).content.decode()
