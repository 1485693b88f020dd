"""The last list before handing in, the handing in, taking back, and starting anew from what was taken back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.evaluation.actions.dossier import submit, withdraw
from ocop.evaluation.actions.producer import pledge, reopen_withdrawn
from ocop.evaluation.forms.producer import SubmitForm, WithdrawForm
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries import completeness, mine, wizard
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.clock import commune_clock
from ocop.evaluation.queries.record import mark_of, road_of
from ocop.evaluation.rules.forms import COMMITMENT
from ocop.evaluation.rules.workflow import OWNER, PRODUCER
from ocop.evaluation.views.producer import writing
from ocop.evaluation.views.record import visible
from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refused


@writing
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Everything that is missing, with the place to mend it; the pledge; hand in."""
    there = reverse("evaluation:dossier-submitted", args=[dossier.code])
    again = once.led_to(request, once.key_of(request)) if request.method == "POST" else None
    if again is not None:
        return again
    form = SubmitForm(request.POST if request.method == "POST" else None)
    refused: tuple = ()
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            if dossier.is_editable:
                pledge(dossier, given=True, by=request.user)
            submit(dossier, by=request.user)
            return there

        try:
            return once.run(request, form.once_key, act)
        except Refused as error:
            dossier.refresh_from_db()
            refused = error.refusals
            form.add_error(None, "Chưa nộp được. Mọi thứ bạn đã nhập vẫn còn.")
    gaps = completeness.gaps_of(dossier)
    wanted = [gap for gap in gaps if gap.blocks and gap.code != f"form01.{COMMITMENT.key}"]
    against = completeness.eligibility_of(dossier)
    unmarked, blocking = completeness.of_kind(wanted, "answers")
    bare, advice = completeness.of_kind([gap for gap in gaps if not gap.blocks], "evidence")
    context = {
        "dossier": dossier,
        "form": form,
        "todo_count": len(blocking) + bool(unmarked) + len(against),
        "unmarked": completeness.placed_gaps(dossier, unmarked),
        "bare": completeness.placed_gaps(dossier, bare),
        "advice_count": len(advice) + bool(bare),
        "refused": () if len(refused) > 1 else refused,
        "blocking": completeness.placed_gaps(dossier, blocking),
        "advice": completeness.placed_gaps(dossier, advice),
        "against": against,
        "commitment": COMMITMENT,
        "is_pledged": dossier.form01.get(COMMITMENT.key) == "yes",
        "is_again": dossier.submitted_at is not None,
        "returned": mine.returned_with(dossier),
        "last_day": mine.last_days(dossier, clock.today()),
        "today": clock.today(),
        "acting": wizard.acting_for(request.user, dossier),
        "may_submit": bool(dossier.writer_roles & PRODUCER),  # type: ignore[attr-defined]
        "view": wizard.marking_of(dossier),
        "guide": completeness.paper_help(dossier),
    }
    return render(request, "evaluation/producer/check.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def submitted(request: HttpRequest, code: str) -> HttpResponse:
    """Handed in: what happens next, who has it, until when."""
    dossier = visible(request, code)
    submission = dossier.submissions.order_by("-number").first()
    if submission is None or dossier.is_editable:
        return HttpResponseRedirect(reverse("evaluation:dossier-detail", args=[code]))
    context = {
        "dossier": dossier,
        "submission": submission,
        "mark": mark_of(dossier.state),
        "road": road_of(dossier),
        "clock": commune_clock(dossier, clock.today()),
    }
    return render(request, "evaluation/producer/submitted.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Take the dossier back, with the reason."""
    dossier = visible(request, code)
    if not roles_for(request.user, dossier) & OWNER:
        raise Forbidden("dossier.withdraw", "Chỉ chủ cơ sở hoặc người của cơ sở được rút hồ sơ.")
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    there = reverse("evaluation:dossier-detail", args=[code])
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            withdraw(dossier, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(
                request, "Đã rút hồ sơ. Những gì đã nhập vẫn còn, có thể soạn lại bất cứ lúc nào."
            )
            return there

        try:
            return once.run(request, form.once_key, act)
        except Refused as refused:
            form.add_error(None, refused.reason)
    context = {"dossier": dossier, "form": form, "back": there}
    return render(request, "evaluation/producer/withdraw.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def start_again(request: HttpRequest, code: str) -> HttpResponse:
    """Say what comes along, then open a new dossier out of a withdrawn one."""
    dossier = visible(request, code)
    if request.method == "GET":
        context = {"dossier": dossier, "once": once.new_key(), "count": dossier.evidence.count()}
        return render(request, "evaluation/producer/again.html", context)

    def act() -> str:
        new = reopen_withdrawn(dossier, by=request.user)
        messages.success(
            request, "Đã mở hồ sơ mới, mang theo những gì đã nhập. Hãy xem lại từng phần rồi nộp."
        )
        return reverse("evaluation:dossier-write", args=[new.code])

    return once.run(request, once.key_of(request), act)
