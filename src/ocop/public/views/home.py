"""The front page: search first, the six groups, figures of the day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ocop.kit import clock
from ocop.public import queries


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the programme has in Hà Tĩnh today."""
    return render(request, "public/home.html", {"figures": queries.figures(clock.today())})
