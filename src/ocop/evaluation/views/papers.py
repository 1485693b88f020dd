"""The tab "Giấy tờ": what was made from the dossier, and making it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ocop.evaluation.actions.papers import make_paper
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.paper_register import papers_of_dossier
from ocop.evaluation.queries.papers import offered_kinds
from ocop.evaluation.rules.paper_kinds import KINDS
from ocop.evaluation.views.desk import frame
from ocop.evaluation.views.record import visible
from ocop.kit import once
from ocop.kit.papers.templates import is_replaced


@login_required
@require_GET
def papers(request: HttpRequest, code: str) -> HttpResponse:
    """Papers that were made, and those that this person may have made."""
    dossier = visible(request, code)
    roles = roles_for(request.user, dossier)
    context = frame(request, dossier, roles, active="papers")
    context["made"] = papers_of_dossier(dossier, request.user, roles)
    context["offered"] = [
        (kind, once.new_key(), is_replaced(kind.template)) for kind in offered_kinds(dossier, roles)
    ]
    return render(request, "evaluation/papers.html", context)


@login_required
@require_POST
def make(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Make one paper and lead back to the list, the new one first."""
    dossier = visible(request, code)

    def act() -> str:
        make_paper(dossier, kind, by=request.user, request=request)
        return reverse("evaluation:dossier-papers", args=[dossier.code])

    response = once.run(request, once.key_of(request), act)
    messages.success(request, f"Đã lập: {KINDS[kind].label}. Số, ngày để trống cho văn thư.")
    return response
