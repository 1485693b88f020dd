"""Two provinces, two communes of one of them, and the people who look after them."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache

from ocop.accounts.enums import Role
from ocop.accounts.tests.factories import MembershipFactory, UserFactory
from ocop.kit import registry
from ocop.units.enums import AgencyKind
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory, UnitFactory


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Limits count in the cache; each test starts with none used."""
    cache.clear()


@pytest.fixture
def land(db):
    """Province, commune and neighbour with their committees; a stranger province; administrator and leaders."""
    province = ProvinceFactory()
    commune, neighbour = UnitFactory(under=province), UnitFactory(under=province)
    strange = ProvinceFactory()
    strange_commune = UnitFactory(under=strange)
    made = SimpleNamespace(
        province=province,
        commune=commune,
        neighbour=neighbour,
        strange=strange,
        strange_commune=strange_commune,
        committee=AgencyFactory(unit=province, kind=AgencyKind.PROVINCE_COMMITTEE),
        office=AgencyFactory(unit=commune),
        next_office=AgencyFactory(unit=neighbour),
        strange_committee=AgencyFactory(unit=strange, kind=AgencyKind.PROVINCE_COMMITTEE),
        strange_office=AgencyFactory(unit=strange_commune),
    )
    made.admin = MembershipFactory(agency=made.committee, role=Role.ADMINISTRATOR).user
    made.leader = MembershipFactory(agency=made.office, role=Role.COMMUNE_LEADER).user
    made.officer = MembershipFactory(agency=made.office).user
    made.next_officer = MembershipFactory(agency=made.next_office).user
    made.stranger = MembershipFactory(agency=made.strange_committee, role=Role.ADMINISTRATOR).user
    return made


@pytest.fixture
def person(db):
    """Somebody without a role, reachable by phone and e-mail."""
    return UserFactory(
        full_name="Trần Thị Bưởi", username="buoi", phone="+84912345678", email="buoi@example.vn"
    )


@pytest.fixture
def heard(monkeypatch):
    """Announcements made during the test, as (verb, subject, facts)."""
    told = []
    monkeypatch.setattr(
        registry,
        "_listeners",
        [lambda verb, by, subject, request, **facts: told.append((verb, subject, facts))],
    )
    return told


@pytest.fixture
def texted(settings, tmp_path):
    """The file in which the demo gateway writes messages."""
    settings.OCOP_SMS = "file"
    settings.OCOP_DATA_DIR = tmp_path
    return tmp_path / "sms" / "outbox.jsonl"
