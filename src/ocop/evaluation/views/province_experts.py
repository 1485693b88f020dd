"""The expert team: my dossiers, the report beside the producer's claims, the report to the chair (Art. 7.3)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.accounts.queries import scope_of
from ocop.evaluation.actions import province
from ocop.evaluation.forms.province import ExpertReportForm
from ocop.evaluation.models import Dossier, ExpertReport
from ocop.evaluation.permissions import may_write_expert_report
from ocop.evaluation.queries import province as desk_of
from ocop.evaluation.queries.claims import claims_of
from ocop.evaluation.queries.record import mark_of, move_now
from ocop.evaluation.queries.report import EXPERT_READERS
from ocop.evaluation.queries.report import lines_of as form03_lines
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.views.desk import desk, first_error, frame, is_autosave, send, with_values
from ocop.kit import clock, formats
from ocop.kit.errors import Forbidden, Refused, Stale, require
from ocop.kit.once import key_of, run

for_readers = desk(*EXPERT_READERS, who="cơ quan tham mưu, Tổ tư vấn và Hội đồng")


def _may_write(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> bool:
    return bool(may_write_expert_report(roles, dossier, assigned=desk_of.is_assigned(dossier, request.user)))


def _form(dossier: Dossier, report: ExpertReport | None, *args: Any, **kwargs: Any) -> ExpertReportForm:
    criteria = [(one.code, one.name) for one in sheet_for(dossier).criteria]
    return ExpertReportForm(criteria, report.criterion_notes if report else {}, *args, **kwargs)


def _page(
    request: HttpRequest, dossier: Dossier, roles: frozenset[str], status: int = 200,
    form: ExpertReportForm | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """The assessment page: the form for those assigned, the text for the others who may read it."""
    report = desk_of.expert_report_of(dossier)
    may_write = _may_write(request, dossier, roles)
    form = form or _form(dossier, report, initial=desk_of.report_initial(report))
    context = {
        **frame(request, dossier, roles, active="experts"),
        "may_write": may_write,
        "form": form,
        "rows": [(claim, form.note_of(claim.code)) for claim in claims_of(dossier)],
        "report": report,
        "lines": desk_of.report_lines(report),
        "form03": form03_lines(dossier),
        "assigned": list(
            desk_of.assignments_here(dossier).select_related("expert").order_by("-is_lead", "pk")
        ),
        "from_district": desk_of.report_lines(desk_of.district_report_of(dossier)),
        "to_chair": move_now(dossier, roles, "report_to_chair"),
        **more,
    }
    return render(request, "evaluation/province/experts.html", context, status=status)


def _save(request: HttpRequest, dossier: Dossier, form: ExpertReportForm) -> ExpertReport:
    version = form.cleaned_data["version"] or 0
    return province.save_expert_report(dossier, values=form.values(), by=request.user, version=version)


def _autosave(request: HttpRequest, dossier: Dossier, form: ExpertReportForm) -> JsonResponse:
    if not form.is_valid():
        return JsonResponse({"message": first_error(form)}, status=422)
    try:
        return JsonResponse({"fields": {"version": _save(request, dossier, form).version}})
    except Refused as error:
        return JsonResponse({"message": error.reason}, status=409 if isinstance(error, Stale) else 422)


@for_readers
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Write or read the expert team's report; only those assigned write."""
    if request.method == "GET":
        return _page(request, dossier, roles)
    require(may_write_expert_report(roles, dossier, assigned=desk_of.is_assigned(dossier, request.user)))
    form = _form(dossier, None, request.POST)
    if is_autosave(request):
        return _autosave(request, dossier, form)

    def act() -> str:
        _save(request, dossier, form)
        place = "#bao-cao" if "next" in request.POST else ""
        return reverse("evaluation:expert-report", args=[dossier.code]) + place

    try:
        done = send(request, form, act, "Đã lưu báo cáo thẩm định.")
        return done or _page(request, dossier, roles, status=422, form=form)
    except Stale as error:
        held = desk_of.expert_report_of(dossier)
        theirs = desk_of.report_differences(held, form.values())
        fresh = with_values(form, version=held.version if held else 0)
        return _page(request, dossier, roles, status=409, form=fresh, stale=error.reason, theirs=theirs)


@for_readers
@require_POST
def to_chair(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """The lead reports to the chair of the council."""

    def act() -> str:
        province.report_to_chair(dossier, by=request.user)
        return reverse("evaluation:dossier-detail", args=[dossier.code])

    response = run(request, key_of(request), act)
    messages.success(request, "Đã báo cáo Chủ tịch Hội đồng; hồ sơ chờ đưa ra họp.")
    return response


@login_required
@require_GET
def assigned(request: HttpRequest) -> HttpResponse:
    """The dossiers that this member of the expert team was given."""
    if not scope_of(request.user).has_any(*desk_of.EXPERTS):
        raise Forbidden("experts.role", "Trang này dành cho thành viên Tổ tư vấn của Hội đồng.")
    today = clock.today()
    lines = [
        {
            "dossier": dossier,
            "mark": mark_of(dossier.state),
            "open": desk_of.still_to_assess(dossier),
            "due": formats.distance(dossier.due_on, today) if dossier.due_on else ("", ""),
        }
        for dossier in desk_of.assigned_to(request.user)[:200]
    ]
    lines.sort(key=lambda line: not line["open"])
    return render(request, "evaluation/province/assigned.html", {"lines": lines})
