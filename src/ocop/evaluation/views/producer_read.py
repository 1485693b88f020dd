"""The dossier to read, for everybody who may see it: forms 01 and 02, evidence in book order, the producer's marks."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries import mine, wizard
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.content import Content, answers_in_words, content_for, evidence_in_order
from ocop.evaluation.queries.record import mark_of
from ocop.evaluation.queries.tabs import tabs_of_dossier
from ocop.evaluation.rules.workflow import COMMUNE, PRODUCER
from ocop.evaluation.views.record import visible


def _page(request: HttpRequest, code: str, active: str) -> tuple[Dossier, Content, dict[str, Any]]:
    """The dossier, the content that this person reads, and the context around it; 404 for a submission never made."""
    dossier = visible(request, code)
    roles = roles_for(request.user, dossier)
    wanted = request.GET.get("lan", "")
    content = content_for(dossier, roles, number=int(wanted) if wanted.isdigit() else None)
    if content is None:
        raise Http404
    context = {
        "dossier": dossier,
        "mark": mark_of(dossier.state),
        "tabs": tabs_of_dossier(dossier, request.user, roles, active=active),
        "content": content,
        "numbers": list(dossier.submissions.values_list("number", flat=True)),
        "may_again": dossier.state == DossierState.WITHDRAWN and bool(roles & PRODUCER),
        "writes": dossier.is_editable and bool(roles & (PRODUCER | COMMUNE)),
    }
    return dossier, content, context


@login_required
@require_GET
def forms(request: HttpRequest, code: str) -> HttpResponse:
    """Forms 01 and 02 as answered, with what the registers add."""
    dossier, content, context = _page(request, code, "forms")
    context |= {"parts": answers_in_words(content), "known": mine.known_facts(dossier, request.user)}
    return render(request, "evaluation/producer/read_forms.html", context)


@login_required
@require_GET
def evidence(request: HttpRequest, code: str) -> HttpResponse:
    """Evidence by criterion in book order."""
    _, content, context = _page(request, code, "evidence")
    rows = evidence_in_order(content)
    context |= {"rows": rows, "total": sum(len(pieces) for _, _, pieces in rows)}
    return render(request, "evaluation/producer/read_evidence.html", context)


@login_required
@require_GET
def scores(request: HttpRequest, code: str) -> HttpResponse:
    """The producer's own marks: levels, totals of the sections, band, what blocks."""
    dossier, content, context = _page(request, code, "selfscore")
    view = content.view
    context |= {"view": view, "lines": wizard.star_lines(dossier, view), "rows": _rows(view, content)}
    return render(request, "evaluation/producer/read_scores.html", context)


def _rows(view: Any, content: Content) -> list[dict[str, Any]]:
    """Every criterion with the level chosen in words and the remark, under its section and head."""
    rows = []
    for section in view.sections:
        for head in section.heads:
            for one in head.criteria:
                level = next((level for level in one.levels if level.chosen), None)
                rows.append(
                    {"section": section, "head": head, "criterion": one, "level": level,
                     "note": content.notes.get(one.code, "")}
                )  # fmt: skip
    return rows
