"""The signed-in home and the search over everything."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.workspace import queries


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """ "Việc của tôi": what waits, what is late, what was returned; one press leads to the place of work."""
    today = clock.today()
    groups = queries.work_of(request.user, today)
    scope = scope_of(request.user)
    province = queries.province_for(request.user, today)
    hands_in = bool(request.user.unit_id) and not scope.is_official
    context = {
        "groups": groups,
        "count": sum(len(group.items) for group in groups),
        "late": sum(len(group.items) for group in groups if group.kind == "late"),
        "is_official": scope.is_official,
        "hands_in": hands_in,
        "hand_in": queries.hand_in_by(province, today) if hands_in else None,
        "clocks": [] if hands_in else queries.round_clocks(province, today),
    }
    return render(request, "workspace/home.html", context)


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Search over products, producers, dossiers, units and pages, with or without marks."""
    typed = request.GET.get("q", "")[:100]
    return render(
        request, "workspace/search.html", {"typed": typed, "found": queries.search(request.user, typed)}
    )
