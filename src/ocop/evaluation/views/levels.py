"""The district's chair under Decision 148/QĐ-TTg: sending up, taking back; and what replaced rules leave to redo."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ocop.evaluation.actions import levels
from ocop.evaluation.actions.refile import refile
from ocop.evaluation.forms.decision import ForwardForm
from ocop.evaluation.queries.outcome import current_result
from ocop.evaluation.rules.workflow import DISTRICT_LEADER
from ocop.evaluation.views.desk import desk, frame, send
from ocop.evaluation.views.record import visible
from ocop.kit.errors import Forbidden, Refused

for_leader = desk(*DISTRICT_LEADER, who="lãnh đạo UBND huyện")


@for_leader
@require_http_methods(["GET", "POST"])
def forward(request: HttpRequest, dossier, roles: frozenset[str]) -> HttpResponse:
    """Send a dossier of 70 points and more to the province, with the letter."""
    form = ForwardForm(request.POST or None)

    def act() -> str:
        levels.forward_to_province(dossier, by=request.user, document=form.cleaned_data["document"])
        return reverse("evaluation:dossier-detail", args=[dossier.code])

    done = send(request, form, act, "Đã trình hồ sơ lên cấp tỉnh.") if request.method == "POST" else None
    if done is not None:
        return done
    context = frame(request, dossier, roles, active="outcome") | {
        "form": form,
        "result": current_result(dossier),
        "title": "Trình hồ sơ lên cấp tỉnh",
        "press": "Ký, trình cấp tỉnh",
    }
    return render(
        request, "evaluation/decision/centre_form.html", context, status=422 if form.errors else 200
    )


@for_leader
@require_POST
def decide(request: HttpRequest, dossier, roles: frozenset[str]) -> HttpResponse:
    """Three stars by the district's own result for what the province scored below 70 points."""
    levels.decide_on_district_result(dossier, by=request.user)
    messages.success(request, "Hồ sơ chờ dự thảo quyết định công nhận 3 sao của UBND huyện.")
    return redirect("evaluation:dossier-outcome", code=dossier.code)


@login_required
@require_POST
def draw_up_anew(request: HttpRequest, code: str) -> HttpResponse:
    """Close a dossier of replaced rules and go on in a new one with its data."""
    dossier = visible(request, code)
    try:
        new = refile(dossier, by=request.user)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("evaluation:dossier-detail", code=dossier.code)
    messages.success(
        request, f"Đã lập lại theo quy định mới: {new.code}. Nội dung và minh chứng đã chuyển sang."
    )
    return redirect("evaluation:dossier-write", code=new.code)
