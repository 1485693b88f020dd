"""Form 03: written beside the producer's own answers, read, printed, signed and sent (Art. 7.2 of Decision 26/2026)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.evaluation.actions import commune
from ocop.evaluation.enums import DossierState
from ocop.evaluation.forms.commune import ReportForm, SignForm
from ocop.evaluation.models import CommuneReport, Dossier
from ocop.evaluation.queries import report as reports
from ocop.evaluation.queries.claims import assessments_of
from ocop.evaluation.queries.rounds import proposal_round
from ocop.evaluation.rules.workflow import COMMUNE, COMMUNE_LEADER
from ocop.evaluation.views.commune import at_commune
from ocop.evaluation.views.desk import desk, first_error, frame, is_autosave, send, with_values
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused, Stale

for_readers = desk(*reports.READERS, who="cơ quan đánh giá, phân hạng")


def _page(
    request: HttpRequest,
    dossier: Dossier,
    roles: frozenset[str],
    form: ReportForm,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Form 03 beside the producer's answers, one pair per assessment."""
    context = {
        **frame(request, dossier, roles, active="commune-report"),
        "form": form,
        "pairs": [
            (part, form[part.key], reports.figures_of(form, part.key)) for part in assessments_of(dossier)
        ],
        "round": proposal_round(dossier, clock.today()),
        "is_leader": bool(roles & COMMUNE_LEADER),
        **more,
    }
    return render(request, "evaluation/commune/report.html", context, status=status)


def _save(request: HttpRequest, dossier: Dossier, form: ReportForm) -> CommuneReport:
    version = form.cleaned_data["version"]
    return commune.save_report(
        dossier, values=form.values(), by=request.user, version=0 if version is None else version
    )


def _autosave(request: HttpRequest, dossier: Dossier, form: ReportForm) -> JsonResponse:
    """Keep what stands on the page now; answers the new version for the page's hidden field."""
    if not form.is_valid():
        return JsonResponse({"message": first_error(form)}, status=422)
    try:
        return JsonResponse({"fields": {"version": _save(request, dossier, form).version}})
    except Refused as error:
        return JsonResponse({"message": error.reason}, status=409 if isinstance(error, Stale) else 422)


@at_commune
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Write form 03; outside the commune's step the page leads to what was written."""
    if request.method == "GET" and dossier.state != DossierState.COMMUNE_REVIEW:
        return HttpResponseRedirect(reverse("evaluation:commune-read", args=[dossier.code]))
    if request.method == "GET":
        return _page(request, dossier, roles, ReportForm(initial=reports.initial_of(dossier)))
    form = ReportForm(request.POST)
    if is_autosave(request):
        return _autosave(request, dossier, form)
    target = "commune-sign" if "next" in request.POST else "commune-report"

    def act() -> str:
        _save(request, dossier, form)
        return reverse(f"evaluation:{target}", args=[dossier.code])

    try:
        done = send(request, form, act, "Đã lưu mẫu 03.")
        return done or _page(request, dossier, roles, form, status=422)
    except Stale as error:
        theirs = reports.differences(dossier, form.values())
        fresh = with_values(form, version=reports.version_of(dossier))
        return _page(request, dossier, roles, fresh, status=409, stale=error.reason, theirs=theirs)


@for_readers
@require_GET
def read(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Form 03 as it was written, for the commune and, once sent on, for the province, experts and council."""
    reports.require_reader(dossier, roles)
    if roles & COMMUNE and dossier.state == DossierState.COMMUNE_REVIEW:
        return HttpResponseRedirect(reverse("evaluation:commune-report", args=[dossier.code]))
    context = frame(request, dossier, roles, active="commune-report")
    context |= {"report": reports.report_of(dossier), "lines": reports.lines_of(dossier)}
    return render(request, "evaluation/commune/read.html", context)


@for_readers
@require_GET
def preview(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Form 03 as it will be printed; number and date stay blank for the clerk."""
    reports.require_reader(dossier, roles)
    context = {
        "dossier": dossier,
        "report": reports.report_of(dossier),
        "lines": reports.lines_of(dossier),
    }
    return render(request, "evaluation/commune/preview.html", context)


@at_commune
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Everything on one page, then the leader signs and sends the dossier to the province."""
    held = reports.report_of(dossier)
    form = SignForm(request.POST) if request.method == "POST" else SignForm(initial=reports.letter_of(held))
    if request.method == "POST":
        if not roles & COMMUNE_LEADER:
            raise Forbidden("flow.role", "Chỉ lãnh đạo UBND cấp xã ký đề nghị.")

        def act() -> str:
            commune.propose(
                dossier, by=request.user, letter_number=form.cleaned_data["letter_number"],
                letter_on=form.cleaned_data["letter_on"],
            )  # fmt: skip
            return reverse("evaluation:dossier-detail", args=[dossier.code])

        done = send(request, form, act)
        if done is not None:
            messages.success(request, f"Đã ký đề nghị và gửi hồ sơ lên {dossier.sent_to}.")
            return done
    context = frame(request, dossier, roles, active="commune-sign") | reports.signing(dossier, roles)
    context |= {
        "form": form,
        "report": held,
        "lines": reports.lines_of(dossier),
        "is_leader": roles & COMMUNE_LEADER,
    }
    context["sign_link"] = request.build_absolute_uri(request.path)
    return render(request, "evaluation/commune/sign.html", context, status=422 if form.errors else 200)
