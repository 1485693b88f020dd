"""Pages of units and agencies: the tree of a day, one unit with its lineage, suggestions for the picker."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ocop.kit import clock
from ocop.kit.registers.story import tabs_for
from ocop.units.fields import suggestions
from ocop.units.forms import AgencySearchForm, DayForm, SuggestForm, UnitSearchForm
from ocop.units.models import Agency, Unit
from ocop.units.queries import (
    NotInForce,
    ancestry_on,
    find_units,
    full_names,
    home_province,
    predecessors,
    successors,
    tree_on,
    unit_on,
)


@require_safe
@login_required
def unit_list(request: HttpRequest) -> HttpResponse:
    """Every unit of the province on a day, or those that answer a typed name of any time."""
    form = UnitSearchForm(request.GET)
    day = form.cleaned_data["ngay"] if form.is_valid() else clock.today()
    typed = form.cleaned_data.get("q", "") if form.is_valid() else ""
    context = {"form": form, "day": day, "typed": typed}
    if typed:
        context["found"] = find_units(typed, day, limit=50)
    else:
        tree = tree_on(day, home_province(day))
        context["rows"] = [(depth, unit, tree.parent(unit)) for depth, unit in tree.walk()]
    return render(request, "units/unit_list.html", context)


@require_safe
@login_required
def unit_page(request: HttpRequest, code: str) -> HttpResponse:
    """One unit on a day: where it stands, what it was and what it became."""
    form = DayForm(request.GET)
    day = form.cleaned_data["ngay"] if form.is_valid() else clock.today()
    try:
        unit = unit_on(code, day)
    except NotInForce as absent:
        if not absent.units:
            raise Http404(absent.reason) from absent
        return render(
            request, "units/unit_absent.html", {"absent": absent, "form": form, "day": day}, status=404
        )
    tabs = tabs_for(unit, request.user)
    return render(
        request, "units/unit_page.html", {"form": form, "day": day, "tabs": tabs, **_about(unit, day)}
    )


def _about(unit: Unit, day: date) -> dict[str, Any]:
    """What the page of a unit shows."""
    before, after = predecessors(unit), successors(unit)
    names = full_names([*(step.predecessor for step in before), *(step.successor for step in after)], day)
    return {
        "unit": unit,
        "above": ancestry_on(unit, day),
        "before": [(step, step.predecessor, names[step.predecessor_id]) for step in before],
        "after": [(step, step.successor, names[step.successor_id]) for step in after],
        "agencies": Agency.objects.valid_on(day).filter(unit=unit),
    }


@require_safe
@login_required
def agency_list(request: HttpRequest) -> HttpResponse:
    """Agencies of a day, by name and by the part they play."""
    form = AgencySearchForm(request.GET)
    blank: dict[str, Any] = {"ngay": clock.today(), "q": "", "nhiem_vu": ""}
    filters = form.cleaned_data if form.is_valid() else blank
    day = filters["ngay"]
    rows = Agency.objects.filter(unit__covers__holder=home_province(day)) | Agency.objects.filter(unit=None)
    if filters["nhiem_vu"]:
        rows = rows & Agency.objects.with_duty(filters["nhiem_vu"], day)
    rows = rows.valid_on(day).found_by(filters["q"]).select_related("unit").prefetch_related("duties")
    page = Paginator(rows, 50).get_page(request.GET.get("trang"))
    entries = [(agency, [duty for duty in agency.duties.all() if duty.in_force(day)]) for agency in page]
    return render(
        request, "units/agency_list.html", {"form": form, "day": day, "page": page, "entries": entries}
    )


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Units of today that answer what is typed so far; open to all, as the names are public."""
    form = SuggestForm(request.GET)
    answers = []
    if form.is_valid():
        answers = suggestions(form.typed(request.GET), levels=form.cleaned_data["levels"])
    context = {"answers": answers, "widget": {"name": request.GET.get("for", "")}}
    return render(request, "units/_suggestions.html", context)
