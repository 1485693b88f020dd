"""Decisions and certificates for tests, for this app and those above."""

from datetime import date

import factory

from ocop.kit import clock
from ocop.products.tests.factories import ProductFactory
from ocop.recognition.enums import ChangeKind, DecisionKind
from ocop.recognition.models import Certificate, CertificateChange, Decision
from ocop.recognition.rules.validity import last_valid_day
from ocop.units.enums import AgencyKind
from ocop.units.tests.factories import AgencyFactory


class DecisionFactory(factory.django.DjangoModelFactory):
    """A decision of a provincial committee."""

    class Meta:
        model = Decision

    kind = DecisionKind.RECOGNITION
    number = factory.Sequence(lambda number: f"{number}/QĐ-UBND")
    issued_on = date(2026, 6, 3)
    issuer = factory.SubFactory(AgencyFactory, kind=AgencyKind.PROVINCE_COMMITTEE)
    title = "Công nhận sản phẩm OCOP"
    recorded_at = factory.LazyFunction(clock.now)


class CertificateFactory(factory.django.DjangoModelFactory):
    """A published four-star certificate with its term and its first change; `issued_on=None`: term unknown."""

    class Meta:
        model = Certificate
        skip_postgeneration_save = True

    product = factory.SubFactory(ProductFactory)
    stars = 4
    decision = factory.SubFactory(DecisionFactory)
    issuer = factory.LazyAttribute(lambda row: row.decision.issuer if row.decision else None)
    number = factory.Sequence(lambda number: f"{number:03d}")
    issued_on = factory.LazyAttribute(lambda row: row.decision.issued_on if row.decision else None)
    issued_year = factory.LazyAttribute(lambda row: row.issued_on.year if row.issued_on else None)
    valid_to = factory.LazyAttribute(lambda row: last_valid_day(row.issued_on) if row.issued_on else None)
    product_name = factory.LazyAttribute(lambda row: row.product.name)
    producer_name = factory.LazyAttribute(lambda row: row.product.producer.public_name)
    unit = factory.LazyAttribute(lambda row: row.product.unit)
    published_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def changed(certificate, create, extracted, **kwargs):  # noqa: N805 - factory_boy passes the object first
        if create:
            CertificateChange.objects.create(
                certificate=certificate,
                kind=ChangeKind.ISSUED,
                on=certificate.issued_on,
                decision=certificate.decision,
                at=clock.now(),
            )


def unknown_certificate(**values):
    """A certificate of which only the year is known."""
    return CertificateFactory(**{"decision": None, "number": "", "issued_year": 2024, **values})
