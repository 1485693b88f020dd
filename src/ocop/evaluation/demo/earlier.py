"""Stars that the invented producers won in earlier years: in the window, about to end, ended, revoked."""

import calendar
from datetime import date, datetime, time, timedelta
from typing import Any

from ocop.accounts.demo import persona_user
from ocop.evaluation.demo.walk import decider_of
from ocop.kit import clock
from ocop.producers.models import Producer
from ocop.products.actions.codes import allot_code
from ocop.products.actions.product import open_product
from ocop.products.models import Product
from ocop.recognition.actions import Award, issue_certificates, record_decision, revoke
from ocop.recognition.enums import DecisionKind
from ocop.recognition.models import Certificate
from ocop.rulebook.models import CriteriaSet
from ocop.units.models import Agency
from ocop.units.queries import home_province


def day_of_issue(last_day: date) -> date:
    """The day on which a star was issued whose last valid day is this one (29/02: the day before)."""
    first = date(last_day.year - 3, last_day.month, 1)
    longest = calendar.monthrange(first.year, first.month)[1]
    return first.replace(day=min(last_day.day, longest))


def award_earlier(producer: Producer, entry: dict[str, Any], criteria_set: CriteriaSet) -> Certificate:
    """Open the product as of then, enter the decision of that day and issue the certificate, as the clerk does."""
    today = clock.today()
    issued_on = day_of_issue(today + timedelta(days=entry["left"]))
    signed = _at(issued_on)
    clerk = persona_user("van-thu")
    product = open_product(
        producer,
        name=entry["product"],
        by=producer.accesses.earliest("pk").user,
        criteria_set=criteria_set,
        at=signed,
        is_demo=True,
        source="Dữ liệu trình diễn",
        story="Câu chuyện sản phẩm của dữ liệu trình diễn: nghề của gia đình qua ba đời.",
    )
    allot_code(product, by=persona_user("can-bo-phuc-trach"))
    issuer = decider_of(home_province(today))
    decision = record_decision(
        kind=DecisionKind.RECOGNITION,
        number=f"00-{product.pk}/QĐ-TD",
        issued_on=issued_on,
        issuer=issuer,
        title=f"Công nhận sản phẩm OCOP (trình diễn): {product.name}",
        by=clerk,
        is_demo=True,
        at=signed,
    )
    award = Award(
        product, entry["stars"], f"TD-{product.pk}", product.name, producer.public_name, producer.unit
    )
    (certificate,) = issue_certificates(decision, [award], by=clerk, at=signed)
    if "revoked" in entry:
        _take_back(certificate, product, issuer, entry, today - timedelta(days=entry["revoked"]))
    return certificate


def _take_back(
    certificate: Certificate, product: Product, issuer: Agency, entry: dict[str, Any], day: date
) -> None:
    clerk = persona_user("van-thu")
    decision = record_decision(
        kind=DecisionKind.REVOCATION,
        number=f"01-{product.pk}/QĐ-TD",
        issued_on=day,
        issuer=issuer,
        title=f"Thu hồi quyết định công nhận sản phẩm OCOP (trình diễn): {product.name}",
        by=clerk,
        is_demo=True,
        at=_at(day),
    )
    revoke(
        certificate, ground=entry["ground"], decision=decision, reason=entry["reason"], by=clerk, at=_at(day)
    )


def _at(day: date) -> datetime:
    """Nine in the morning of a day."""
    return datetime.combine(day, time(9), tzinfo=clock.LOCAL)
