"""Two officers at once never give out the same code."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from ocop.kit import clock
from ocop.producers.tests.factories import ProducerFactory, officer
from ocop.products import actions
from ocop.products.models import Product
from ocop.products.tests.factories import ProductFactory
from ocop.units.tests.factories import ProvinceFactory, UnitFactory


@pytest.mark.django_db(transaction=True)
def test_serials_stay_apart_when_pressed_at_once():
    commune = UnitFactory(code="18547", under=ProvinceFactory(code="42"))
    producer, by = ProducerFactory(unit=commune), officer(commune)
    rows = [ProductFactory(producer=producer) for _ in range(6)]
    gate = threading.Barrier(3)

    def press(batch):
        gate.wait(timeout=20)
        try:
            return [actions.allot_code(Product.objects.get(pk=row.pk), by=by).code for row in batch]
        finally:
            connections.close_all()

    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    if in_memory:  # threads share one connection there: only the sequence can be tested
        gate = threading.Barrier(1)
        found = [press(rows)]
    else:
        with ThreadPoolExecutor(3) as pool:
            found = list(pool.map(press, (rows[:2], rows[2:4], rows[4:])))
    year = clock.today().year
    assert sorted(code for codes in found for code in codes) == [
        f"42-18547-{n:02d}-{year}" for n in range(1, 7)
    ]
