"""When two products of one producer may be one: names compared folded, and never across differing figures."""

import re

from ocop.producers.rules import likeness as names

_FIGURES = re.compile(r"\d+")


def likeness(one: str, other: str) -> float:
    """How like two product names are, from 0 to 1; 0 when their figures differ: 29 degrees is not 39 degrees."""
    if sorted(_FIGURES.findall(one)) != sorted(_FIGURES.findall(other)):
        return 0.0
    return names.likeness(names.name_key(one), names.name_key(other))
