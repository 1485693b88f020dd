"""Criteria, sale points, fairs, offers for tests, for this app and those above."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import factory
import time_machine

from ocop.kit import clock
from ocop.kit.cases import press
from ocop.law.tests.factories import InstrumentFactory
from ocop.producers.tests.offices import Offices
from ocop.products.models import Product
from ocop.products.tests.factories import ProductFactory
from ocop.promotion import actions
from ocop.promotion.actions.points import Found
from ocop.promotion.enums import CriterionKind
from ocop.promotion.models import Fair, PurchaseRequest, SaleCriterion, SalePoint, SupplyOffer
from ocop.promotion.queries.points import criteria_on
from ocop.recognition.tests.factories import CertificateFactory


class CriterionFactory(factory.django.DjangoModelFactory):
    """A required, confirmed yes-or-no criterion since 2020."""

    class Meta:
        model = SaleCriterion

    key = factory.Sequence(lambda number: f"tieu-chi-{number}")
    instrument = factory.SubFactory(InstrumentFactory)
    text = factory.Sequence(lambda number: f"Tiêu chí {number}")
    kind = CriterionKind.YES_NO
    confirmed = True
    valid_from = date(2020, 12, 1)
    order = factory.Sequence(lambda number: number)


def make_criteria() -> list[SaleCriterion]:
    """A yes-or-no criterion, an area with a minimum, one that nobody could read."""
    return [
        CriterionFactory(key="hang-ban"),
        CriterionFactory(key="dien-tich", kind=CriterionKind.NUMBER, measure="m²", minimum=Decimal(30)),
        CriterionFactory(key="bien-hieu", confirmed=False),
    ]


def on(day: date) -> Any:
    """The clock stands at nine in the morning of that day."""
    return time_machine.travel(datetime.combine(day, time(9), tzinfo=clock.LOCAL), tick=False)


def answered(*, failing: str = "") -> list[Found]:
    """Every criterion of today; the one of that key is not met."""
    return [
        Found(one.pk, None, Decimal(10 if one.key == failing else 60))
        if one.kind == CriterionKind.NUMBER
        else Found(one.pk, one.key != failing)
        for one in criteria_on(clock.today())
    ]


def registered(offices: Offices, **values: Any) -> SalePoint:
    """A point of the commune that waits for its first visit."""
    known = {
        "name": "Cửa hàng Thử",
        "unit": offices.commune,
        "producer": offices.producer,
        "address": "Thôn 1",
    }
    point = SalePoint(**{**known, **values})
    return actions.register_point(point, by=offices["commune_officer"])


def opened(offices: Offices, **values: Any) -> SalePoint:
    """A point that was visited and recognised today."""
    point, today = registered(offices, **values), clock.today()
    actions.record_check(point, by=offices["commune_officer"], checked_on=today, found=answered())
    press(actions.POINT_DESK, point, "approve", by=offices["commune_leader"])
    return actions.number_point(point, by=offices["commune_officer"], number="1/QĐ-UBND", decided_on=today)


def starred(
    producer: Any, name: str = "Mật ong", *, until: date = date(2028, 1, 1), **values: Any
) -> Product:
    """A product with a published four-star certificate."""
    product = ProductFactory(name=name, producer=producer, **values)
    CertificateFactory(product=product, decision=None, issued_on=date(2023, 1, 1), valid_to=until)
    return product


def calling(offices: Offices, **values: Any) -> Fair:
    """A call of the province that runs."""
    known = {
        "name": "Phiên chợ Thử", "unit": offices.province, "deadline": date(2026, 12, 10), "place": "Sân vận động",
        "starts_on": date(2026, 12, 20), "ends_on": date(2026, 12, 21), "stands": 2, "organiser": "Sở Công Thương",
    }  # fmt: skip
    fair = actions.open_fair(Fair(**{**known, **values}), by=offices["department_officer"])
    press(actions.FAIR_DESK, fair, "publish", by=offices["department_officer"])
    return fair


def offered(product: Product, **values: Any) -> SupplyOffer:
    """An offer for the whole year."""
    known = {"volume": Decimal(100), "measure": "kg", "price_from": 50_000, "price_to": 60_000}
    return SupplyOffer.objects.create(producer=product.producer, product=product, **{**known, **values})


def requested(offices: Offices, product: Product, **values: Any) -> PurchaseRequest:
    """What a supermarket wants, taken down by the department."""
    known = {
        "buyer_name": "Siêu thị Thử", "unit": offices.province, "wanted": "Mật ong", "product": product,
        "volume": Decimal(80), "measure": "kg", "needed_from": date(2026, 12, 1), "needed_to": date(2026, 12, 31),
    }  # fmt: skip
    return actions.open_request(PurchaseRequest(**{**known, **values}), by=offices["department_officer"])
