"""The map of the province: products by commune, and the layers that other apps add; the list beside it."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from ocop.kit import clock
from ocop.kit.registry import MapLayer, map_layers
from ocop.public import queries
from ocop.units.rules.drawing import HEIGHT, WIDTH, is_inside, position

TOWNS = 9
"""How many places are named on the drawing at most, the fullest first, none over another's name."""
SHAPES = {
    "square": "M-6 -6h12v12h-12z",
    "diamond": "M0 -8.5L8.5 0 0 8.5 -8.5 0z",
    "triangle": "M0 -8L8 6.5H-8z",
}
"""The outlines of the marks, around the point."""


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


def layer_of(layer: MapLayer) -> dict[str, Any]:
    """A layer with its marks on the drawing, by name; points outside the window are left out."""
    marks = []
    for number, point in enumerate(layer.points(get_language() or "vi"), 1):
        if not is_inside(point.lng, point.lat):
            continue
        x, y = position(point.lng, point.lat)
        marks.append(
            {
                "title": point.title, "text": point.text, "url": point.url, "anchor": f"diem-{number}",
                "href": point.url or f"#diem-{number}",
                "x": round(x * WIDTH, 1), "y": round(y * HEIGHT, 1),
            }
        )  # fmt: skip
    marks.sort(key=lambda mark: str(mark["title"]))
    return {
        "label": gettext(layer.label), "hint": gettext(layer.hint) if layer.hint else "", "marks": marks,
        "shape": layer.shape, "path": SHAPES[layer.shape],
    }  # fmt: skip


@require_safe
def province_map(request: HttpRequest) -> HttpResponse:
    """Points at the centres of the communes of the day, as large as they have products; no borders, no tiles.

    `?lop=key` shows a layer of `kit.registry.map_layers` instead; an unknown key answers 404.
    """
    wanted = request.GET.get("lop", "")
    if wanted and wanted not in map_layers:
        raise Http404
    found = queries.province_map(clock.today())
    layer = layer_of(map_layers[wanted]) if wanted else None
    context = {
        "map": found,
        "points": _points(found)[::-1],
        "listed": [place for place in found.places if place.products],
        "width": WIDTH,
        "height": HEIGHT,
        "layer": layer,
        "layers": [
            {"key": one.key, "label": gettext(one.label), "active": one.key == wanted, "shape": one.shape,
             "path": SHAPES[one.shape]}
            for one in map_layers
        ],
        "heading": layer["label"] if layer else gettext("Bản đồ sản phẩm OCOP"),
    }  # fmt: skip
    return render(request, "public/map.html", context)


def _points(found: queries.ProvinceMap) -> list[dict[str, Any]]:
    """The communes on the drawing."""
    named = named_places(found.places)
    return [
        {
            "place": place,
            "x": round(place.x * WIDTH, 1),
            "y": round(place.y * HEIGHT, 1),
            "r": round(4 + 3.2 * place.products**0.5, 1) if place.products else 2.2,
            "named": place.unit.pk in named,
        }
        for place in found.places
    ]
