"""A contract of sale is written in one book, the partners' or that of sales, and counted once."""

from datetime import date

import pytest
from django.db.models import Sum
from django.test import Client

from ocop.kit.indicators import indicators
from ocop.partners.guards import OWN, WrittenElsewhere
from ocop.partners.models import PartnerContract
from ocop.partners.registers.contract import ContractsRegister
from ocop.partners.rules.twins import Deal, is_same
from ocop.partners.tests.factories import ContractFactory, PartnerFactory
from ocop.producers.tests.offices import Offices, make_offices
from ocop.promotion.enums import AgreementKind
from ocop.promotion.models import Agreement
from ocop.promotion.queries.matching import AGREEMENTS_BOOK
from ocop.promotion.registers.matching import AGREEMENTS
from ocop.promotion.tests.factories import offered, on, requested, starred

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
CONTRACTS = ContractsRegister()


@pytest.fixture
def offices() -> Offices:
    with on(TODAY):
        yield make_offices()


def sent_by(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


SIGNED = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Deal(1, 5, "Siêu thị Thử", "12/2026/HĐTT", date(2026, 3, 12)), True),
        (Deal(1, None, "SIÊU THỊ  thử", "12/2026/hdtt", date(2026, 4, 1)), True),
        (Deal(1, 5, "Siêu thị Thử", "", SIGNED), True),
        (Deal(1, 5, "Siêu thị Thử", "", date(2026, 3, 13)), False),
        (Deal(1, 5, "Siêu thị Thử", "13/2026/HĐTT", SIGNED), False),
        (Deal(1, 6, "Siêu thị khác", "12/2026/HĐTT", SIGNED), False),
        (Deal(2, 5, "Siêu thị Thử", "12/2026/HĐTT", SIGNED), False),
        (Deal(None, 5, "Siêu thị Thử", "12/2026/HĐTT", SIGNED), False),
    ],
)
def test_the_same_contract_is_known_by_its_parties_and_its_number_or_day(other: Deal, same: bool) -> None:
    assert is_same(Deal(1, 5, "Siêu thị Thử", "12/2026/HĐTT", SIGNED), other) is same


def test_a_contract_of_the_partners_book_is_refused_among_sales_with_a_link(offices: Offices) -> None:
    partner = PartnerFactory(unit=offices.province, name="Siêu thị Thử")
    kept = ContractFactory(
        partner=partner, producer=offices.producer, number="12/2026/HĐTT", signed_on=SIGNED
    )
    client = sent_by(offices["department_officer"])
    data = {
        "kind": AgreementKind.CONTRACT, "number": "12/2026/HDTT", "producer": offices.producer.pk,
        "buyer_name": "siêu thị thử", "signed_on": "2026-03-12", "value": "200.000.000",
    }  # fmt: skip
    refused = client.post(AGREEMENTS.url("create"), data)
    assert (refused.status_code, Agreement.objects.count()) == (422, 0)
    assert f'<a href="{kept.get_absolute_url()}">' in refused.content.decode()
    early = client.post(
        AGREEMENTS.url("create"), data | {"number": "13/2026/HĐTT", "signed_on": "2026-11-25"}
    )
    assert early.context["form"].errors == {"signed_on": ["Ngày ký ở tương lai."]}
    client.post(AGREEMENTS.url("create"), data | {"number": "13/2026/HĐTT"})
    client.post(AGREEMENTS.url("create"), data | {"kind": AgreementKind.MEMO})
    assert sorted(Agreement.objects.values_list("kind", "number")) == [
        ("contract", "13/2026/HĐTT"),
        ("memo", "12/2026/HDTT"),
    ]


def test_a_contract_among_sales_is_refused_in_the_partners_book_typed_or_imported(offices: Offices) -> None:
    partner = PartnerFactory(unit=offices.province, name="Siêu thị Thử")
    kept = Agreement.objects.create(
        producer=offices.producer, partner=partner, buyer_name=partner.name, number="12/2026/HĐTT", signed_on=SIGNED,
        value=200_000_000,
    )  # fmt: skip
    data = {
        "producer": offices.producer.pk, "partner": partner.pk, "kind": "sale", "number": "12/2026/HĐTT",
        "signed_on": "2026-03-12", "value": "200000000", "done_value": "0", "state": "running",
    }  # fmt: skip
    client = sent_by(offices["standing_officer"])
    refused = client.post(CONTRACTS.url("create"), data)
    assert (refused.status_code, PartnerContract.objects.count()) == (422, 0)
    assert f'<a href="{kept.get_absolute_url()}">' in refused.content.decode()
    same = Deal(offices.producer.pk, partner.pk, partner.name, "12/2026/HĐTT", SIGNED)
    assert WrittenElsewhere(OWN.key)(same) == [f"Hợp đồng này đã có ở “Hợp đồng tiêu thụ”: {kept}"]
    assert WrittenElsewhere(AGREEMENTS_BOOK.key)(same) == []
    client.post(CONTRACTS.url("create"), data | {"kind": "inputs"})
    assert [row.kind for row in PartnerContract.objects.all()] == ["inputs"]


def test_the_figures_count_each_contract_once(offices: Offices) -> None:
    ContractFactory(producer=offices.producer, unit=offices.commune, signed_on=SIGNED, value=200_000_000)
    ContractFactory(producer=offices.producer, unit=offices.commune, signed_on=SIGNED, value=7, kind="inputs")
    Agreement.objects.create(
        producer=offices.producer, buyer_name="Khách", signed_on=SIGNED, value=50_000_000
    )
    facts = [indicators[key].facts for key in ("agreements_value", "partner_sales_value")]
    assert [one.rows().aggregate(sum=Sum(one.value))["sum"] for one in facts] == [50_000_000, 200_000_000]


def test_the_buyer_of_a_request_need_not_be_typed_again(offices: Offices) -> None:
    offer = offered(starred(offices.producer))
    request = requested(offices, offer.product)
    client = sent_by(offices["department_officer"])
    address = f"{AGREEMENTS.url('create')}?producer={offices.producer.pk}&request={request.pk}"
    assert client.get(address).context["form"].initial["request"] == request
    data = {
        "kind": "contract", "number": "1", "producer": offices.producer.pk, "request": request.pk,
        "signed_on": "2026-11-20",
    }  # fmt: skip
    client.post(AGREEMENTS.url("create"), data)
    assert [(row.request, row.buyer_name) for row in Agreement.objects.all()] == [
        (request, request.buyer_name)
    ]
