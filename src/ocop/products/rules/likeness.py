"""When two products of one producer may be one: names compared folded, and never across differing words or figures."""

import re

from ocop.producers.rules import likeness as names

_FIGURES = re.compile(r"\d+")


def likeness(one: str, other: str) -> float:
    """How like two product names are, from 0 to 1.

    0 when their figures differ (29 degrees is not 39 degrees), and when each has a word that the other has not and the
    words are no slips of the pen: a producer's brand stands in all its names, so "Giò lụa An" is not "Giò bê An".
    """
    if sorted(_FIGURES.findall(one)) != sorted(_FIGURES.findall(other)):
        return 0.0
    first, second = names.name_key(one), names.name_key(other)
    mine, theirs = set(first.split()), set(second.split())
    left, right = sorted(mine - theirs), sorted(theirs - mine)
    if left and right and not (len(left) == len(right) and all(map(_is_slip, left, right))):
        return 0.0
    return names.likeness(first, second)


def _is_slip(one: str, other: str) -> bool:
    """True for two words of three letters or more that differ by one letter, left out or mistaken."""
    if min(len(one), len(other)) < 3 or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
