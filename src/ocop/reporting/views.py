"""Boards of figures, the rows behind a figure, freezes."""

import io
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.indicators import Indicator, Period, indicators
from ocop.reporting import papers
from ocop.reporting.actions.freeze import differences, freeze, is_untouched
from ocop.reporting.forms import BoardForm, FreezeForm
from ocop.reporting.models import Freeze
from ocop.reporting.permissions import may_freeze, may_see_figures
from ocop.reporting.queries.board import board, ranking
from ocop.reporting.queries.maps import points
from ocop.reporting.queries.measuring import rows_behind, year_to
from ocop.reporting.queries.places import home_unit
from ocop.reporting.tasks import ask_for
from ocop.units.models import Unit
from ocop.units.queries import NotInForce, unit_on
from ocop.units.rules.drawing import HEIGHT, WIDTH

ROWS_SHOWN = 50


def _asked(request: HttpRequest) -> tuple[Unit, date, BoardForm]:
    """The unit and the day that the address asks for; 404 for a unit out of reach."""
    day = clock.today()
    form = BoardForm(request.GET or None, day=day)
    data = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day = data.get("ngay") or day
    unit = _by_code(request.GET.get("don-vi", ""), day) or data.get("don_vi") or home_unit(request.user, day)
    if unit is None or not may_see_figures(request.user, unit):
        raise Http404
    return unit, day, form


def _by_code(code: str, day: date) -> Unit | None:
    try:
        return unit_on(code, day) if code else None
    except NotInForce as error:
        raise Http404 from error


def _query(unit: Unit, day: date, **more: str) -> str:
    return "?" + urlencode({"don-vi": unit.code, "ngay": day.isoformat(), **more})


def _address(name: str, unit: Unit, day: date, *args: Any, **more: str) -> str:
    return reverse(f"reporting:{name}", args=args) + _query(unit, day, **more)


@login_required
@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """Every indicator against its target; one of them with trend, ranking and map."""
    unit, day, form = _asked(request)
    found = board(unit, day, today=clock.today())
    chosen = found.line(request.GET.get("chi-tieu", "")) or (found.lines[0] if found.lines else None)
    key = chosen.indicator.key if chosen is not None else ""
    ranks = ranking(unit, day, key)
    here = reverse("reporting:board")
    # Written once: some seventy lines lead to the boards of communes.
    first, last = f"{here}?don-vi=", "&" + urlencode({"ngay": day.isoformat(), "chi-tieu": key})
    urls = [f"{first}{quote(rank.unit.code)}{last}" for rank in ranks]
    drawn = points(ranks, chosen.indicator.measure, urls) if chosen is not None else []
    context = {
        "board": found, "form": form, "chosen": chosen,
        "cards": [
            (line, here + _query(unit, day, **{"chi-tieu": line.indicator.key}) + "#chi-tiet",
             _address("rows", unit, day, line.indicator.key))
            for line in found.lines
        ],
        "bars": [
            (rank.unit.title, rank.figure.value if rank.figure else None, url)
            for rank, url in zip(ranks, urls, strict=True)
        ],
        "points": drawn, "named": [point for point in drawn if point.is_named],
        "width": WIDTH, "height": HEIGHT,
        "rows_url": _address("rows", unit, day, key) if key else "",
        "print_url": _address("board_pdf", unit, day), "is_today": day == clock.today(),
        "may_freeze": bool(may_freeze(request.user, unit)), "freezes_url": reverse("reporting:freezes"),
        "once": once.new_key(),
    }  # fmt: skip
    return render(request, "reporting/board.html", context)


@login_required
@require_GET
def board_pdf(request: HttpRequest) -> FileResponse:
    """The board on one page, to print."""
    unit, day, _ = _asked(request)
    content = papers.board_pdf(board(unit, day, today=clock.today()))
    name = f"so-lieu-{unit.code}-{day:%Y%m%d}.pdf"
    return FileResponse(io.BytesIO(content), filename=name, content_type="application/pdf")


@login_required
@require_POST
def measure_now(request: HttpRequest) -> HttpResponse:
    """Have the figures of a unit measured (again) by a job."""
    unit, day, _ = _asked(request)

    def act() -> str:
        return reverse("kit:job", args=[ask_for(unit, day, by=request.user).key])

    return once.run(request, once.key_of(request), act)


def _indicator(key: str) -> Indicator:
    found = indicators.get(key)
    if found is None:
        raise Http404
    return found


@login_required
@require_GET
def rows_page(request: HttpRequest, key: str) -> HttpResponse:
    """The very rows behind a figure, and how it is worked out."""
    unit, day, _ = _asked(request)
    one, period = _indicator(key), year_to(day)
    whole = request.GET.get("phan") == "mau" and one.of is not None
    facts = one.of if whole and one.of is not None else one.facts
    rows = rows_behind(facts, period, unit.pk).order_by("pk").distinct()
    page = Paginator(rows, ROWS_SHOWN).get_page(request.GET.get("trang"))
    context = {
        "one": one, "unit": unit, "day": day, "page": page, "whole": whole, "facts": facts, "period": period,
        "lines": [(str(row), getattr(row, "get_absolute_url", str)()) for row in page.object_list],
        "board_url": _address("board", unit, day, **{"chi-tieu": key}),
        "other_url": _address("rows", unit, day, key, **({} if whole else {"phan": "mau"})) if one.of else "",
    }  # fmt: skip
    return render(request, "reporting/rows.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def freezes(request: HttpRequest) -> HttpResponse:
    """Periods that were frozen, and the form to freeze one."""
    unit = home_unit(request.user, clock.today())
    if unit is None:
        raise Http404
    allowed = may_freeze(request.user, unit)
    form = FreezeForm(request.POST or None) if allowed else None
    if request.method == "POST" and form is None:
        raise Forbidden(allowed.code, allowed.reason)
    if form is not None and form.is_valid() and (done := _freeze(request, unit, form)) is not None:
        return done
    rows = Freeze.objects.visible_to(request.user).standing().select_related("unit", "by")
    bound = form is not None and form.is_bound
    return render(
        request, "reporting/freezes.html", {"rows": rows, "form": form}, status=422 if bound else 200
    )


def _freeze(request: HttpRequest, unit: Unit, form: FreezeForm) -> HttpResponseRedirect | None:
    data = form.cleaned_data

    def act() -> str:
        period = Period(data["first"], data["last"])
        row = freeze(unit, period, title=data["title"], note=data["note"], by=request.user)
        messages.success(request, "Đã chốt số liệu. Từ nay số của kỳ này không đổi.")
        return row.get_absolute_url()

    try:
        return once.run(request, form.once_key, act)
    except Refused as refused:
        form.add_error(None, refused.reason)
        return None


@login_required
@require_GET
def freeze_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Frozen figures beside what is measured now, the difference row by row, and whether the seal holds."""
    row = get_object_or_404(Freeze.objects.visible_to(request.user).select_related("unit", "by"), pk=pk)
    key = request.GET.get("chi-tieu", "")
    one = indicators.get(key) if key else None
    added, gone = differences(row, one) if one is not None else ([], [])
    context = {
        "row": row, "untouched": is_untouched(row), "one": one, "added": _named(added), "gone": _named(gone),
        "figures": papers.frozen_lines(row),
    }  # fmt: skip
    return render(request, "reporting/freeze.html", context)


def _named(rows: list[Any]) -> list[tuple[str, str]]:
    return [(str(row), row.get_absolute_url() if hasattr(row, "get_absolute_url") else "") for row in rows]
