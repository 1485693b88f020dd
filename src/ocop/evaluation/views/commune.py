"""The commune's intake: checklist, receipt, return for a supplement (Art. 7.2 of Decision 26/2026/QĐ-TTg)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ocop.evaluation.actions import commune
from ocop.evaluation.enums import DossierState
from ocop.evaluation.forms.commune import ChecklistForm, ReceiveForm, ReturnForm
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.checks import verdicts_of
from ocop.evaluation.queries.record import move_now
from ocop.evaluation.queries.rounds import proposal_round
from ocop.evaluation.rules.checklists import COMMUNE_ITEMS
from ocop.evaluation.rules.supplement import supplement_text
from ocop.evaluation.rules.workflow import COMMUNE
from ocop.evaluation.views.checklist import keep_checks
from ocop.evaluation.views.desk import desk, frame, send
from ocop.kit import clock, formats

WHO = "cán bộ, lãnh đạo UBND cấp xã"
at_commune = desk(*COMMUNE, who=WHO)
CHECKABLE = (DossierState.SUBMITTED, DossierState.COMMUNE_REVIEW)


def _page(
    request: HttpRequest, dossier: Dossier, roles: frozenset[str], status: int = 200, **forms: Any
) -> HttpResponse:
    """The intake page with the forms that the person may send now; `forms` are those that came back refused."""
    verdicts = verdicts_of(dossier)
    reason = supplement_text(COMMUNE_ITEMS, verdicts)
    context = {
        **frame(request, dossier, roles, active="commune"),
        "checks": forms.get("checks") or ChecklistForm(COMMUNE_ITEMS, verdicts),
        "receive": forms.get("receive") or ReceiveForm(initial={"on": clock.today()}),
        "give_back": forms.get("give_back") or ReturnForm(initial={"reason": reason}),
        "has_faults": bool(reason),
        "open": dossier.state in CHECKABLE,
        "may_receive": move_now(dossier, roles, "receive"),
        "may_return": move_now(dossier, roles, "return_to_producer"),
        "round": proposal_round(dossier, clock.today()),
        "submissions": list(dossier.submissions.select_related("by")),
    }
    return render(request, "evaluation/commune/intake.html", context, status=status)


@at_commune
@require_GET
def intake(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Checklist, receipt and return on one page."""
    return _page(request, dossier, roles)


@at_commune
@require_POST
def checks(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Keep the checklist."""
    form = ChecklistForm(COMMUNE_ITEMS, {}, request.POST)
    return keep_checks(
        request,
        dossier,
        form,
        back=reverse("evaluation:commune-intake", args=[dossier.code]),
        page=lambda status: _page(request, dossier, roles, status=status, checks=form),
    )


@at_commune
@require_POST
def receive(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Receive the dossier; the clock starts and the product gets its code."""
    form = ReceiveForm(request.POST)

    def act() -> str:
        commune.receive(dossier, by=request.user, on=form.cleaned_data["on"])
        return reverse("evaluation:commune-report", args=[dossier.code])

    done = send(request, form, act)
    if done is None:
        return _page(request, dossier, roles, status=422, receive=form)
    dossier.refresh_from_db()
    until = f" Hạn gửi {dossier.sent_to}: hết {formats.day(dossier.due_on)}." if dossier.due_on else ""
    messages.success(request, f"Đã tiếp nhận.{until}")
    if not dossier.product.code:
        messages.warning(request, "Chưa cấp được mã sản phẩm: chưa rõ sản phẩm thuộc xã nào hiện nay.")
    return done


@at_commune
@require_POST
def give_back(request: HttpRequest, dossier: Dossier, roles: frozenset[str]) -> HttpResponse:
    """Return the dossier for a supplement; the reason goes to the producer word by word."""
    form = ReturnForm(request.POST)

    def act() -> str:
        commune.return_to_producer(dossier, by=request.user, reason=form.cleaned_data["reason"])
        return reverse("evaluation:dossier-detail", args=[dossier.code])

    done = send(request, form, act, "Đã trả lại hồ sơ; chủ thể nhận được nội dung cần bổ sung.")
    return done or _page(request, dossier, roles, status=422, give_back=form)
