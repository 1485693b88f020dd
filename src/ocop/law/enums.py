"""Kinds of legal instruments; labels live here and only here."""

from django.db import models


class InstrumentKind(models.TextChoices):
    """What an instrument calls itself (Luật Ban hành văn bản, and Decree 30/2020 for plain documents)."""

    LAW = "law", "Luật"
    RESOLUTION = "resolution", "Nghị quyết"
    DECREE = "decree", "Nghị định"
    DECISION = "decision", "Quyết định"
    CIRCULAR = "circular", "Thông tư"
    PLAN = "plan", "Kế hoạch"
    LETTER = "letter", "Công văn"


def instrument_kinds() -> list[tuple[str, str]]:
    """The choices of `Instrument.kind`; a callable, so that wording makes no migration."""
    return InstrumentKind.choices
