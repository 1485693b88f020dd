"""What a visitor of the demo finds: every persona signs in with one press and has work; stars stand in every state."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from ocop.accounts.demo import DISTRICT, PERSONAS
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier
from ocop.evaluation.rules.workflow import AT_DISTRICT
from ocop.kit import clock
from ocop.kit.jobs.loads import load_demo, load_reference
from ocop.recognition.models import Certificate
from tests.browser.conftest import PHONE

# The administrator and the people of the second province, who are there to see nothing.
WITHOUT_WORK = {"quan-tri", "can-bo-tinh-khac", "can-bo-xa-tinh-khac"}


@pytest.fixture
def demo(live_server, settings) -> None:
    """The whole demo, as `make run` loads it."""
    settings.OCOP_DEMO = True
    load_reference(str)
    load_demo(str)


def test_every_persona_finds_work_and_the_public_finds_every_state(demo, page: Callable[..., Page]) -> None:
    idle = set()
    for persona in (one for one in PERSONAS if one.group != DISTRICT):
        client = Client()
        led = client.post(reverse("accounts:persona_in", args=[persona.username]), follow=True)
        assert led.redirect_chain[-1] == (reverse("workspace:home"), 302), persona.username
        if not led.context["count"]:
            idle.add(persona.username)
    assert idle == WITHOUT_WORK
    states = set(Dossier.objects.values_list("state", flat=True))
    of_districts = {*AT_DISTRICT, DossierState.FORWARDED_BY_DISTRICT, DossierState.FELL_BACK}
    assert set(DossierState.values) - states == {DossierState.WITHDRAWN, *of_districts}
    rows = Certificate.objects.filter(is_demo=True).with_state(clock.today())
    assert set(rows.values_list("state_that_day", flat=True)) == {"valid", "expiring", "expired", "revoked"}

    window = page(PHONE)
    window.goto(reverse("accounts:personas"))
    window.get_by_role("button", name=re.compile("Nguyễn Thị Lan")).click()
    expect(window.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
