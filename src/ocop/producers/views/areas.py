"""The map of material areas for those who keep them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ocop.kit.registers.listing import listing
from ocop.producers.maps import drawing
from ocop.producers.pages import hidden_unless
from ocop.producers.registers import AREAS


@login_required
@require_GET
def areas_map(request: HttpRequest) -> HttpResponse:
    """The areas of the list as it is filtered, on the schematic of the province; those without a point below it."""
    hidden_unless(AREAS.may_see(request.user))
    found = listing(AREAS, request.user, request.GET, opens=True)
    areas = list(found.rows)
    made = drawing(areas)
    shown = {mark["area"].pk for mark in made["marks"]}
    context = {
        "found": found, "map": made, "areas": areas, "list_url": f"{AREAS.url('list')}?{found.query}",
        "missing": [area for area in areas if area.pk not in shown], "register": AREAS,
    }  # fmt: skip
    return render(request, "producers/area_map.html", context)
