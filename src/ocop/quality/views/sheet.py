"""The checklist on a phone: one page with every question, saved as one answers; a plain form without JavaScript."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ocop.files.actions import received, store
from ocop.kit.errors import Forbidden, Refused
from ocop.quality import permissions, queries
from ocop.quality.actions import visits as actions
from ocop.quality.enums import Area, Verdict
from ocop.quality.models import AnswerPhoto, Question, Visit


def _visit(request: HttpRequest, pk: int) -> Visit:
    rows = (
        Visit.objects.all().visible_to(request.user).select_related("producer", "agency", "unit", "checklist")
    )
    visit = get_object_or_404(rows, pk=pk)
    if not visit.checklist_id:
        raise Http404
    return visit


def _question(visit: Visit, code: str) -> Question:
    return get_object_or_404(Question, checklist=visit.checklist_id, code=code)


def sections_of(lines: list[queries.Line]) -> list[dict[str, Any]]:
    """The questions by area, in the order of the list, with how many are answered."""
    found: dict[str, list[queries.Line]] = {}
    for line in lines:
        found.setdefault(line.question.area, []).append(line)
    return [
        {"key": key, "title": Area(key).label, "lines": part, "done": sum(bool(one.value) for one in part)}
        for key, part in found.items()
    ]


@login_required
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every question with what was answered; open for writing to the team while the visit is under way."""
    visit = _visit(request, pk)
    return _page(request, visit)


def _page(request: HttpRequest, visit: Visit, status: int = 200, **more: Any) -> HttpResponse:
    lines = queries.sheet_of(visit)
    context = {
        "visit": visit, "sections": sections_of(lines), "total": len(lines), "choices": Verdict.choices,
        "answered": sum(bool(line.value) for line in lines),
        "may_fill": bool(permissions.may_fill(request.user, visit)),
        "missing": [line.question for line in lines if not line.value],
        "sign_url": reverse("quality:quality-visits_verb", args=[visit.pk, "sign"]),
    }  # fmt: skip
    return render(request, "quality/sheet.html", context | more, status=status)


@login_required
@require_POST
def save_area(request: HttpRequest, pk: int, area: str) -> HttpResponse:
    """Without JavaScript: all answers of one area with their photographs; what somebody else changed is said."""
    visit = _visit(request, pk)
    faults = []
    for line in queries.sheet_of(visit):
        question = line.question
        if question.area != area:
            continue
        try:
            _save(request, visit, line)
        except Forbidden:
            raise
        except Refused as refused:
            faults.append(f"{question.text}: {refused.reason}")
    if faults:
        return _page(request, visit, 422, faults=faults)
    messages.success(request, f"Đã lưu phần {Area(area).label if area in Area.values else area}.")
    return HttpResponseRedirect(f"{queries.sheet_url(visit)}#phan-{area}")


def _save(request: HttpRequest, visit: Visit, line: queries.Line) -> None:
    code = line.question.code
    value, note = request.POST.get(f"tl-{code}", ""), request.POST.get(f"gc-{code}", "")
    base = request.POST.get(f"goc-{code}", "")
    if (value, note.strip()) != (line.value, line.answer.note if line.answer else ""):
        actions.answer_question(
            visit, line.question, value=value, note=note, by=request.user,
            base=int(base) if base.isdigit() else line.version,
        )  # fmt: skip
    sent = request.FILES.getlist(f"anh-{code}")
    if sent:
        files = [store(one, by=request.user) for one in sent]
        actions.add_photos(visit, line.question, files, by=request.user)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int, code: str) -> JsonResponse:
    """One answer of the phone's queue: 200 with its version, 409 with what stands, 422 with the reason."""
    visit = _visit(request, pk)
    question = _question(visit, code)
    base = request.POST.get("base", "")
    try:
        held = actions.answer_question(
            visit, question, value=request.POST.get("value", "")[:4], note=request.POST.get("note", ""),
            key=request.POST.get("key", "")[:40], base=int(base) if base.isdigit() else None, by=request.user,
        )  # fmt: skip
    except actions.Differs as differs:
        held = differs.held
        said = {"reason": differs.reason, "value": held.value, "note": held.note, "version": held.version}
        return JsonResponse(said, status=409)
    except Refused as refused:
        return JsonResponse({"reason": refused.reason}, status=422)
    return JsonResponse({"version": held.version, "value": held.value, "note": held.note})


@login_required
@require_POST
def attach(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """A photograph at a question: the key of a finished upload, or the file itself; answers all of them."""
    visit = _visit(request, pk)
    question = _question(visit, code)
    before = visit.photos.filter(question=question).count()
    files = received(request.POST, request.FILES, by=request.user)
    actions.add_photos(visit, question, files, by=request.user)
    if request.headers.get("X-Requested-With") != "uploader":
        return HttpResponseRedirect(f"{queries.sheet_url(visit)}#cau-{code}")
    photos = list(visit.photos.filter(question=question).select_related("file"))
    response = render(request, "quality/_photos.html", {"photos": photos, "may_fill": True})
    if len(photos) == before:
        response["X-Already-There"] = "1"
    return response


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a photograph off again."""
    rows = AnswerPhoto.objects.filter(
        visit__in=Visit.objects.all().visible_to(request.user).order_by().values("pk")
    )
    photo = get_object_or_404(rows.select_related("visit", "question"), pk=pk)
    visit, question = photo.visit, photo.question
    actions.remove_photo(photo, by=request.user)
    messages.success(request, "Đã bỏ ảnh.")
    return HttpResponseRedirect(f"{queries.sheet_url(visit)}#cau-{question.code}")
