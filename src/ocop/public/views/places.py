"""The map of products by commune: a drawing of our own, with the list beside it."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ocop.kit import clock
from ocop.public import queries

WIDTH, HEIGHT = 800, 536
TOWNS = 9
"""How many places are named on the drawing at most, the fullest first, none over another's name."""


def named_places(places: Iterable[queries.Place]) -> set[int]:
    """Ids of the units to name: a name stands where no other name is near."""
    taken: list[tuple[float, float]] = []
    named: set[int] = set()
    for place in places:
        x, y = place.x * WIDTH, place.y * HEIGHT
        if not place.products or any(abs(x - left) < 92 and abs(y - top) < 30 for left, top in taken):
            continue
        taken.append((x, y))
        named.add(place.unit.pk)
        if len(named) == TOWNS:
            break
    return named


@require_safe
def province_map(request: HttpRequest) -> HttpResponse:
    """Points at the centres of the communes of the day, as large as they have products; no borders, no tiles."""
    found = queries.province_map(clock.today())
    named = named_places(found.places)
    points = [
        {
            "place": place,
            "x": round(place.x * WIDTH, 1),
            "y": round(place.y * HEIGHT, 1),
            "r": round(4 + 3.2 * place.products**0.5, 1) if place.products else 2.2,
            "named": place.unit.pk in named,
        }
        for place in found.places
    ]
    context = {
        "map": found,
        "points": points[::-1],
        "listed": [place for place in found.places if place.products],
        "width": WIDTH,
        "height": HEIGHT,
    }
    return render(request, "public/map.html", context)
