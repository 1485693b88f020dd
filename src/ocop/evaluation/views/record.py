"""The list of dossiers, the record page of one, and the pressing of its moves."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ocop.evaluation.actions.province import RECEIVE
from ocop.evaluation.actions.verbs import press as press_verb
from ocop.evaluation.forms.record import VIEWS, DossierFilter, MoveForm
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.clock import commune_clock, due_words
from ocop.evaluation.queries.listing import export_list, listed, page_of, rows_of, view_counts
from ocop.evaluation.queries.places import places_for
from ocop.evaluation.queries.record import OWN_PAGE, facts_table, history_of, mark_of, offers_for, road_of
from ocop.evaluation.queries.site_check import check_facts
from ocop.evaluation.queries.tabs import held_by, shown_tabs, tabs_of_dossier
from ocop.evaluation.queries.transition import may_refile, old_rules_of
from ocop.evaluation.queries.written import council_facts
from ocop.kit import clock, once
from ocop.kit.errors import Refused
from ocop.kit.registry import announce

PAGE = 25
# Where a press leads whose work goes on at once on a page of its own.
LANDINGS = dict.fromkeys(RECEIVE.values(), "evaluation:province-intake")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def visible(request: HttpRequest, code: str) -> Dossier:
    """The dossier of that code among the rows that exist for this user; a stranger gets 404."""
    rows = Dossier.objects.visible_to(request.user).select_related(
        "product", "producer", "unit", "province", "district", "criteria_set__book", "procedure", "round"
    )
    return get_object_or_404(rows, code=code)


@login_required
@require_GET
def dossier_list(request: HttpRequest) -> HttpResponse:
    """Dossiers that exist for this user, opened at what waits for them, else at what is under way."""
    today = clock.today()
    own = Dossier.objects.visible_to(request.user)
    counts = view_counts(request.user, today, own)
    form = DossierFilter(request.GET)
    filters = form.filters(default="mine" if counts["mine"] else "open")
    rows = listed(request.user, filters, today, own)
    known = counts[filters["xem"]] if len(filters) == 1 else None
    page = page_of(rows, PAGE, request.GET.get("trang"), known)
    lines = [
        {
            "dossier": row,
            "mark": mark_of(row.state),
            **dict(zip(("due", "tone"), due_words(row, today), strict=True)),
        }
        for row in rows_of(page)
    ]
    context = {
        "page": page,
        "lines": lines,
        "form": form,
        "words": form.words(filters),
        "views": [(key, label, counts[key], key == filters["xem"]) for key, label in VIEWS],
        "kept": form.address_without("xem"),
        "excel": f"{reverse('evaluation:dossier-export')}?{form.address_with(xem=filters['xem'])}",
    }
    return render(request, "evaluation/dossier_list.html", context)


@login_required
@require_GET
def dossier_export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, as a workbook; the export is announced."""
    form = DossierFilter(request.GET)
    filters = form.filters(default="open")
    target = BytesIO()
    count = export_list(target, request.user, filters, form.words(filters), clock.today())
    announce("dossiers.exported", by=request.user, request=request, rows=count)
    response = HttpResponse(target.getvalue(), content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="ho-so-{clock.today():%Y%m%d}.xlsx"'
    return response


@login_required
@require_GET
def dossier_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The record page: what, state, clock, next press; tabs; timeline."""
    dossier = visible(request, code)
    roles = roles_for(request.user, dossier)
    today = clock.today()
    old = old_rules_of(dossier, today)
    context = {
        "dossier": dossier,
        "mark": mark_of(dossier.state),
        "old_rules": old,
        "may_refile": may_refile(dossier, old, roles),
        "road": road_of(dossier),
        "facts": [
            *facts_table(dossier, today),
            *check_facts(dossier),
            *council_facts(dossier, roles, today),
        ],
        "offers": offers_for(dossier, request.user, roles=roles),
        "moves": history_of(dossier)[:8],
        "tabs": tabs_of_dossier(dossier, request.user, roles, active="overview"),
        "due": due_words(dossier, today),
        "clock": commune_clock(dossier, today),
        "places": places_for(dossier, roles),
        "held": held_by(dossier, shown_tabs(dossier, roles)),
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
        return reverse(LANDINGS.get(verb, "evaluation:dossier-detail"), args=[dossier.code])

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
