"""The signed-in home and the search over everything."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.workspace import queries

WALL_SECONDS = 600


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """ "Việc của tôi": what waits, what is late, what was returned, and the figures of the office's province or unit.

    Whoever steers reads the figures first. `?man-hinh=lon` shows the figures alone, for a wall.
    """
    today = clock.today()
    figures = queries.figures_of(request.user, today)
    if request.GET.get("man-hinh") == "lon" and figures is not None:
        return _wall(request, figures)
    groups = queries.work_of(request.user, today)
    scope = scope_of(request.user)
    province = queries.province_for(request.user, today)
    hands_in = bool(request.user.unit_id) and not scope.is_official
    context = {
        "groups": groups,
        "figures": figures,
        "count": sum(len(group.items) for group in groups),
        "late": sum(len(group.items) for group in groups if group.kind == "late"),
        "is_official": scope.is_official,
        "hands_in": hands_in,
        "hand_in": queries.hand_in_by(province, today) if hands_in else None,
        "clocks": [] if hands_in else queries.round_clocks(province, today),
    }
    return render(request, "workspace/home.html", context)


def _wall(request: HttpRequest, figures: queries.Figures) -> HttpResponse:
    """The figures without a menu, in large type; a screen that nobody touches reads them anew every ten minutes."""
    answer = render(request, "workspace/wall.html", {"figures": figures})
    answer["Refresh"] = str(WALL_SECONDS)
    return answer


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Search over products, producers, dossiers, units and pages, with or without marks."""
    typed = request.GET.get("q", "")[:100]
    return render(
        request, "workspace/search.html", {"typed": typed, "found": queries.search(request.user, typed)}
    )
