"""The page on which a product changes hands."""

import pytest
from django.test import Client
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.producers.tests.factories import ProducerFactory, officer, owner_of
from ocop.products.tests.factories import ProductFactory
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


def signed(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def commune():
    return UnitFactory(under=ProvinceFactory())


def test_registrars_open_it_and_nobody_else(commune):
    product = ProductFactory(producer=ProducerFactory(unit=commune), unit=commune)
    page = reverse("products:transfer", args=[product.public_code])
    people = [
        owner_of(product.producer), officer(UnitFactory(under=ProvinceFactory())), officer(commune),
        officer(commune, Role.COMMUNE_LEADER),
    ]  # fmt: skip
    assert [signed(user).get(page).status_code for user in people] == [403, 404, 200, 200]
    link = page in signed(people[2]).get(product.get_absolute_url()).content.decode()
    assert (link, page in signed(people[0]).get(product.get_absolute_url()).content.decode()) == (True, False)


def test_it_goes_over_by_code_and_the_past_is_shown(commune):
    product = ProductFactory(producer=ProducerFactory(unit=commune), unit=commune)
    before, to = product.producer, ProducerFactory(unit=commune)
    client = signed(officer(commune))
    page = reverse("products:transfer", args=[product.public_code])
    data = {
        "to": to.code.lower(), "since": "2026-06-01", "basis": "Hợp đồng 12/2026", "sure": "on", "once": "mot",
    }  # fmt: skip
    answers = [client.post(page, data).status_code for _ in range(2)]
    product.refresh_from_db()
    held = [(row.producer, row.basis) for row in product.holdings.order_by("valid_from")]
    assert (answers, product.producer, held) == ([302, 302], to, [(before, ""), (to, "Hợp đồng 12/2026")])
    assert "Hợp đồng 12/2026" in client.get(product.get_absolute_url()).content.decode()


def test_unknown_ambiguous_strange_and_same_are_said_and_nothing_changes(commune):
    product = ProductFactory(producer=ProducerFactory(unit=commune), unit=commune)
    (
        ProducerFactory(unit=commune, name="Hợp tác xã Trùng Tên"),
        ProducerFactory(unit=commune, name="Trùng Tên Mới"),
    )
    strange = ProducerFactory(unit=UnitFactory(under=ProvinceFactory()))
    client = signed(officer(commune))
    page = reverse("products:transfer", args=[product.public_code])
    said = []
    for place, typed in enumerate(("không có ai", "trùng tên", strange.code, product.producer.code)):
        data = {"to": typed, "since": "2026-06-01", "basis": "Hợp đồng", "sure": "on", "once": f"lan-{place}"}
        answer = client.post(page, data)
        form = answer.context["form"]
        said.append((answer.status_code, str(next(iter(form.errors.values()))[0])[:24]))
    product.refresh_from_db()
    assert [row.producer for row in product.holdings.all()] == [product.producer]
    assert said == [
        (422, "Không có chủ thể nào như"), (422, "Có nhiều chủ thể khớp, h"), (422, "Không có chủ thể nào như"),
        (422, "Sản phẩm đang thuộc cơ s"),
    ]  # fmt: skip
