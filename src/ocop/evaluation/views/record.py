"""The list of dossiers, the record page of one, and the pressing of its moves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ocop.evaluation.actions.verbs import press as press_verb
from ocop.evaluation.forms.record import DossierFilter, MoveForm
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.listing import listed, rows_of
from ocop.evaluation.queries.record import OWN_PAGE, facts_table, history_of, mark_of, offers_for, road_of
from ocop.evaluation.queries.tabs import tabs_of_dossier
from ocop.kit import clock, formats, once
from ocop.kit.errors import Refused

PAGE = 30


def visible(request: HttpRequest, code: str) -> Dossier:
    """The dossier of that code among the rows that exist for this user; a stranger gets 404."""
    rows = Dossier.objects.visible_to(request.user).select_related(
        "product", "producer", "unit", "province", "criteria_set__book", "procedure", "round"
    )
    return get_object_or_404(rows, code=code)


@login_required
@require_GET
def dossier_list(request: HttpRequest) -> HttpResponse:
    """Dossiers that exist for this user, opened at "mine and open"."""
    form = DossierFilter(request.GET)
    rows = listed(request.user, form.cleaned_data if form.is_valid() else {}, clock.today())
    page = Paginator(rows.values_list("pk", flat=True), PAGE).get_page(request.GET.get("trang"))
    today = clock.today()
    lines = [
        {
            "dossier": dossier,
            "mark": mark_of(dossier.state),
            "late": dossier.late_by(today),
            "due": formats.distance(dossier.due_on, today) if dossier.due_on else ("", ""),
        }
        for dossier in rows_of(page)
    ]
    context = {"page": page, "lines": lines, "form": form, "words": form.words()}
    return render(request, "evaluation/dossier_list.html", context)


@login_required
@require_GET
def dossier_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The record page: what, state, clock, next press; tabs; timeline."""
    dossier = visible(request, code)
    roles = roles_for(request.user, dossier)
    today = clock.today()
    context = {
        "dossier": dossier,
        "mark": mark_of(dossier.state),
        "road": road_of(dossier),
        "facts": facts_table(dossier, today),
        "offers": offers_for(dossier, request.user, roles=roles),
        "moves": history_of(dossier)[:8],
        "tabs": tabs_of_dossier(dossier, request.user, roles, active="overview"),
        "due": formats.distance(dossier.due_on, today) if dossier.due_on else ("", ""),
    }
    return render(request, "evaluation/dossier_detail.html", context)


@login_required
@require_POST
def dossier_move(request: HttpRequest, code: str) -> HttpResponse:
    """Press a verb; a refusal is shown on its own page with every reason, nothing is lost."""
    dossier = visible(request, code)
    form = MoveForm(request.POST)
    if not form.is_valid() or form.cleaned_data["verb"] in OWN_PAGE:
        raise Refused("flow.verb", "Thao tác không hợp lệ.")
    verb, reason = form.cleaned_data["verb"], form.cleaned_data["reason"]

    def press() -> str:
        press_verb(dossier, verb, by=request.user, reason=reason)
        return reverse("evaluation:dossier-detail", args=[dossier.code])

    response = once.run(request, form.once_key, press)
    dossier.refresh_from_db()
    messages.success(request, f"Đã ghi. Hồ sơ đang ở bước: {mark_of(dossier.state).label}.")
    return response


@login_required
@require_GET
def dossier_history(request: HttpRequest, code: str) -> HttpResponse:
    """Every move of the dossier with who, when, why and on what basis."""
    dossier = visible(request, code)
    roles = roles_for(request.user, dossier)
    context = {
        "dossier": dossier,
        "mark": mark_of(dossier.state),
        "moves": history_of(dossier),
        "submissions": dossier.submissions.select_related("by"),
        "tabs": tabs_of_dossier(dossier, request.user, roles, active="history"),
    }
    return render(request, "evaluation/dossier_history.html", context)
