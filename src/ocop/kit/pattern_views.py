"""Pages of the toolbox itself: the pattern page and the choice of language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

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


@csrf_exempt  # a language is no secret and no right: public pages stay free of cookies this way
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language and go back to the page."""
    return set_language(request)
