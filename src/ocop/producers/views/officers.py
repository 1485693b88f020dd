"""The officers' pages: confirm claims, register a producer for somebody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.kit import once
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.flow import RECORDED_LABELS, moves_for
from ocop.producers import actions, permissions, queries
from ocop.producers.forms import CounterForm
from ocop.producers.models import ProducerClaim
from ocop.producers.pages import form_page, hidden_unless, sent
from ocop.producers.registers import PRODUCERS
from ocop.producers.rules.workflow import CLAIM_FLOW

SECRET = "producers.temporary"  # noqa: S105 - the session's place for a password shown once


@login_required
@require_GET
def claim_list(request: HttpRequest) -> HttpResponse:
    """Claims of the officer's units, waiting ones first."""
    hidden_unless(permissions.may_register(request.user))
    rows = ProducerClaim.objects.visible_to(request.user).exclude(user=request.user)
    rows = rows.select_related("producer", "unit", "user").order_by("-at")
    waiting = list(rows.waiting()[:200])
    answered = rows.exclude(pk__in=[row.pk for row in waiting])[:50]
    return render(request, "producers/claim_list.html", {"waiting": waiting, "answered": answered})


@login_required
@require_http_methods(["GET", "POST"])
def claim_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim: who says what about which business; the moves; the history."""
    rows = ProducerClaim.objects.visible_to(request.user).select_related("producer__unit", "unit", "user")
    claim = get_object_or_404(rows, pk=pk)
    if request.method == "POST":

        def act() -> str:
            actions.decide(
                claim, request.POST.get("verb", ""), by=request.user, reason=request.POST.get("reason", "")
            )
            messages.success(request, "Đã ghi nhận.")
            return request.path

        try:
            return once.run(request, once.key_of(request), act)
        except Forbidden:
            raise
        except Refused as refused:
            messages.error(request, refused.reason)
            return HttpResponseRedirect(request.path)
    roles = permissions.claim_roles(request.user, claim)
    offers = moves_for(CLAIM_FLOW, claim.state, roles, queries.claim_facts(claim, request.user))
    moves = [
        {"what": CLAIM_FLOW_LABELS[move.name], "who": move.by.full_name, "at": move.at, "reason": move.reason}
        for move in claim.moves.select_related("by")
    ]
    return render(request, "producers/claim_page.html", {"claim": claim, "offers": offers, "moves": moves})


CLAIM_FLOW_LABELS = RECORDED_LABELS | {
    transition.name: transition.label for transition in CLAIM_FLOW.transitions
}


@login_required
@require_http_methods(["GET", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """Register a producer for the person at the counter; the temporary password is shown once."""
    hidden_unless(permissions.may_register(request.user))
    form = CounterForm(*sent(request))

    def act() -> str:
        person = {name: form.cleaned_data[name] for name in CounterForm.PERSON}
        producer, _, temporary = actions.register_for_person(by=request.user, **person, **form.details())
        request.session[SECRET] = {"code": producer.code, "password": temporary}
        return reverse("producers:counter_done", args=[producer.code])

    return form_page(
        request, form, act, title="Ghi sổ chủ thể giúp người dân", submit="Ghi sổ và mở tài khoản",
        back=PRODUCERS.url("list"), crumbs=("Sổ chủ thể", PRODUCERS.url("list")),
    )  # fmt: skip


@login_required
@require_GET
def counter_done(request: HttpRequest, code: str) -> HttpResponse:
    """What to hand to the person; the password is gone when the page is opened again."""
    producer = get_object_or_404(PRODUCERS.scope(request.user), code=code)
    kept = request.session.get(SECRET) or {}
    password = kept.get("password", "") if kept.get("code") == code else ""
    request.session.pop(SECRET, None)
    return render(request, "producers/counter_done.html", {"producer": producer, "password": password})
