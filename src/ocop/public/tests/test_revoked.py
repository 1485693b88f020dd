"""The public list of revoked stars: what it says of each, and what it keeps to itself."""

from datetime import date

import pytest
import time_machine

from ocop.accounts.tests.factories import UserFactory
from ocop.kit.testing import counted
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.actions import revoke
from ocop.recognition.enums import DecisionKind, RevocationGround
from ocop.recognition.tests.factories import CertificateFactory, DecisionFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/sao-thu-hoi/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 08:00+07:00", tick=False):
        yield


def taken_back(name: str, day: date, **values):
    row = CertificateFactory(product=ProductFactory(name=name), **values)
    decision = DecisionFactory(kind=DecisionKind.REVOCATION, issued_on=day, issuer=row.issuer)
    reason = "Theo đơn của bà Nguyễn Thị Kín"
    return revoke(row, ground=RevocationGround.MISUSE, decision=decision, reason=reason, by=UserFactory())


def listed(client, page: str = ADDRESS) -> list[str]:
    return [row.product_name for row in client.get(page).context["page"]]


def test_a_revocation_is_listed_at_the_next_request(client) -> None:
    CertificateFactory(product=ProductFactory(name="Còn sao"))
    assert listed(client) == []
    taken_back("Mật ong", date(2026, 9, 1))
    taken_back("Nước mắm", date(2026, 10, 1))
    taken_back("Chưa công bố", date(2026, 10, 2), published_at=None)
    assert listed(client) == ["Nước mắm", "Mật ong"]
    answer = client.get(ADDRESS)
    assert "no-store" in answer["Cache-Control"]


def test_a_revocation_ahead_waits_for_its_day(client) -> None:
    row = CertificateFactory(product=ProductFactory(name="Kẹo cu đơ"), revoked_on=date(2026, 11, 25))
    assert listed(client) == []
    with time_machine.travel("2026-11-25 00:01+07:00", tick=False):
        assert listed(client) == [row.product_name]


def test_the_list_gives_decision_and_ground_but_no_free_text(client) -> None:
    row = taken_back("Nước mắm", date(2026, 10, 1), number="77/GCN")
    change = row.changes.get(decision__kind=DecisionKind.REVOCATION)
    body = client.get(ADDRESS).content.decode()
    words = [row.code, "77/GCN", change.decision.number, "01/10/2026", "Sử dụng sai nhãn hiệu OCOP"]
    assert [word for word in words if word not in body] == []
    assert "Nguyễn Thị Kín" not in body


def test_the_register_leads_there_and_queries_stay(client) -> None:
    assert f'href="{ADDRESS}"' in client.get("/san-pham/").content.decode()
    taken_back("Một", date(2026, 10, 1))
    with counted() as one:
        client.get(ADDRESS)
    taken_back("Hai", date(2026, 10, 2))
    with counted() as two:
        client.get(ADDRESS)
    assert len(two) == len(one)
