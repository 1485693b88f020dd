"""The map of products by commune: a drawing of our own, with the list beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ocop.kit import clock
from ocop.public import queries

WIDTH, HEIGHT = 800, 536
TOWNS = 8
"""How many of the fullest places are named on the drawing."""


@require_safe
def province_map(request: HttpRequest) -> HttpResponse:
    """Points at the centres of the communes of the day, as large as they have products; no borders, no tiles."""
    found = queries.province_map(clock.today())
    points = [
        {
            "place": place,
            "x": round(place.x * WIDTH, 1),
            "y": round(place.y * HEIGHT, 1),
            "r": round(4 + 3.2 * place.products**0.5, 1) if place.products else 2.2,
            "named": number < TOWNS and place.products > 0,
        }
        for number, place in enumerate(found.places)
    ]
    context = {
        "map": found,
        "points": points[::-1],
        "listed": [place for place in found.places if place.products],
        "width": WIDTH,
        "height": HEIGHT,
    }
    return render(request, "public/map.html", context)
