"""The page about the site says who answers for it today, and what is not known."""

from datetime import timedelta

import pytest
from django.conf import settings

from ocop.kit import clock
from ocop.units.enums import Duty
from ocop.units.models import AgencyDuty
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def offices():
    province = ProvinceFactory(code=settings.OCOP_PROVINCE, name="Hà Tĩnh")
    now = AgencyFactory(unit=province, name="Văn phòng Điều phối nông thôn mới")
    before = AgencyFactory(unit=province, name="Chi cục Phát triển nông thôn")
    today = clock.today()
    duty = {"duty": Duty.ADVISORY_BODY}
    AgencyDuty.objects.create(agency=now, valid_from=today, confirmed=False, **duty)
    ended = today - timedelta(days=1)
    AgencyDuty.objects.create(agency=before, valid_from=before.valid_from, valid_to=ended, **duty)


def test_it_names_the_offices_of_today(client):
    page = client.get("/gioi-thieu/").content.decode()
    assert "Văn phòng Điều phối nông thôn mới (chưa đối chiếu)" in page
    assert "Chi cục Phát triển nông thôn" not in page


def test_it_says_when_no_contact_is_known_and_shows_the_one_that_is(client, settings):
    nothing = "chưa được công bố ở đây"
    assert nothing in client.get("/gioi-thieu/").content.decode()
    settings.OCOP_CONTACT_PHONE = "0239 385 5555"
    page = client.get("/gioi-thieu/").content.decode()
    assert '<a href="tel:02393855555">0239 385 5555</a>' in page
    assert nothing not in page
