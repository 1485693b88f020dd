"""Rows that indicators count, for tests: holders of stars, chains tied to a material area."""

from datetime import date

from ocop.development.models import ValueChain
from ocop.development.tests.factories import ChainFactory
from ocop.kit.samples import Samples
from ocop.producers.models import MaterialArea, Producer, ProducerForm
from ocop.producers.tests.factories import ProducerFactory
from ocop.products.models import ProductHolding
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.tests.factories import CertificateFactory
from ocop.units.models import Unit


def holder(unit: Unit, issued: date = date(2024, 5, 1), until: date = date(2027, 4, 30)) -> Producer:
    """A producer with one product that holds a star from a day to another."""
    producer = ProducerFactory(unit=unit)
    CertificateFactory(product=ProductFactory(producer=producer), unit=unit, issued_on=issued, valid_to=until)
    for dated in (
        ProducerForm.objects.filter(producer=producer),
        ProductHolding.objects.filter(producer=producer),
    ):
        dated.update(valid_from=date(2023, 1, 1))
    return producer


def chain(unit: Unit, **values: object) -> ValueChain:
    """A chain tied to a material area of its unit since 2024."""
    area = Samples({Unit: unit}).make(MaterialArea, unit=unit, valid_from=date(2024, 1, 1), valid_to=None)
    given = {"unit": unit, "area": area, "valid_from": date(2024, 1, 1), "valid_to": None} | values
    return ChainFactory(**given)
