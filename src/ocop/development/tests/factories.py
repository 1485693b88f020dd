"""Rows of development for tests, for this app and those above."""

from datetime import date

import factory

from ocop.development.models import (
    Consultant,
    LinkGroup,
    ProductSurvey,
    StarCandidate,
    Technology,
    ValueChain,
)
from ocop.producers.tests.factories import ProducerFactory
from ocop.products.tests.factories import ProductFactory
from ocop.units.tests.factories import ProvinceFactory


class ConsultantFactory(factory.django.DjangoModelFactory):
    """An expert kept by a province."""

    class Meta:
        model = Consultant

    name = factory.Sequence(lambda number: f"Chuyên gia {number}")
    unit = factory.SubFactory(ProvinceFactory)


class TechnologyFactory(factory.django.DjangoModelFactory):
    """A machine introduced in 2026."""

    class Meta:
        model = Technology

    name = factory.Sequence(lambda number: f"Máy sấy {number}")
    unit = factory.SubFactory(ProvinceFactory)
    introduced_on = date(2026, 2, 1)
    introduced_by = "Sở Khoa học và Công nghệ"


class SurveyFactory(factory.django.DjangoModelFactory):
    """A survey of a province."""

    class Meta:
        model = ProductSurvey

    name = factory.Sequence(lambda number: f"Khảo sát {number}")
    unit = factory.SubFactory(ProvinceFactory)
    held_on = date(2026, 3, 1)
    surveyor = "Văn phòng Điều phối"


class CandidateFactory(factory.django.DjangoModelFactory):
    """A product on the way to four stars."""

    class Meta:
        model = StarCandidate

    product = factory.SubFactory(ProductFactory)
    year = 2026
    target_stars = 4


class LinkFactory(factory.django.DjangoModelFactory):
    """A link led by a producer, in its unit."""

    class Meta:
        model = LinkGroup

    name = factory.Sequence(lambda number: f"Liên kết {number}")
    goods = "Cu đơ"
    lead = factory.SubFactory(ProducerFactory)
    unit = factory.LazyAttribute(lambda row: row.lead.unit)
    founded_on = date(2024, 5, 1)


class ChainFactory(factory.django.DjangoModelFactory):
    """A circular chain led by a producer, without a material area."""

    class Meta:
        model = ValueChain

    name = factory.Sequence(lambda number: f"Chuỗi {number}")
    goods = "Cam"
    lead = factory.SubFactory(ProducerFactory)
    unit = factory.LazyAttribute(lambda row: row.lead.unit)
    evidence = "Biên bản kiểm tra"
    valid_from = date(2024, 1, 1)
