"""A dossier before the council: the desk's page, its presses, the board, the dossier's tab."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.evaluation.actions import council as actions
from ocop.evaluation.enums import ItemState, SessionState
from ocop.evaluation.forms.council import PressForm, ReasonForm, WordsForm
from ocop.evaluation.forms.marking import AgreedForm
from ocop.evaluation.models import CouncilSession, DisqualifierFinding, SessionItem
from ocop.evaluation.queries import board as boards
from ocop.evaluation.queries import session as queries
from ocop.evaluation.queries.access import roles_for
from ocop.evaluation.queries.council import last_round, sitting_of
from ocop.evaluation.queries.council_results import results_for
from ocop.evaluation.queries.record import mark_of
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.queries.tabs import tabs_of_dossier
from ocop.evaluation.queries.written import written_view
from ocop.evaluation.views.council import refuse
from ocop.evaluation.views.record import visible
from ocop.kit import clock, formats, once
from ocop.kit.errors import Forbidden, Refused

AGREED_LEAD = (
    "Mức mà mọi phiếu cùng chọn đã điền sẵn. Tiêu chí còn để trống là chỗ các phiếu khác nhau: "
    "ghi mức Hội đồng thống nhất tại phiên họp."
)


def desk_item(request: HttpRequest, pk: int, *, write: bool = True) -> SessionItem:
    """A dossier on an agenda for who runs the session (or, to read, for who sees the session); 404 otherwise."""
    rows = SessionItem.objects.filter(session__in=CouncilSession.objects.visible_to(request.user))
    item = get_object_or_404(
        rows.select_related(
            "session__council__province",
            "dossier__product",
            "dossier__producer",
            "dossier__unit",
            "dossier__criteria_set__book",
        ),
        pk=pk,
    )
    if write and not queries.is_desk(item.session, request.user):
        raise Http404
    return item


@login_required
@never_cache
@require_GET
def item_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk of one dossier: who declared, who handed in (names only), the next press, findings, the result."""
    item = desk_item(request, pk, write=False)
    people = queries.people_of(item)
    desk = queries.is_desk(item.session, request.user)
    shown = item.state in (ItemState.BOARD, ItemState.CLOSED)
    context = {
        "item": item,
        "session": item.session,
        "dossier": item.dossier,
        "mark": queries.item_mark(item.state),
        "people": people,
        "press": queries.next_press(item, people) if desk else None,
        "presides": queries.may_preside(item, request.user),
        "desk": desk,
        "round": last_round(item),
        "findings": boards.findings_of(item) if shown and desk else [],
        "has_board": boards.board_items(request.user).filter(pk=item.pk).exists(),
        "is_open": item.session.state == SessionState.OPEN,
        "result": getattr(item, "result", None),
        "can_take_off": desk
        and not item.session.is_written
        and item.state in (ItemState.WAITING, ItemState.DECLARING)
        and not item.removed_at,
        "reason_form": ReasonForm(),
        "once": once.new_key(),
        "written": written_view(item, clock.today()),
    }
    return render(request, "evaluation/council/item.html", context)


DONE = {
    "start": "Đã gọi hồ sơ; thành viên khai báo xung đột lợi ích.",
    "open": "Đã mở vòng chấm; thành viên chấm kín.",
    "close": "Đã khóa vòng chấm; bảng điểm mở cho mọi người cùng lúc.",
    "conclude": "Đã chốt kết quả.",
}


@login_required
@require_POST
def item_press(request: HttpRequest, pk: int) -> HttpResponse:
    """The next press of the desk: call, open a round, close it, close the result."""
    item = desk_item(request, pk)
    form = PressForm(request.POST)
    if not form.is_valid():
        raise Refused("item.verb", "Thao tác không hợp lệ.")
    verb = form.cleaned_data["verb"]
    response = once.run(request, form.once_key, lambda: _press(request, item, verb))
    messages.success(request, DONE[verb])
    return response


def _press(request: HttpRequest, item: SessionItem, verb: str) -> str:
    by = request.user
    page = reverse("evaluation:item-detail", args=[item.pk])
    if verb == "start":
        actions.start_item(item, by=by)
    elif verb == "open":
        actions.open_marking(item, by=by)
    elif verb == "close":
        current = last_round(item)
        if current is None:
            raise Refused("item.state", "Chưa mở vòng chấm.")
        actions.close_marking(current, by=by)
        return reverse("evaluation:item-board", args=[item.pk])
    else:
        actions.close_item(item, by=by)
    return page


@login_required
@require_POST
def item_take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a dossier off the agenda, with the reason."""
    item = desk_item(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Refused("flow.reason", "Cần ghi lý do.")
    reason = form.cleaned_data["reason"]

    def press() -> str:
        actions.take_off_agenda(item, by=request.user, reason=reason)
        return reverse("evaluation:session-detail", args=[item.session_id])

    return once.run(request, form.once_key, press)


@login_required
@require_http_methods(["GET", "POST"])
def item_discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said after the last round; it goes into the minutes."""
    item = desk_item(request, pk)
    current = last_round(item)
    words = queries.discussion_parts(item).get(current.number if current else 1, "")
    form = WordsForm(request.POST or None, initial={"text": words})
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_discussion(item, text=form.cleaned_data["text"], by=request.user)
            messages.success(request, "Đã lưu ý kiến thảo luận.")
            return redirect("evaluation:item-board", pk=item.pk)
        except Refused as error:
            refuse(form, error)
    context = {"form": form, "session": item.session, "title": f"Thảo luận: {item.dossier.product.name}",
               "press": "Lưu ý kiến"}  # fmt: skip
    return render(request, "evaluation/council/form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def item_agreed(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet agreed in the session, once the board is open."""
    item = desk_item(request, pk)
    shown = boards.board_items(request.user).filter(pk=item.pk).first()
    if shown is None:
        raise Forbidden("agreed.early", "Phiếu thống nhất chỉ ghi sau khi khóa vòng chấm.")
    known = getattr(shown, "agreed_sheet", None)
    marks = boards.sheets_of(shown, request.user, shown.closed[-1].number)
    votes = boards.votes_of(boards.board_of(shown, shown.closed[-1], marks, sitting_of(item).barred))
    form = AgreedForm(
        request.POST or None, sheet=sheet_for(item.dossier), case=item.dossier.case, votes=votes,
        known=known.answers if known else None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_agreed_sheet(item, answers=form.answers(), by=request.user)
            messages.success(request, "Đã ghi phiếu thống nhất.")
            return redirect("evaluation:item-board", pk=item.pk)
        except Refused as error:
            refuse(form, error)
    context = {"form": form, "session": item.session, "title": f"Phiếu thống nhất: {item.dossier.product.name}",
               "press": "Ghi phiếu thống nhất", "lead": AGREED_LEAD}  # fmt: skip
    return render(request, "evaluation/council/form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def finding_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """The council confirms or rejects a ground for dropping."""
    finding = get_object_or_404(DisqualifierFinding, pk=pk)
    item = desk_item(request, finding.item_id)
    actions.settle_finding(finding, confirmed=request.POST.get("confirmed") == "yes", by=request.user)
    messages.success(request, "Đã ghi ý kiến của Hội đồng.")
    return redirect("evaluation:item-detail", pk=item.pk)


@login_required
@never_cache
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The board of a closed round; earlier rounds by `?vong=`."""
    item = get_object_or_404(boards.board_items(request.user), pk=pk)
    numbers = {row.number: row for row in item.closed}
    wanted = request.GET.get("vong", "")
    shown = numbers.get(int(wanted) if wanted.isdigit() else 0) or item.closed[-1]
    sheets = boards.sheets_of(item, request.user, shown.number)
    is_last = shown is item.closed[-1]
    sitting = sitting_of(item)
    findings = list(boards.findings_of(item))
    context = {
        "item": item,
        "dossier": item.dossier,
        "session": item.session,
        "mark": queries.item_mark(item.state),
        "board": boards.board_of(item, shown, sheets, sitting.barred),
        "is_last": is_last,
        "findings": findings,
        "unsettled": sum(one.confirmed is None for one in findings),
        "result": getattr(item, "result", None),
        "settings": boards.settings_of(item.session),
        "desk": sitting.is_desk(request.user),
        "presides": sitting.presides(request.user),
        "is_live": is_last and item.state == ItemState.BOARD,
        "once": once.new_key(),
    }
    return render(request, "evaluation/council/board.html", context)


@login_required
@require_GET
def dossier_council(request: HttpRequest, code: str) -> HttpResponse:
    """The dossier's tab: results and rounds; the producer's side sees the outcome and the missed minimums only."""
    dossier = visible(request, code)
    roles = roles_for(request.user, dossier)
    today = clock.today()
    context = {
        "dossier": dossier,
        "mark": mark_of(dossier.state),
        "results": results_for(dossier, request.user, roles),
        "tabs": tabs_of_dossier(dossier, request.user, roles, active="council"),
        "due": formats.distance(dossier.due_on, today) if dossier.due_on else ("", ""),
    }
    return render(request, "evaluation/council/dossier_tab.html", context)
