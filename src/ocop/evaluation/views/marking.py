"""A member's pages: the declaration, the score sheet, its review, handing in. Nobody sees another's here."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.evaluation.actions import council, marking
from ocop.evaluation.enums import ItemState, SheetState
from ocop.evaluation.forms.council import DeclareForm
from ocop.evaluation.forms.marking import AnswerForm, ReviewForm
from ocop.evaluation.models import CouncilSession, MarkingRound, SessionItem
from ocop.evaluation.queries import bench
from ocop.evaluation.queries.council import last_round, seat_of
from ocop.evaluation.queries.session import may_mark, session_mark
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.queries.written import own_wish
from ocop.evaluation.views.council import refuse
from ocop.kit import formats, once
from ocop.kit.errors import Forbidden, Refused, Stale


def member_item(request: HttpRequest, pk: int) -> SessionItem:
    """A dossier on the agenda of a session in which this person has a marking seat; 404 otherwise."""
    rows = SessionItem.objects.filter(
        session__in=CouncilSession.objects.seated(request.user), removed_at__isnull=True
    ).select_related("session__council__province", "dossier__product", "dossier__producer", "dossier__unit",
                     "dossier__criteria_set__book")  # fmt: skip
    item = get_object_or_404(rows, pk=pk)
    seat = seat_of(item.session, request.user)
    if seat is None or not seat.marks:
        raise Http404
    return item


def _cleared(request: HttpRequest, pk: int) -> SessionItem:
    """As `member_item`, and the member has declared to have no conflict: only then does the dossier open."""
    item = member_item(request, pk)
    declaration = item.declarations.filter(seat__user=request.user).first()
    if declaration is None:
        raise Forbidden(
            "declare.first",
            "Khai báo xung đột lợi ích trước khi mở hồ sơ.",
            "Quy chế Hội đồng; Điều 7 khoản 3",
        )
    if declaration.has_conflict:
        raise Forbidden("declare.barred", "Bạn đã khai có xung đột lợi ích nên không chấm hồ sơ này.")
    return item


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare whether there is a conflict of interest; a conflict bars the member from this dossier."""
    item = member_item(request, pk)
    known = item.declarations.filter(seat__user=request.user).first()
    initial = (
        {"has_conflict": "yes" if known.has_conflict else "no", "statement": known.statement}
        if known
        else None
    )
    form = DeclareForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        conflict = form.cleaned_data["has_conflict"]
        try:
            council.declare(
                item, by=request.user, has_conflict=conflict, statement=form.cleaned_data["statement"]
            )
            messages.success(request, "Đã ghi khai báo của bạn.")
            if not conflict and item.state == ItemState.MARKING:
                return redirect("evaluation:sheet", pk=item.pk)
            return redirect("evaluation:session-detail", pk=item.session_id)
        except Refused as error:
            refuse(form, error)
    context = {
        "item": item,
        "form": form,
        "known": known,
        "mark": session_mark(item.session.state, in_writing=item.session.is_written),
    }
    return render(request, "evaluation/council/declare.html", context, status=422 if form.is_bound else 200)


@login_required
@never_cache
@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on where the sheet was left: the first criterion without an answer, else the review."""
    item = _cleared(request, pk)
    current = last_round(item)
    if current is None:
        raise Refused("sheet.not_open", "Chủ trì chưa mở vòng chấm hồ sơ này.")
    if current.closed_at:
        return redirect("evaluation:item-board", pk=item.pk)
    own = bench.own_sheet(current, request.user)
    progress = bench.progress_of(item.dossier, own.answers if own else {})
    if (own and own.state == SheetState.SUBMITTED) or not progress.next_left:
        return redirect("evaluation:sheet-review", pk=item.pk)
    return redirect("evaluation:sheet-criterion", pk=item.pk, code=progress.next_left)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def criterion(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One criterion on the bench; a POST saves it at once, by form or by script."""
    item = _cleared(request, pk)
    if code not in sheet_for(item.dossier).by_code:
        raise Http404
    if request.method == "POST":
        return _save(request, item, code)
    context = bench.bench_context(item, request.user, code)
    return render(request, "evaluation/council/bench.html", context)


def _save(request: HttpRequest, item: SessionItem, code: str) -> HttpResponse:
    form = AnswerForm(request.POST)
    current = last_round(item)
    wants_json = "application/json" in request.headers.get("Accept", "")
    if not form.is_valid() or current is None:
        raise Refused("sheet.input", "Không đọc được nội dung gửi lên; hãy mở lại trang.")
    level, note = form.cleaned_data["level"], form.cleaned_data["note"]
    try:
        row = marking.save_sheet(
            current,
            by=request.user,
            answers={} if level is None else {code: level},
            notes={code: note},
            version=form.cleaned_data["version"],
        )
    except Refused as error:
        return _not_saved(request, item, code, error, {"level": level, "note": note}, wants_json)
    if wants_json:
        return JsonResponse(_saved(item, code, row))
    return redirect(_after(item, code, form.cleaned_data["go"]))


def _saved(item: SessionItem, code: str, row: Any) -> dict[str, Any]:
    progress = bench.progress_of(item.dossier, row.answers, after=code)
    return {
        "version": row.version,
        "total": progress.total,
        "left": progress.left,
        "done": code in row.answers,
        "sections": {one["code"]: one["points"] for one in progress.sections},
        "saved": f"đã lưu lúc {formats.moment(row.saved_at)[:5]}",
    }


def _not_saved(
    request: HttpRequest,
    item: SessionItem,
    code: str,
    error: Refused,
    typed: dict[str, Any],
    wants_json: bool,
) -> HttpResponse:
    """The refusal with what was typed still on the page; after a saving elsewhere the page knows the new version."""
    status = 409 if isinstance(error, Stale) else 403 if isinstance(error, Forbidden) else 422
    if wants_json:
        return JsonResponse({"code": error.code, "message": error.reason}, status=status)
    context = bench.bench_context(item, request.user, code, typed=typed) or {}
    return render(request, "evaluation/council/bench.html", {**context, "error": error}, status=status)


def _after(item: SessionItem, code: str, go: str) -> str:
    codes = [one.code for one in sheet_for(item.dossier).criteria]
    place = codes.index(code)
    if go == "before" and place:
        return reverse("evaluation:sheet-criterion", args=[item.pk, codes[place - 1]])
    if go == "stay":
        return reverse("evaluation:sheet-criterion", args=[item.pk, code])
    if go == "review" or place + 1 == len(codes):
        return reverse("evaluation:sheet-review", args=[item.pk])
    return reverse("evaluation:sheet-criterion", args=[item.pk, codes[place + 1]])


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the own sheet through, tick grounds for dropping, add an opinion; then hand in."""
    item = _cleared(request, pk)
    current = last_round(item)
    if current is None:
        raise Refused("sheet.not_open", "Chủ trì chưa mở vòng chấm hồ sơ này.")
    form = _review_form(request, item, current)
    error = _keep_review(request, current, form) if form.is_bound else None
    if form.is_bound and form.is_valid():
        messages.success(request, "Đã lưu.")
        return redirect("evaluation:sheet-review", pk=item.pk)
    return _review_page(request, item, current, form, error)


def _review_form(request: HttpRequest, item: SessionItem, current: MarkingRound) -> ReviewForm:
    own = bench.own_sheet(current, request.user)
    in_writing = item.session.is_written
    initial = {"opinion": own.opinion if own else ""}
    if in_writing:
        initial["meeting"] = own_wish(current, request.user)
    ticks = bench.tick_rows(item, own)
    return ReviewForm(request.POST or None, ticks=ticks, in_writing=in_writing, initial=initial)


def _keep_review(request: HttpRequest, current: MarkingRound, form: ReviewForm) -> Refused | None:
    """Keep grounds and opinion of a posted review; a refusal stands on the form, which is not valid then."""
    if not form.is_valid():
        return None
    try:
        marking.save_sheet(
            current,
            by=request.user,
            disqualifiers=form.ticked(),
            opinion=form.cleaned_data["opinion"],
            version=form.cleaned_data["version"],
        )
        if "meeting" in form.fields:
            council.wish_meeting(current, reason=form.cleaned_data["meeting"], by=request.user)
    except Refused as error:
        refuse(form, error)
        return error
    return None


def _review_page(
    request: HttpRequest, item: SessionItem, current: MarkingRound, form: ReviewForm, error: Refused | None
) -> HttpResponse:
    own = bench.own_sheet(current, request.user)
    context = {
        "item": item,
        "dossier": item.dossier,
        "round": current,
        "sheet": own,
        "submitted": bool(own and own.state == SheetState.SUBMITTED),
        "view": bench.review_rows(item, own),
        "progress": bench.progress_of(item.dossier, own.answers if own else {}),
        "form": form,
        "marks_now": may_mark(item, request.user),
        "own_wish": own_wish(current, request.user) if item.session.is_written else "",
        "has_earlier": item.rounds.filter(
            number__lt=current.number, sheets__seat__user=request.user
        ).exists(),
        "once": once.new_key(),
    }
    status = 409 if isinstance(error, Stale) else 422 if form.is_bound else 200
    return render(request, "evaluation/council/review.html", context, status=status)


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the sheet in with the grounds and the opinion typed on the page; a second press finds it handed in."""
    item = _cleared(request, pk)
    current = last_round(item)
    if current is None:
        raise Refused("sheet.not_open", "Chủ trì chưa mở vòng chấm hồ sơ này.")
    own = bench.own_sheet(current, request.user)
    if "version" in request.POST and not (own and own.state == SheetState.SUBMITTED):
        form = _review_form(request, item, current)
        error = _keep_review(request, current, form)
        if not form.is_valid():
            return _review_page(request, item, current, form, error)
    marking.submit_sheet(current, by=request.user)
    messages.success(request, "Đã nộp phiếu. Phiếu được khóa; bảng điểm mở khi chủ trì khóa vòng chấm.")
    return redirect("evaluation:session-detail", pk=item.session_id)


@login_required
@require_POST
def copy_earlier(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over one's own sheet of the round before as a start."""
    item = _cleared(request, pk)
    current = last_round(item)
    if current is None:
        raise Refused("sheet.not_open", "Chủ trì chưa mở vòng chấm hồ sơ này.")
    marking.copy_earlier_sheet(current, by=request.user)
    messages.success(request, "Đã chép phiếu vòng trước của bạn. Xem lại từng tiêu chí trước khi nộp.")
    return redirect("evaluation:sheet-review", pk=item.pk)
