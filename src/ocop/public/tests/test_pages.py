"""The open site: what anybody sees, and that nothing else is to be seen."""

import json
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings

from ocop.accounts.tests.factories import UserFactory
from ocop.kit.testing import counted
from ocop.producers.tests.factories import ProducerFactory, RepresentativeFactory
from ocop.products.models import MarkUse
from ocop.products.tests.factories import MarkFactory, ProductFactory
from ocop.recognition.actions import revoke
from ocop.recognition.enums import DecisionKind, State
from ocop.recognition.models import Certificate
from ocop.recognition.tests.factories import CertificateFactory, DecisionFactory, unknown_certificate
from ocop.rulebook.rules.scoring import evaluate
from ocop.rulebook.tests.factories import load_sets, top_answers
from ocop.units.tests.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 08:00+07:00", tick=False):
        yield


@pytest.fixture
def province():
    return ProvinceFactory(code=settings.OCOP_PROVINCE, name="Hà Tĩnh")


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def names(answer) -> list[str]:
    return [card["row"].product_name for card in answer.context["cards"]]


def certificate(name: str = "Bưởi Phúc Trạch", **values) -> Certificate:
    return CertificateFactory(product=ProductFactory(name=name, **values.pop("product", {})), **values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Còn hiệu lực đến 03/06/2029"),
        ({"valid_to": TODAY}, "Sắp hết hạn, còn hiệu lực đến 24/11/2026"),
        ({"valid_to": TODAY - timedelta(1)}, "Đã hết hạn từ sau ngày 23/11/2026"),
        ({"valid_to": TODAY - timedelta(1), "extended_to": TODAY}, "Được kéo dài đến 24/11/2026"),
        ({"revoked_on": TODAY}, "Đã bị thu hồi từ 24/11/2026"),
        ({"replaced_on": TODAY}, "Đã được thay thế từ 24/11/2026"),
        ({"decision": None, "issued_year": 2024}, "Chưa xác minh thời hạn"),
    ],
)
def test_the_verdict_is_said_first(client, values, said) -> None:
    row = certificate(**values)
    answer = client.get(f"/kiem-tra/{row.code}")
    assert answer.status_code == 200
    assert answer.context["headline"] == said
    assert 'class="stamp' in answer.content.decode()
    filled = "stars-outline" not in answer.content.decode()
    assert filled == answer.context["standing"]
    assert "no-store" in answer["Cache-Control"]


def test_the_page_names_the_decision_and_every_change(client) -> None:
    row = certificate(decision__number="55/QĐ-UBND")
    said = text_of(client.get(f"/kiem-tra/{row.code}"))
    assert "55/QĐ-UBND ngày 03/06/2026" in said
    assert row.number in said


def test_a_revocation_is_seen_at_the_next_request(client) -> None:
    row = certificate()
    assert client.get(f"/kiem-tra/{row.code}").context["state"] == State.VALID
    decision = DecisionFactory(kind=DecisionKind.REVOCATION, issued_on=TODAY, number="9/QĐ-UBND")
    revoke(row, ground="c", decision=decision, reason="Mẫu không đạt.", by=UserFactory())
    answer = client.get(f"/kiem-tra/{row.code}")
    assert answer.context["state"] == State.REVOKED
    assert "9/QĐ-UBND" in text_of(answer)
    assert "Mẫu không đạt." in text_of(answer)
    api = client.get("/api/v1/recognitions").json()["results"]
    assert [one["state"] for one in api] == ["revoked"]


def test_codes_are_read_forgivingly(client) -> None:
    row = certificate()
    Certificate.objects.filter(pk=row.pk).update(code="3QBDX6PMTP")
    for typed in ("3qbdx6pmtp", "3QBD X6PM TP", "30BDX6PMTP", "3QBDX6PMTP/"):
        answer = client.get(f"/kiem-tra/{typed}", follow=True)
        assert (answer.status_code, answer.context["certificate"].pk) == (200, row.pk)
    assert client.get("/kiem-tra/?ma=3qbd-x6pm-tp").url == "/kiem-tra/3QBDX6PMTP"


def test_an_unknown_code_says_what_to_do(client) -> None:
    answer = client.get("/kiem-tra/KHONGCO")
    assert answer.status_code == 404
    assert "Bạn nên làm gì" in text_of(answer)


def test_a_name_or_number_is_found_on_the_check_page(client) -> None:
    row = certificate("Nước mắm Kỳ Ninh", number="77/GCN")
    assert names(client.get("/kiem-tra/?ma=nuoc mam")) == [row.product_name]
    assert names(client.get("/kiem-tra/?ma=77/GCN")) == [row.product_name]
    assert client.get("/kiem-tra/?ma=không có gì").status_code == 404


def test_an_unpublished_certificate_does_not_exist(client) -> None:
    row = certificate(published_at=None)
    pages = [
        row.check_path, f"/san-pham/{row.product.public_code}/", f"/chu-the/{row.product.producer.code}/",
    ]  # fmt: skip
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    assert names(client.get("/san-pham/")) == []
    assert client.get("/api/v1/recognitions").json()["count"] == 0


def test_search_needs_no_marks_and_puts_exact_marks_first(client) -> None:
    certificate("Mứt Buôi")
    certificate("Bưởi Phúc Trạch")
    assert names(client.get("/san-pham/?q=bưởi")) == ["Bưởi Phúc Trạch", "Mứt Buôi"]
    assert names(client.get("/san-pham/?q=buoi phuc trach")) == ["Bưởi Phúc Trạch"]


def test_the_filters(client, province) -> None:
    (row_set,) = load_sets(9)
    commune = UnitFactory(under=province, name="Kỳ Ninh")
    made = {"group": row_set.group, "criteria_set": row_set, "unit": commune}
    sauce = certificate("Nước mắm", product=made, stars=3)
    other = certificate("Cam", stars=4, revoked_on=TODAY)
    vague = unknown_certificate(product=ProductFactory(name="Mật ong"))
    asked = {
        "?nhom=I": [sauce],
        "?bo=9": [sauce],
        "?sao=4": [other, vague],
        "?hieu_luc=con-hieu-luc": [sauce],
        "?hieu_luc=revoked": [other],
        "?hieu_luc=unknown": [vague],
        "?dia_ban=ky ninh": [sauce],
        "?dia_ban=không có xã này": [],
        "?sao=9": [other, vague, sauce],
    }
    found = {query: names(client.get(f"/san-pham/{query}")) for query in asked}
    assert found == {query: [row.product_name for row in rows] for query, rows in asked.items()}


def test_only_a_star_that_holds_is_drawn_filled(client) -> None:
    certificate("Hết hạn", valid_to=TODAY - timedelta(1))
    unknown_certificate(product=ProductFactory(name="Chưa rõ"))
    page = client.get("/san-pham/").content.decode()
    assert 'class="star"' not in page
    assert "4 sao, hết hạn 23/11/2026" in page
    assert "4 sao năm 2024, chưa xác minh thời hạn" in page


def test_a_product_speaks_by_its_latest_certificate(client) -> None:
    old = certificate(decision__issued_on=date(2021, 1, 5))
    new = CertificateFactory(product=old.product, stars=5)
    page = client.get("/san-pham/")
    assert [card["row"].pk for card in page.context["cards"]] == [new.pk]
    product = client.get(f"/san-pham/{old.product.public_code}/")
    assert [card["row"].pk for card in product.context["history"]] == [new.pk, old.pk]
    assert client.get(old.check_path).context["newer"] == new


def test_a_long_register_costs_the_same_queries(client, province) -> None:
    costs = []
    for total in (2, 30):
        while Certificate.objects.count() < total:
            certificate(f"Sản phẩm {Certificate.objects.count()}")
        with counted() as queries:
            assert client.get("/san-pham/?q=san&dia_ban=thu").status_code == 200
        with counted() as front:
            assert client.get("/").status_code == 200
        with counted() as drawn:
            assert client.get("/ban-do/").status_code == 200
        costs.append((len(queries), len(front), len(drawn)))
    assert costs[0] == costs[1]


def test_pages_of_one_producer_and_one_product_cost_the_same_whatever_they_list(client, province) -> None:
    producer, costs = ProducerFactory(unit=UnitFactory(under=province)), []
    product = ProductFactory(producer=producer)
    for more in (2, 18):
        for _ in range(more):
            CertificateFactory(product=ProductFactory(producer=producer), unit=producer.unit)
            CertificateFactory(product=product, unit=producer.unit)
            MarkUse.objects.create(
                product=product, mark=MarkFactory(unit=producer.unit), valid_from=date(2024, 1, 1)
            )
        spent = []
        for page in (f"/chu-the/{producer.code}/", f"/san-pham/{product.public_code}/"):
            assert client.get(page).status_code == 200
            with counted() as queries:
                client.get(page)
            spent.append(len(queries))
        costs.append(spent)
    assert costs[0] == costs[1]


def test_the_validity_page_asks_little(client) -> None:
    row = certificate()
    with counted() as queries:
        client.get(row.check_path)
    assert len(queries) <= 4


def test_nothing_personal_is_public(client) -> None:
    producer = ProducerFactory(
        name="Hộ ông Trần Văn Kín", brand="Mắm Kỳ Ninh", tax_code="042199000123", form="household"
    )
    RepresentativeFactory(producer=producer)
    row = certificate("Mắm", product={"producer": producer})
    pages = [
        "/san-pham/", f"/san-pham/{row.product.public_code}/", f"/chu-the/{producer.code}/", row.check_path,
        "/kiem-tra/?ma=mam", "/api/v1/recognitions", "/sitemap.xml", "/",
    ]  # fmt: skip
    for page in pages:
        body = client.get(page).content.decode()
        for secret in ("Trần Văn Kín", "042199000123", "Bí Mật", "+84987654321", "Chứt"):
            assert secret not in body
    assert names(client.get("/san-pham/?q=Trần Văn Kín")) == []


def test_search_engines_get_facts_that_cannot_break_the_page(client) -> None:
    row = certificate("Bánh </script><b>")
    body = client.get(f"/san-pham/{row.product.public_code}/").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', body)[1]
    data = json.loads(block)
    assert (data["name"], data["hasCertification"]["name"]) == ("Bánh </script><b>", "OCOP 4 sao")


def test_the_front_page_counts_the_unknown_apart(client) -> None:
    certificate("a", stars=5)
    certificate("b", stars=4, valid_to=TODAY)
    certificate("c", stars=4, valid_to=TODAY - timedelta(1))
    unknown_certificate()
    figures = client.get("/").context["figures"]
    assert (figures.by_star, figures.standing, figures.expiring, figures.unknown) == (
        ((5, 1), (4, 1), (3, 0)), 2, 1, 1,
    )  # fmt: skip


def test_the_map_counts_where_the_products_are_now(client, province) -> None:
    here = UnitFactory(under=province, name="Kỳ Ninh", lat=18.1, lng=106.3)
    UnitFactory(under=province, name="Vắng", lat=18.2, lng=106.2)
    certificate("a", product={"unit": here})
    certificate("b", product={"unit": here}, revoked_on=TODAY)
    certificate("c", product={"unit": province})
    found = client.get("/ban-do/").context["map"]
    assert [(place.unit.name, place.products, place.standing) for place in found.places] == [
        ("Kỳ Ninh", 2, 1),
        ("Vắng", 0, 0),
    ]
    assert (found.above_commune, found.without_point) == (1, 0)
    assert all(0 < place.x < 1 and 0 < place.y < 1 for place in found.places)


def test_the_simulator_counts_without_script(client) -> None:
    (row,) = load_sets(9)
    address = "/tu-cham-diem/26-2026/9/"
    assert client.get("/tu-cham-diem/").context["book"] == row.book
    answers = top_answers(row.sheet)
    sent = client.post(address, {f"c.{code}": place for code, place in answers.items()})
    assert sent.status_code == 302
    page = client.get(sent.url.split("#")[0])
    outcome = evaluate(row.sheet, answers)
    assert page.context["view"].outcome == outcome
    assert (outcome.points, outcome.stars) == (100, 5)
    assert "rút gọn" in text_of(page)
    part = client.post(address, {"c.1.1": 1}, headers={"X-Part": "result"})
    assert "<html" not in part.content.decode()
    assert part.context["view"].scored == 1


def test_the_simulator_leaves_out_what_the_sheet_does_not_have(client) -> None:
    load_sets(9, 26)
    page = client.get("/tu-cham-diem/26-2026/9/?c.1.1=99&c.9.9=1&c.1.2=x&case=7")
    assert (page.status_code, page.context["view"].scored) == (200, 0)
    assert client.get("/tu-cham-diem/26-2026/26/?case=2").context["view"].case == 2
    for address in ("/tu-cham-diem/26-2026/99/", "/tu-cham-diem/1-1900/9/", "/tu-cham-diem/26-2026/99999/"):
        assert client.get(address).status_code == 404


def test_machines_are_told_what_they_may_read(client) -> None:
    row = certificate()
    assert f"/san-pham/{row.product.public_code}/</loc>" in client.get("/sitemap.xml").content.decode()
    assert "Disallow: /tai-khoan/" in client.get("/robots.txt").content.decode()
