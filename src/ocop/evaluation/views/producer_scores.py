"""Self-scoring, criterion by criterion: levels, remark, evidence, and what the result is so far."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.evaluation.actions.dossier import attach_evidence, choose_case, detach_evidence, save_answer
from ocop.evaluation.actions.evidence import caption_evidence, shift_evidence
from ocop.evaluation.forms.producer import CaseForm, CriterionForm, EvidenceForm
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries import evidence, wizard
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.rules.forms import mark_of_values
from ocop.evaluation.views.producer import writing
from ocop.evaluation.views.producer_forms import first_error, is_autosave
from ocop.files.actions import received
from ocop.kit import once
from ocop.kit.errors import Refused, Stale
from ocop.products.models import Paper


@writing
@require_GET
def scores(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The sheet at a glance: every criterion with points and evidence, what is left per head."""
    view = wizard.marking_of(dossier)
    context = {
        "dossier": dossier,
        "view": view,
        "counts": evidence.counts_of(dossier),
        "case_open": wizard.case_is_open(dossier),
        "next": wizard.first_unscored(view),
        "progress": f"{view.scored}/{view.total} tiêu chí",
        "acting": wizard.acting_for(request.user, dossier),
    }
    return render(request, "evaluation/producer/scores.html", context)


@writing
@require_http_methods(["GET", "POST"])
def case_page(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Which of its cases the sheet is read in (set 26)."""
    sheet = sheet_for(dossier)
    if not sheet.cases:
        raise Http404
    form = CaseForm(request.POST or None, initial={"case": dossier.case})
    if request.method == "POST" and form.is_valid():
        try:
            choose_case(dossier, case=form.cleaned_data["case"], by=request.user)
            return HttpResponseRedirect(reverse("evaluation:dossier-scores", args=[dossier.code]))
        except Refused as refused:
            form.add_error(None, refused.reason)
    context = {
        "dossier": dossier,
        "form": form,
        "cases": sheet.cases,
        "picked": str(form["case"].value() or ""),
    }
    return render(request, "evaluation/producer/case.html", context, status=422 if form.is_bound else 200)


@writing
@require_http_methods(["GET", "POST"])
def criterion_page(request: HttpRequest, dossier: Dossier, criterion: str) -> HttpResponse:
    """One criterion: choose a level, say why, attach evidence."""
    known = sheet_for(dossier).by_code.get(criterion)
    if known is None:
        raise Http404
    if known.has_cases and dossier.case is None:
        return HttpResponseRedirect(wizard.case_url(dossier))
    place = wizard.placed(wizard.marking_of(dossier), criterion)
    note = dossier.answer_notes.get(criterion, "")
    form = CriterionForm(request.POST if request.method == "POST" else None, view=place.view, note=note)
    status = 200
    if request.method == "POST":
        status, answer = _mark(request, dossier, criterion, form)
        if answer is not None:
            return answer
        dossier.refresh_from_db()
    return render(
        request,
        "evaluation/producer/criterion.html",
        _context(request, dossier, criterion, form),
        status=status,
    )


def _mark(
    request: HttpRequest, dossier: Dossier, criterion: str, form: CriterionForm
) -> tuple[int, HttpResponse | None]:
    """Keep level and remark; answers where to go, or the status with which the page is shown again."""
    quiet = is_autosave(request)
    if not form.is_valid():
        said = JsonResponse({"message": f"chưa lưu được. {first_error(form)}"}, status=422)
        return 422, said if quiet else None
    data = form.cleaned_data
    try:
        row = save_answer(
            dossier,
            criterion=criterion,
            place=data["place"],
            note=data["note"],
            by=request.user,
            seen=data["seen"],
        )
    except Refused as refused:
        if quiet:
            return 409, JsonResponse({"message": refused.reason}, status=409)
        form.add_error(None, refused.reason)
        if isinstance(refused, Stale):
            dossier.refresh_from_db()
            form.data = {**form.data.dict(), "seen": _mark_now(dossier, criterion)}
        return 409, None
    if quiet:
        return 200, JsonResponse({"fields": {"seen": _mark_now(row, criterion)}})
    return 302, HttpResponseRedirect(_after(row, criterion, request.POST.get("sau", "")))


def _mark_now(dossier: Dossier, criterion: str) -> str:
    return mark_of_values([dossier.answers.get(criterion), dossier.answer_notes.get(criterion, "")])


def _after(dossier: Dossier, criterion: str, after: str) -> str:
    """The next criterion, the one before, or the overview at the end."""
    place = wizard.placed(wizard.marking_of(dossier), criterion)
    code = place.before if after == "truoc" else place.after
    if after == "ve" or not code:
        return reverse("evaluation:dossier-scores", args=[dossier.code]) + f"?xong={criterion}"
    return wizard.criterion_url(dossier, code) + f"?xong={criterion}"


def _context(request: HttpRequest, dossier: Dossier, criterion: str, form: CriterionForm) -> dict[str, Any]:
    view = wizard.marking_of(dossier)
    place = wizard.placed(view, criterion)
    pieces = list(wizard.evidence_of(dossier, criterion))
    chosen = form["place"].value()
    done = request.GET.get("xong", "")
    return {
        "dossier": dossier,
        "form": form,
        "placed": place,
        "progress": f"{place.number}/{place.total}",
        "criterion": place.view,
        "chosen": "" if chosen is None else str(chosen),
        "view": view,
        "here": wizard.criterion_url(dossier, criterion),
        "pieces": evidence.shown(pieces),
        "vault": evidence.vault_for(dossier, pieces),
        "acting": wizard.acting_for(request.user, dossier),
        "done_url": wizard.criterion_url(dossier, done) if done in sheet_for(dossier).by_code else "",
        "kept": {"place": dossier.answers.get(criterion), "note": dossier.answer_notes.get(criterion, "")},
    }


@writing
@require_GET
def live(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The result so far: points, band, stars, what blocks which star and what would unlock it."""
    view = wizard.marking_of(dossier)
    context = {"dossier": dossier, "view": view, "lines": wizard.star_lines(dossier, view)}
    if request.GET.get("phan"):
        return render(request, "evaluation/producer/_live.html", context)
    context["acting"] = wizard.acting_for(request.user, dossier)
    return render(request, "evaluation/producer/result.html", context)


@writing
@require_POST
def attach(request: HttpRequest, dossier: Dossier, criterion: str) -> HttpResponse:
    """Attach papers of the vault, or files just taken or chosen, to a criterion."""
    if criterion not in sheet_for(dossier).by_code:
        raise Http404
    here = wizard.criterion_url(dossier, criterion) + "#minh-chung"
    by_script = request.headers.get("X-Requested-With") == "uploader"
    before = dossier.evidence.count()

    def act() -> str:
        papers = request.POST.getlist("paper")
        for paper in Paper.objects.filter(
            code__in=papers, producer_id=dossier.producer_id, withdrawn_at=None
        ):
            attach_evidence(dossier, criterion=criterion, paper=paper, by=request.user)
        if request.FILES or request.POST.getlist("key") or not papers:
            for file in received(request.POST, request.FILES, by=request.user):
                attach_evidence(
                    dossier,
                    criterion=criterion,
                    file=file,
                    caption=request.POST.get("caption", ""),
                    by=request.user,
                )
        return here

    try:
        answer = once.run(request, once.key_of(request), act)
    except Refused as refused:
        if by_script:
            raise
        messages.error(request, refused.reason)
        return HttpResponseRedirect(here)
    added = dossier.evidence.count() > before
    if by_script:
        part = _evidence_part(request, dossier, criterion)
        if not added:
            part["X-Already-There"] = "1"
        return part
    if added:
        messages.success(request, "Đã đính kèm.")
    else:
        messages.info(request, "Tệp này đã có ở tiêu chí, không thêm lần nữa.")
    return answer


@writing
@require_POST
def detach(request: HttpRequest, dossier: Dossier, pk: int) -> HttpResponse:
    """Take a piece of evidence off; pressed twice it stays off."""
    piece = dossier.evidence.filter(pk=pk).first()
    criterion = piece.criterion if piece else request.POST.get("criterion", "")
    if piece is not None:
        detach_evidence(piece, by=request.user)
        rest = " Giấy tờ vẫn còn trong kho của cơ sở." if piece.paper_id else ""
        messages.success(request, f"Đã bỏ minh chứng.{rest}")
    if criterion not in sheet_for(dossier).by_code:
        return HttpResponseRedirect(reverse("evaluation:dossier-check", args=[dossier.code]))
    return HttpResponseRedirect(wizard.criterion_url(dossier, criterion) + "#minh-chung")


@writing
@require_POST
def arrange(request: HttpRequest, dossier: Dossier, pk: int) -> HttpResponse:
    """Say what a file shows, or move it up or down among the evidence of its criterion."""
    piece = get_object_or_404(dossier.evidence, pk=pk)
    form = EvidenceForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
    elif form.cleaned_data["viec"] == "ghi":
        caption_evidence(piece, caption=form.cleaned_data["caption"], by=request.user)
        messages.success(request, "Đã lưu chú thích.")
    else:
        shift_evidence(piece, places=-1 if form.cleaned_data["viec"] == "len" else 1, by=request.user)
    return HttpResponseRedirect(wizard.criterion_url(dossier, piece.criterion) + "#minh-chung")


def _evidence_part(request: HttpRequest, dossier: Dossier, criterion: str) -> HttpResponse:
    pieces = list(wizard.evidence_of(dossier, criterion))
    context = {"dossier": dossier, "pieces": evidence.shown(pieces)}
    return render(request, "evaluation/producer/_evidence.html", context)
