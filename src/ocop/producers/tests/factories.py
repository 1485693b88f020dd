"""Producers and people for tests, for this app and those above."""

from datetime import date

import factory

from ocop.accounts.enums import Role
from ocop.accounts.models import User
from ocop.accounts.tests.factories import MembershipFactory
from ocop.accounts.tests.factories import UserFactory as PersonFactory
from ocop.kit import clock
from ocop.producers.enums import AccessKind, LegalForm
from ocop.producers.models import Producer, ProducerAccess, ProducerForm, ProducerSite, Representative
from ocop.units.enums import AgencyKind
from ocop.units.models import Agency, Unit
from ocop.units.tests.factories import AgencyFactory, UnitFactory

FIRST_DAY = date(2026, 1, 1)


class ProducerFactory(factory.django.DjangoModelFactory):
    """A cooperative with its legal form and address since 2026."""

    class Meta:
        model = Producer
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"HTX Thử nghiệm {number}")
    unit = factory.SubFactory(UnitFactory)

    @factory.post_generation
    def form(producer, create, form, **kwargs):  # noqa: N805 - factory_boy passes the object first
        """`ProducerFactory(form="household")`; False leaves it without a legal form."""
        if create and form is not False:
            ProducerForm.objects.create(
                producer=producer,
                form=form or LegalForm.COOPERATIVE,
                size=kwargs.get("size", ""),
                valid_from=FIRST_DAY,
            )

    @factory.post_generation
    def site(producer, create, address, **kwargs):  # noqa: N805
        """The main address, in the producer's unit."""
        if create:
            ProducerSite.objects.create(
                producer=producer, unit=producer.unit, address=address or "", valid_from=FIRST_DAY
            )


class AccessFactory(factory.django.DjangoModelFactory):
    """An owner since 2026."""

    class Meta:
        model = ProducerAccess

    producer = factory.SubFactory(ProducerFactory)
    user = factory.SubFactory(PersonFactory)
    kind = AccessKind.OWNER
    valid_from = FIRST_DAY


class RepresentativeFactory(factory.django.DjangoModelFactory):
    """A representative with every personal datum filled in."""

    class Meta:
        model = Representative

    producer = factory.SubFactory(ProducerFactory)
    full_name = "Đặng Thị Bí Mật"
    position = "Giám đốc"
    gender = "female"
    ethnicity = "Chứt"
    phone = "+84987654321"
    email = "bimat@example.vn"
    personal_id = "042199000123"
    consent_text = "Tôi đồng ý."
    consent_at = factory.LazyFunction(clock.now)
    consent_recorded_by = factory.SubFactory(PersonFactory)
    valid_from = FIRST_DAY


def officer(unit: Unit, role: str = Role.COMMUNE_OFFICER) -> User:
    """Somebody who holds the role in the people's committee of the unit."""
    kind = AgencyKind.COMMUNE_COMMITTEE if unit.level == "commune" else AgencyKind.PROVINCE_COMMITTEE
    agency = Agency.objects.filter(unit=unit).first() or AgencyFactory(unit=unit, kind=kind)
    return MembershipFactory(agency=agency, role=role).user


def owner_of(producer: Producer, kind: str = AccessKind.OWNER) -> User:
    """A person with access to the producer since 2026."""
    return AccessFactory(producer=producer, kind=kind).user
