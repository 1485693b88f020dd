"""The page on which commune and advisory body record whether a re-evaluation is checked on site."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ocop.evaluation.actions.site_check import record_site_check
from ocop.evaluation.forms.written import SiteCheckForm
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.site_check import checks_of, needs_choice, own_level
from ocop.evaluation.views.desk import frame, send
from ocop.evaluation.views.record import visible
from ocop.files.actions import store
from ocop.kit.errors import Refused


@login_required
@require_http_methods(["GET", "POST"])
def site_check(request: HttpRequest, code: str) -> HttpResponse:
    """What the offices recorded; the office on whose desk the dossier lies may write."""
    dossier = visible(request, code)
    if not needs_choice(dossier):
        raise Http404
    roles = roles_for(request.user, dossier)
    level = own_level(dossier, roles)
    rows = checks_of(dossier)
    own = next((row for row in rows if row.level == level), None)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SiteCheckForm(*sent, initial=SiteCheckForm.start(own)) if level or sent else None
    if form is not None and sent:
        done = send(request, form, lambda: _record(request, dossier, form), "Đã ghi việc kiểm tra thực tế.")
        if done is not None:
            return done
    context = {**frame(request, dossier, roles, active=""), "form": form, "checks": rows, "level": level}
    return render(request, "evaluation/site_check.html", context, status=422 if sent else 200)


def _record(request: HttpRequest, dossier: Dossier, form: SiteCheckForm) -> str:
    data = form.cleaned_data
    sent = data["minutes"]
    if sent and not data["is_needed"]:
        raise Refused("site_check.made", "Đã kiểm tra thực tế thì chọn “cần kiểm tra”.")
    record_site_check(
        dossier, is_needed=data["is_needed"], reason=data["reason"], visited_on=data["visited_on"],
        minutes=store(sent, by=request.user) if sent else None, by=request.user,
    )  # fmt: skip
    messages.info(request, "Chủ thể đọc được lý do trên hồ sơ.")
    return reverse("evaluation:dossier-detail", args=[dossier.code])
