"""Partners for tests, for this app and those above."""

from datetime import date

import factory

from ocop.partners.enums import ContractKind, PartnerKind
from ocop.partners.models import Partner, PartnerConference, PartnerContract
from ocop.producers.tests.factories import ProducerFactory
from ocop.units.tests.factories import ProvinceFactory


class PartnerFactory(factory.django.DjangoModelFactory):
    """A retailer kept by a province."""

    class Meta:
        model = Partner

    name = factory.Sequence(lambda number: f"Siêu thị Thử {number}")
    kind = PartnerKind.CHAIN
    part = "retail"
    unit = factory.SubFactory(ProvinceFactory)
    areas = 3
    volume = 120
    volume_unit = "tấn"
    staff = 45
    certificates = 2


class ContractFactory(factory.django.DjangoModelFactory):
    """A running contract of sale over 200 million đồng."""

    class Meta:
        model = PartnerContract

    partner = factory.SubFactory(PartnerFactory)
    producer = factory.SubFactory(ProducerFactory)
    unit = factory.LazyAttribute(lambda row: row.producer.unit)
    kind = ContractKind.SALE
    number = factory.Sequence(lambda number: f"{number}/2026/HĐTT")
    signed_on = date(2026, 3, 12)
    value = 200_000_000


class ConferenceFactory(factory.django.DjangoModelFactory):
    """A conference of a province."""

    class Meta:
        model = PartnerConference

    name = factory.Sequence(lambda number: f"Hội nghị kết nối lần {number}")
    unit = factory.SubFactory(ProvinceFactory)
    organiser = "Văn phòng Điều phối nông thôn mới tỉnh"
    held_on = date(2026, 5, 20)
    place = "Thành phố Hà Tĩnh"
