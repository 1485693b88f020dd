"""Forms 01 and 02, one screen a step: saved while one types, two people noticed, nothing typed lost."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ocop.evaluation.actions.producer import save_step
from ocop.evaluation.forms.producer import StepForm
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries import wizard
from ocop.evaluation.rules.forms import Step, step_mark
from ocop.evaluation.rules.kinds import step_for, steps_for
from ocop.evaluation.views.producer import writing
from ocop.kit import formats
from ocop.kit.errors import Refused, Stale


def is_autosave(request: HttpRequest) -> bool:
    """True when the page's script sends the form while one types."""
    return request.headers.get("X-Requested-With") == "autosave"


def first_error(form: Any) -> str:
    """The first thing wrong with a form, with the question it belongs to."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        return f"{label}: {errors[0]}" if label else str(errors[0])
    return ""


@writing
@require_http_methods(["GET", "POST"])
def step_page(request: HttpRequest, dossier: Dossier, step: str) -> HttpResponse:
    """One screen of form 01 or 02."""
    known = step_for(dossier.kind, step)
    if known is None:
        raise Http404
    answers = getattr(dossier, known.form)
    form = StepForm(request.POST if request.method == "POST" else None, step=known, answers=answers)
    if request.method == "POST" and is_autosave(request):
        return _autosave(request, dossier, known, form)
    status, theirs = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save_step(
                    dossier, known, answers=form.answers(), by=request.user, seen=form.cleaned_data["seen"]
                )
                return HttpResponseRedirect(_next(dossier, known, request.POST.get("sau", "")))
            except Stale:
                status, theirs = 409, _conflict(dossier, known, form)
            except Refused as refused:
                status = 409
                form.add_error(None, refused.reason)
    return render(
        request,
        "evaluation/producer/step.html",
        _context(request, dossier, known, form, theirs),
        status=status,
    )


def _autosave(request: HttpRequest, dossier: Dossier, step: Step, form: StepForm) -> HttpResponse:
    """Keep a screen while it is filled in; answers the new mark, or what is wrong."""
    if not form.is_valid():
        return JsonResponse({"message": f"chưa lưu được. {first_error(form)}"}, status=422)
    try:
        row = save_step(
            dossier, step, answers=form.answers(), by=request.user, seen=form.cleaned_data["seen"]
        )
    except Stale:
        return JsonResponse(
            {"message": "người khác vừa sửa phần này, bấm Tiếp tục để xem hai bản"}, status=409
        )
    except Refused as refused:
        return JsonResponse({"message": refused.reason}, status=409)
    return JsonResponse({"fields": {"seen": step_mark(step, getattr(row, step.form))}})


def _conflict(dossier: Dossier, step: Step, form: StepForm) -> list[tuple[str, str]]:
    """What is kept now where it differs from what was typed; the form goes on from there."""
    dossier.refresh_from_db()
    kept = getattr(dossier, step.form)
    typed = form.answers()
    form.show_again(step_mark(step, kept))
    return [
        (question.label, _in_words(question.choices, kept.get(question.key)))
        for question in step.questions
        if kept.get(question.key) != typed.get(question.key)
    ]


def _in_words(choices: tuple[tuple[str, str], ...], value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(dict(choices).get(one, one) for one in value) or "(trống)"
    if isinstance(value, int):
        return formats.number(value)
    return str(value or "(trống)")


def _next(dossier: Dossier, step: Step, after: str) -> str:
    """The following screen; after the last one the marking. "ve" leads back to the overview."""
    steps = steps_for(dossier.kind)
    place = steps.index(step)
    done = f"?xong={step.key}"
    if after == "ve" or place + 1 == len(steps):
        page = "evaluation:dossier-write" if after == "ve" else "evaluation:dossier-scores"
        return reverse(page, args=[dossier.code]) + done
    return wizard.step_url(dossier, steps[place + 1]) + done


def _context(
    request: HttpRequest, dossier: Dossier, step: Step, form: StepForm, theirs: list[tuple[str, str]]
) -> dict[str, Any]:
    steps = steps_for(dossier.kind)
    place = steps.index(step)
    done = step_for(dossier.kind, request.GET.get("xong", ""))
    return {
        "dossier": dossier,
        "step": step,
        "form": form,
        "theirs": theirs,
        "number": place + 1,
        "total": len(steps),
        "progress": f"{place + 1}/{len(steps)}",
        "before": wizard.step_url(dossier, steps[place - 1])
        if place
        else reverse("evaluation:dossier-write", args=[dossier.code]),
        "here": wizard.step_url(dossier, step),
        "acting": wizard.acting_for(request.user, dossier),
        "done_url": wizard.step_url(dossier, done) if done else "",
        "is_last": place + 1 == len(steps),
    }
