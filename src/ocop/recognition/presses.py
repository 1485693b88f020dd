"""Presses that apps above put beside a star: on the product's page and on the board of stars that run out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ocop.kit.registry import Registry
from ocop.recognition.models import Certificate


@dataclass(frozen=True)
class Press:
    """One press: `is_post` does it at once, else it leads there."""

    label: str
    url: str
    is_post: bool = False


@dataclass(frozen=True)
class PressSource:
    """Answers the presses of many certificates at once, by their ids, for a person."""

    key: str
    presses: Callable[[Any, Sequence[Certificate]], dict[int, Press]]


press_sources: Registry[PressSource] = Registry("certificate presses")


def with_presses(user: Any, rows: Sequence[Certificate]) -> list[Certificate]:
    """The rows, each with the list `presses`; as many queries as the sources need, whatever the number of rows."""
    answers = [source.presses(user, rows) for source in press_sources] if rows else []
    for row in rows:
        row.presses = [found[row.pk] for found in answers if row.pk in found]  # type: ignore[attr-defined]
    return list(rows)
