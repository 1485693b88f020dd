"""The apparatus of a day as a chart, with what is missing; handing over a post."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.kit import clock
from ocop.kit.errors import require
from ocop.training.actions import apparatus as actions
from ocop.training.forms import HandOverForm
from ocop.training.models import Post
from ocop.training.permissions import may_hand_over
from ocop.training.queries.apparatus import chart_on
from ocop.training.queries.mine import is_officer
from ocop.training.registers.apparatus import BODIES
from ocop.training.views.common import form_page, sent
from ocop.units.queries import first_day_held, home_province


def _day(request: HttpRequest) -> date:
    """The day asked for, today when none or one outside what is held."""
    try:
        day = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return clock.today()
    first = first_day_held()
    return (
        day if first is not None and first <= day <= date(clock.today().year + 5, 12, 31) else clock.today()
    )


@login_required
@require_GET
def chart(request: HttpRequest) -> HttpResponse:
    """Units of the day, their bodies and people; gaps alone on demand."""
    if not is_officer(request.user):
        raise Http404
    day = _day(request)
    found = chart_on(request.user, day, home_province(day))
    only_gaps = request.GET.get("thieu") == "1"
    context = {
        "chart": found,
        "day": day,
        "only_gaps": only_gaps,
        "gaps_url": f"?thieu=1&ngay={day.isoformat()}" if found.cover.missing else "",
        "branches": found.gaps if only_gaps else found.branches,
        "create_url": BODIES.url("create") if BODIES.may_create(request.user) else "",
    }
    return render(request, "training/chart.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes the post over, and from when."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("body__unit"), pk=pk)
    require(may_hand_over(request.user, post.body.unit_id))
    start = {"title": post.title, "office_phone": post.office_phone, "on": clock.today()}
    form = HandOverForm(*sent(request), initial=start)

    def act() -> str:
        data = {name: value for name, value in form.cleaned_data.items() if name != "once"}
        return actions.hand_over(post, by=request.user, **data).get_absolute_url()

    return form_page(request, form, act, "training/hand_over.html", "Đã bàn giao.", post=post)
