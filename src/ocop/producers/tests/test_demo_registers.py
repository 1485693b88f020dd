"""The invented areas, associations and figures: made once, nothing about real producers, as actions write them."""

from datetime import date

import pytest

from ocop.accounts.enums import Role
from ocop.kit import registry
from ocop.producers import demo
from ocop.producers.actions import confirm_share, restructure_association
from ocop.producers.models import (
    AreaCertificate,
    AreaSupply,
    Association,
    AssociationMember,
    LocalShare,
    MaterialArea,
    Producer,
)
from ocop.producers.tests.factories import ProducerFactory
from ocop.producers.tests.offices import make_offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices(settings, monkeypatch, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+07:00")
    made = make_offices(with_district=True)
    settings.OCOP_PROVINCE = made.province.code
    made.district.valid_to = demo.LAST_DAY
    made.district.save()
    made.commune.lat, made.commune.lng = "18.20000", "105.70000"
    made.commune.save()
    monkeypatch.setattr(demo, "persona_user", lambda name: made[Role.ADVISORY_OFFICER])
    for number in range(8):
        ProducerFactory(name=f"HTX trình diễn {number}", unit=made.commune, is_demo=True)
    return made


def test_it_is_made_once_and_only_of_invented_producers(offices) -> None:
    demo.load(lambda text: None)
    sizes = [model.objects.count() for model in (MaterialArea, AreaCertificate, LocalShare, Association)]
    demo.load(lambda text: None)
    assert [
        model.objects.count() for model in (MaterialArea, AreaCertificate, LocalShare, Association)
    ] == sizes
    assert sizes[:1] + sizes[2:] == [demo.HOW_MANY, 24, 3]
    named = set(AreaSupply.objects.values_list("producer", flat=True))
    named |= set(LocalShare.objects.values_list("producer", flat=True))
    named |= set(AssociationMember.objects.values_list("producer", flat=True))
    assert named <= set(Producer.objects.filter(is_demo=True).values_list("pk", flat=True))
    assert MaterialArea.objects.on_map(date(2026, 11, 24)).exists()
    assert MaterialArea.objects.found_by("vung buoi").exists()
    assert registry.demo_steps["producers.registers"].order > registry.demo_steps["products.invented"].order


def test_a_confirmed_figure_is_what_the_commune_would_have_written(offices) -> None:
    demo.load(lambda text: None)
    bulk = LocalShare.objects.confirmed().first()
    seen = (bulk.confirmed_unit, bulk.confirmed_by is not None, bulk.confirmed_at is not None)
    waiting = LocalShare.objects.filter(confirmed_at=None).first()
    done = confirm_share(waiting, by=offices[Role.COMMUNE_OFFICER])
    assert (done.confirmed_unit, done.confirmed_by is not None, done.confirmed_at is not None) == seen


def test_an_association_of_the_demo_can_be_restructured_as_any_other(offices) -> None:
    demo.load(lambda text: None)
    old = Association.objects.get(unit=offices.district)
    heirs = list(Association.objects.exclude(pk=old.pk))
    members = old.members.count()
    done = restructure_association(
        old, into=heirs, on=date(2025, 7, 1), basis="QĐ 1", by=offices[Role.ADVISORY_OFFICER]
    )
    assert (done.moved, done.left) == (members, ())
