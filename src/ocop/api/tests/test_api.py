"""The JSON API as mounted: its shapes, its errors, its cost."""

from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings

from ocop.accounts.tests.factories import UserFactory
from ocop.kit.testing import counted
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.models import Certificate
from ocop.recognition.tests.factories import CertificateFactory, unknown_certificate
from ocop.rulebook.tests.factories import load_sets, top_answers
from ocop.units.models import Succession
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
HERE = "/api/v1/recognitions"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 08:00+07:00", tick=False):
        yield


@pytest.fixture(autouse=True)
def province():
    return ProvinceFactory(code=settings.OCOP_PROVINCE, name="Hà Tĩnh")


def codes(client, query: str = "") -> list[str]:
    return [one["code"] for one in client.get(f"{HERE}{query}").json()["results"]]


def faults(answer) -> list[str]:
    return [one["field"] for one in answer.json()["detail"]]


def test_a_row_has_every_fact(client, settings, province) -> None:
    settings.OCOP_SITE_URL = "https://ocop.example.vn"
    row = CertificateFactory(product=ProductFactory(unit=province))
    assert client.get(HERE).json() == {
        "count": 1,
        "next": None,
        "results": [
            {
                "code": row.code,
                "product": row.product.name,
                "product_code": row.product.public_code,
                "producer": row.product.producer.public_name,
                "stars": 4,
                "state": "valid",
                "year": 2026,
                "issued_on": "2026-06-03",
                "valid_to": "2029-06-03",
                "certificate_number": row.number,
                "decision": {"number": row.decision.number, "issued_on": "2026-06-03"},
                "unit": {"code": province.code, "name": "Hà Tĩnh", "type": "Tỉnh"},
                "url": f"https://ocop.example.vn/kiem-tra/{row.code}",
            }
        ],
    }


def test_the_state_is_that_of_the_day_asked(client) -> None:
    CertificateFactory()
    unknown_certificate()
    asked = {
        "2026-06-02": "not_yet",
        "2026-06-03": "valid",
        "2028-12-05": "expiring",
        "2029-06-04": "expired",
    }
    for day, state in asked.items():
        found = client.get(f"{HERE}?on={day}").json()["results"]
        assert sorted(one["state"] for one in found) == sorted([state, "unknown"])
        assert client.get(f"{HERE}?on={day}&state={state}").json()["count"] == 1


def test_stars_words_and_pages(client) -> None:
    five = CertificateFactory(stars=5, product=ProductFactory(name="Nước mắm"))
    four = CertificateFactory(product=ProductFactory(name="Bưởi"))
    assert codes(client, "?stars=5") == [five.code]
    assert codes(client, "?q=buoi") == [four.code]
    first = client.get(f"{HERE}?size=1").json()
    assert (first["count"], len(first["results"])) == (2, 1)
    assert first["next"] == f"http://testserver{HERE}?size=1&page=2"
    second = client.get(first["next"]).json()
    assert second["next"] is None
    assert {first["results"][0]["code"], second["results"][0]["code"]} == {five.code, four.code}
    assert client.get(f"{HERE}?page=99").json() == {"count": 2, "next": None, "results": []}


def test_a_unit_matches_what_it_wholly_absorbed(client, province) -> None:
    last = date(2025, 6, 30)
    old = UnitFactory(under=province, name="Cũ", valid_to=last)
    new = UnitFactory(under=province, name="Mới", valid_from=last + timedelta(1))
    other = UnitFactory(under=province, name="Khác")
    Succession.objects.create(
        predecessor=old, successor=new, on=new.valid_from, extent="whole", change="merged"
    )
    row = CertificateFactory(product=ProductFactory(unit=old))
    assert codes(client, f"?unit={new.code}") == [row.code]
    assert codes(client, f"?unit={province.code}") == [row.code]
    assert codes(client, f"?unit={other.code}") == []
    assert codes(client, f"?unit={old.code}&on=2025-06-30") == [row.code]
    assert faults(client.get(f"{HERE}?unit={old.code}")) == ["unit"]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("?on=24/11/2026", ["on"]),
        ("?on=2020-01-01", ["on"]),
        ("?unit=00000", ["unit"]),
        ("?stars=2", ["stars"]),
        ("?stars=4.0", ["stars"]),
        ("?state=good", ["state"]),
        ("?page=0", ["page"]),
        ("?size=101", ["size"]),
        ("?size=-1&page=x&colour=red", ["colour", "page", "size"]),
        (f"?q={'a' * 101}", ["q"]),
    ],
)
def test_every_wrong_value_is_named(client, query, fields) -> None:
    answer = client.get(f"{HERE}{query}")
    assert (answer.status_code, faults(answer)) == (422, fields)
    assert all(one["message"] for one in answer.json()["detail"])


def test_a_longer_list_costs_the_same(client, province) -> None:
    costs = []
    for total in (2, 40):
        while Certificate.objects.count() < total:
            CertificateFactory(product=ProductFactory(unit=province))
        with counted() as queries:
            assert client.get(f"{HERE}?unit={province.code}&q=san&size=100").json()["count"] == total
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_errors_are_json_everywhere(client) -> None:
    for method, path, status in (
        ("get", "/api/v1/khong-co", 404),
        ("get", "/api/khac", 404),
        ("put", "/api/v1/units", 405),
        ("get", "/api/v1/simulate", 405),
        ("post", HERE, 405),
    ):
        answer = getattr(client, method)(path)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
        assert set(answer.json()["detail"][0]) == {"field", "message"}


def test_an_unchanged_answer_costs_no_bytes_and_a_changed_one_is_seen(client) -> None:
    row = CertificateFactory()
    first = client.get(HERE)
    assert first["Cache-Control"] == "no-cache, public"
    again = client.get(HERE, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Certificate.objects.filter(pk=row.pk).update(revoked_on=date(2026, 11, 1))
    assert client.get(HERE, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_rows_of_registers_ask_for_a_sign_in(client) -> None:
    assert client.get("/api/v1/products").status_code == 401
    client.force_login(UserFactory())
    answer = client.get("/api/v1/products")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache, private")


def test_units_and_rulebook_answer_as_mounted(client, province) -> None:
    commune = UnitFactory(under=province)
    found = client.get(f"/api/v1/units/{commune.code}").json()
    assert set(found) == {
        "code", "name", "type", "level", "parent", "valid_from", "valid_to", "successors", "predecessors",
    }  # fmt: skip
    assert (found["code"], found["parent"]) == (commune.code, province.code)
    assert {one["code"] for one in client.get("/api/v1/units?on=2026-11-24").json()} == {
        commune.code,
        province.code,
    }
    assert client.get(f"/api/v1/units/{commune.code}?on=1999-01-01").status_code == 422
    (row,) = load_sets(9)
    assert client.get("/api/v1/rulebook/26-2026/sets/9").json()["set"] == 9
    body = {"decision": "26-2026", "set": 9, "levels": top_answers(row.sheet)}
    answer = client.post("/api/v1/simulate", body, content_type="application/json").json()
    assert answer == {
        "decision": "26-2026", "set": 9, "points": 100, "sections": {"A": 40, "B": 25, "C": 35}, "band": 5,
        "stars": 5, "unscored": [], "missed": [],
    }  # fmt: skip


def test_the_document_and_its_page_name_every_address(client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    wanted = {"/api/v1/units", "/api/v1/units/{code}", "/api/v1/simulate", "/api/v1/recognitions"}
    assert wanted <= set(document["paths"])
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    body = page.content.decode()
    assert all(path in body for path in document["paths"])
    assert "style=" not in body
    assert "http://" not in body.replace(settings.OCOP_SITE_URL, "")
