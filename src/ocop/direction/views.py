"""The board of tasks by agency: who was given what, who is late; giving out a year, taking up everything."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ocop.direction.actions.giving import Document, give_out
from ocop.direction.actions.reviews import draw_up
from ocop.direction.actions.tasks import accept_all
from ocop.direction.models import Review, Task
from ocop.direction.permissions.tasks import may_give_year, official, tasks_held
from ocop.direction.queries.tasks import by_agency, years_of
from ocop.direction.registers import TASKS
from ocop.direction.registers.forms import GiveOutForm
from ocop.direction.rules.tasks import AGENCY
from ocop.kit import clock, once, registry
from ocop.kit.errors import Forbidden, Refused
from ocop.reporting.models import Programme
from ocop.units.models import Unit
from ocop.units.queries import home_province

COUNTED = ("total", "given", "working", "reported", "done", "overdue")


def _seen(request: HttpRequest) -> None:
    if not official(request.user):
        raise Http404


def _year(request: HttpRequest, years: list[int]) -> int:
    typed, this = request.GET.get("nam", ""), clock.today().year
    if typed.isdigit() and int(typed) in years:
        return int(typed)
    return this if this in years else max(years, default=this)


def _form(user: Any, province: Unit, *sent: Any) -> GiveOutForm | None:
    programmes = Programme.objects.filter(province=province.code, assignments__isnull=False).distinct()
    return GiveOutForm(*sent, programmes=programmes) if may_give_year(user, province) else None


def _waiting(user: Any) -> Any:
    return Task.objects.filter(tasks_held(user)[AGENCY], state="given")


def _board(request: HttpRequest, form: GiveOutForm | None, status: int = 200) -> HttpResponse:
    today, rows = clock.today(), Task.objects.visible_to(request.user)
    years = years_of(rows)
    year = _year(request, years)
    lines = by_agency(rows.filter(year=year), today)
    sums = {name: sum(getattr(line, name) for line in lines) for name in COUNTED}
    context = {
        "lines": lines, "urgent": [one for one in lines if one.overdue or one.given],
        "calm": [one for one in lines if not one.overdue and not one.given], "sums": sums, "year": year,
        "form": form, "list_url": TASKS.url("list"), "once": once.new_key(),
        "years": [(one, f"?nam={one}", one == year) for one in years], "waiting": _waiting(request.user).count(),
    }  # fmt: skip
    return render(request, "direction/board.html", context, status=status)


@login_required
@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """Every agency in reach with its tasks of a year, the late ones first."""
    _seen(request)
    return _board(request, _form(request.user, home_province(clock.today())))


@login_required
@require_POST
def give_out_now(request: HttpRequest) -> HttpResponse:
    """Give out a year of a plan."""
    _seen(request)
    province = home_province(clock.today())
    form = _form(request.user, province, request.POST)
    if form is None:
        raise Forbidden("task.monitor", "Nhiệm vụ của Kế hoạch do cơ quan thường trực cấp tỉnh giao.")
    if not form.is_valid():
        return _board(request, form, 422)
    data = form.cleaned_data

    def act() -> str:
        document = Document(data["basis"], data["number"], data["on"])
        count = give_out(data["programme"], province, data["year"], by=request.user, document=document)
        registry.announce(
            "direction.given_out", by=request.user, request=request, year=data["year"], rows=count
        )
        messages.success(request, f"Đã giao {count} nhiệm vụ của năm {data['year']}.")
        return f"{reverse('direction:board')}?nam={data['year']}"

    try:
        return once.run(request, once.key_of(request), act)
    except Forbidden:
        raise
    except Refused as refused:
        for refusal in refused.refusals:
            form.add_error(None, refusal.reason)
        return _board(request, form, 422)


@login_required
@require_POST
def accept_now(request: HttpRequest) -> HttpResponse:
    """Take up everything that waits for the own agency."""
    _seen(request)

    def act() -> str:
        count = accept_all(_waiting(request.user).select_related("agency"), by=request.user)
        registry.announce("direction.accepted_all", by=request.user, request=request, rows=count)
        messages.success(request, f"Đã nhận {count} nhiệm vụ, hẹn xong theo hạn được giao.")
        return f"{TASKS.url('list')}?xem=cua-toi"

    try:
        return once.run(request, once.key_of(request), act)
    except Forbidden:
        raise
    except Refused as refused:
        for refusal in refused.refusals:
            messages.error(request, refusal.reason)
        return redirect("direction:board")


@login_required
@require_POST
def draw_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the figures and reports of a review anew."""
    _seen(request)
    review = get_object_or_404(Review.objects.visible_to(request.user), pk=pk)
    draw_up(review, by=request.user)
    messages.success(request, "Đã lấy lại số liệu, chỉ tiêu, nhiệm vụ và báo cáo đã chấp nhận.")
    return redirect(review)
