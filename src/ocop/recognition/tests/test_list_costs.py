"""Every register that an officer opens costs the same number of queries with few rows as with many."""

import pytest
from django.conf import settings
from django.test import Client

from ocop.kit.registers import REGISTERS
from ocop.kit.testing import counted
from ocop.producers.tests.factories import ProducerFactory, officer
from ocop.products.tests.factories import MarkFactory, PaperFactory, ProductFactory
from ocop.recognition.tests.factories import CertificateFactory, DecisionFactory
from ocop.rulebook.tests.factories import ProductGroupFactory
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

FEW, MANY = 20, 200
KEYS = ("producers", "products", "papers", "marks", "certificates", "decisions")


@pytest.mark.django_db
def test_registers_cost_the_same_queries_with_200_rows_as_with_20() -> None:
    unit = UnitFactory(under=ProvinceFactory(code=settings.OCOP_PROVINCE))
    group = ProductGroupFactory()
    client = Client()
    client.force_login(officer(unit))

    def fill(rows: int) -> None:
        for _ in range(rows):
            producer = ProducerFactory(unit=unit)
            PaperFactory(producer=producer)
            MarkFactory(unit=unit)
            decision = DecisionFactory()
            CertificateFactory(
                product=ProductFactory(producer=producer, group=group), decision=decision, unit=unit
            )

    def costs() -> dict[str, int]:
        found = {}
        for key in KEYS:
            page = REGISTERS[key].url("list")
            assert client.get(page).status_code == 200
            with counted() as caught:
                client.get(page)
            found[key] = len(caught)
        return found

    fill(FEW)
    few = costs()
    fill(MANY - FEW)
    assert costs() == few
