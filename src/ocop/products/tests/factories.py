"""Products, papers and marks for tests, for this app and those above."""

from datetime import date

import factory

from ocop.files.actions import store
from ocop.files.tests.factories import pdf, picture, sent
from ocop.producers.tests.factories import FIRST_DAY, ProducerFactory
from ocop.products.enums import MarkKind, MarkStatus, PaperKind, ProductStatus
from ocop.products.models import (
    Mark,
    Paper,
    Product,
    ProductClassification,
    ProductHolding,
    ProductStanding,
)
from ocop.units.tests.factories import UnitFactory


class ProductFactory(factory.django.DjangoModelFactory):
    """A product with its dated rows since 2026; `group` and `criteria_set` are optional."""

    class Meta:
        model = Product
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Sản phẩm thử {number}")
    producer = factory.SubFactory(ProducerFactory)
    unit = factory.LazyAttribute(lambda product: product.producer.unit)

    @factory.post_generation
    def dated(product, create, extracted, **kwargs):  # noqa: N805 - factory_boy passes the object first
        if not create:
            return
        ProductHolding.objects.create(product=product, producer=product.producer, valid_from=FIRST_DAY)
        ProductStanding.objects.create(product=product, status=ProductStatus.ACTIVE, valid_from=FIRST_DAY)
        if product.group is not None:
            ProductClassification.objects.create(
                product=product, group=product.group, criteria_set=product.criteria_set, valid_from=FIRST_DAY
            )


class PaperFactory(factory.django.DjangoModelFactory):
    """A test report without an end."""

    class Meta:
        model = Paper

    producer = factory.SubFactory(ProducerFactory)
    kind = PaperKind.TESTS
    number = factory.Sequence(lambda number: f"KN-{number}")
    issued_on = date(2026, 1, 10)


class MarkFactory(factory.django.DjangoModelFactory):
    """A certification mark of a unit."""

    class Meta:
        model = Mark

    name = factory.Sequence(lambda number: f"Nhãn hiệu thử {number}")
    kind = MarkKind.CERTIFICATION_MARK
    goods = "bưởi"
    unit = factory.SubFactory(UnitFactory)
    status = MarkStatus.CONFIRMED


def stored_pdf(by, pages=1):
    """A PDF that the person uploaded; another number of pages makes other bytes."""
    return store(sent("giay.pdf", pdf(pages)), by=by)


def stored_photo(by, colour="red"):
    """A photograph that the person uploaded."""
    return store(sent("anh.jpg", picture(colour=colour)), by=by)
