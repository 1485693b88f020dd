"""Marks of a jury and evaluation by participants."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

LEAST_ANSWERS = 3
"""Evaluations are shown from this many on: fewer would tell who wrote what."""


def mean(marks: Iterable[int]) -> Decimal | None:
    """The mean to two places; None without marks."""
    rows = list(marks)
    if not rows:
        return None
    return (Decimal(sum(rows)) / len(rows)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def ranking(means: Mapping[int, Decimal | None]) -> dict[int, int]:
    """Rank by mean, the best first; equals share a rank and the next one is skipped; without marks no rank."""
    known = {pk: value for pk, value in means.items() if value is not None}
    return {pk: 1 + sum(other > value for other in known.values()) for pk, value in known.items()}


def shown(answers: int) -> bool:
    """Whether so many evaluations may be shown to the organiser."""
    return answers >= LEAST_ANSWERS
