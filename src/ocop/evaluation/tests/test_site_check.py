"""A re-evaluation is checked on site only where something changed much, and the choice is on record (Art. 7.6)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ocop.evaluation.actions import commune
from ocop.evaluation.actions.site_check import record_site_check
from ocop.evaluation.enums import DossierKind
from ocop.evaluation.models import Dossier, SiteCheck
from ocop.evaluation.rules.site_check import SiteCheckFacts, still_missing
from ocop.evaluation.tests.world import REPORT, World, make_world
from ocop.files.tests.factories import picture
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (SiteCheckFacts(None, None, False), ["site_check.choice"]),
        (SiteCheckFacts(False, None, False), []),
        (SiteCheckFacts(True, None, True), ["site_check.minutes"]),
        (SiteCheckFacts(True, date(2026, 11, 1), False), ["site_check.minutes"]),
        (SiteCheckFacts(True, date(2026, 11, 1), True), []),
    ],
)
def test_what_stands_in_the_way(facts, codes):
    assert [one.code for one in still_missing(facts)] == codes


@pytest.fixture
def world(db) -> World:
    return make_world()


def at_commune(world: World, kind: str = DossierKind.RENEWAL) -> Dossier:
    row = world.walk_to("commune_review")
    Dossier.objects.filter(pk=row.pk).update(kind=kind)
    row.refresh_from_db()
    commune.save_report(row, values=REPORT, by=world["commune_officer"])
    return row


def propose(world: World, row: Dossier) -> None:
    commune.propose(row, by=world["commune_leader"], letter_number="12/TTr-UBND")


def signed(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_renewal_is_not_proposed_without_the_choice(world):
    row = at_commune(world)
    with pytest.raises(Refused) as refused:
        propose(world, row)
    assert "site_check.choice" in [one.code for one in refused.value.refusals]
    record_site_check(row, is_needed=True, reason="Đổi nơi sản xuất.", by=world["commune_officer"])
    with pytest.raises(Refused) as refused:
        propose(world, row)
    assert "site_check.minutes" in [one.code for one in refused.value.refusals]
    record_site_check(row, is_needed=False, reason="Chỉ đổi nhãn.", by=world["commune_officer"])
    propose(world, row)
    assert (SiteCheck.objects.count(), Dossier.objects.get(pk=row.pk).state) == (1, "proposed")


def test_a_first_application_needs_none(world):
    row = at_commune(world, DossierKind.FIRST)
    there = reverse("evaluation:site-check", args=[row.code])
    assert signed(world["commune_officer"]).get(there).status_code == 404
    propose(world, row)


def test_the_commune_records_the_check_with_its_minutes_on_the_page(world):
    row = at_commune(world)
    there = reverse("evaluation:site-check", args=[row.code])
    officer = signed(world["commune_officer"])
    record = reverse("evaluation:dossier-detail", args=[row.code])
    assert f'href="{there}"' in officer.get(record).content.decode()
    day = clock.today() - timedelta(days=1)
    sent = {"is_needed": "yes", "reason": "Đổi nơi sản xuất.", "visited_on": day.isoformat(), "once": "k"}
    assert officer.post(there, {**sent, "reason": " "}).status_code == 422
    for _ in range(2):
        minutes = SimpleUploadedFile("bien-ban.jpg", picture(), content_type="image/jpeg")
        assert officer.post(there, {**sent, "minutes": minutes}).status_code == 302
    check = SiteCheck.objects.get()
    assert (check.level, check.visited_on, check.minutes is not None) == ("commune", day, True)
    page = signed(world["owner"]).get(record).content.decode()
    assert f"kiểm tra thực tế ngày {day:%d/%m/%Y}, vì Đổi nơi sản xuất." in page
    opened = reverse("files:download", args=[check.minutes.key])
    assert signed(world["owner"]).get(opened).status_code == 200
    propose(world, row)


@pytest.mark.parametrize("name", ["owner", "advisory", "expert"])
def test_only_the_office_that_holds_the_dossier_records(world, name):
    row = at_commune(world)
    with pytest.raises(Forbidden):
        record_site_check(row, is_needed=False, reason="Không đổi.", by=world[name])


def test_the_advisory_body_records_its_own(world):
    row = at_commune(world)
    record_site_check(row, is_needed=False, reason="Không đổi.", by=world["commune_officer"])
    row = world.walk_on(row, "province_intake")
    with pytest.raises(Forbidden):
        record_site_check(row, is_needed=True, reason="Xã đổi ý.", by=world["commune_officer"])
    record_site_check(row, is_needed=True, reason="Minh chứng chưa rõ.", by=world["advisory"])
    assert list(row.site_checks.values_list("level", "is_needed")) == [("commune", False), ("province", True)]


def test_a_day_ahead_and_a_check_that_was_not_needed_are_refused(world):
    row = at_commune(world)
    tomorrow = clock.today() + timedelta(days=1)
    for more, code in (
        ({"is_needed": True, "visited_on": tomorrow}, "site_check.ahead"),
        ({"is_needed": False, "visited_on": clock.today()}, "site_check.made"),
    ):
        with pytest.raises(Refused) as refused:
            record_site_check(row, reason="Thử.", by=world["commune_officer"], **more)
        assert refused.value.code == code
