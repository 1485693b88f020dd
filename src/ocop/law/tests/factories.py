"""Factories of instruments, for this app and those above."""

from datetime import date

import factory

from ocop.law.enums import InstrumentKind
from ocop.law.models import Instrument


class InstrumentFactory(factory.django.DjangoModelFactory):
    """A decision in force since 2023, replaced by nothing."""

    class Meta:
        model = Instrument

    slug = factory.Sequence(lambda number: f"{number}-2023-qd-thu")
    number = factory.Sequence(lambda number: f"{number}/QĐ-THU")
    kind = InstrumentKind.DECISION
    title = "Văn bản thử"
    issuer = "Cơ quan thử"
    issued_on = date(2023, 1, 1)
    confirmed = True
