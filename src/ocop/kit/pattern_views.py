"""The page of the toolbox itself: every component in its dress."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ocop.kit import patterns

DRESSES = {"cong-khai": "public", "thuc-dia": "field", "ban-cham": "bench", "giay": "print"}


@require_GET
def pattern_page(request: HttpRequest) -> HttpResponse:
    """Every component with its documentation and its edge cases, in the dress of one of the five situations."""
    dress = DRESSES.get(request.GET.get("ao", ""), "workspace")
    return render(
        request,
        "kit/patterns/page.html",
        {"base": f"kit/base_{dress}.html", "dress": dress, **patterns.samples()},
    )
