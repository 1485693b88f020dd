"""Pages of a session: plan, agenda, attendance, the session itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.evaluation.actions import council as actions
from ocop.evaluation.enums import ItemState, SessionState
from ocop.evaluation.forms.council import AgendaForm, AttendanceForm, SessionForm, WordsForm
from ocop.evaluation.models import CouncilSession, Seat
from ocop.evaluation.queries import session as queries
from ocop.evaluation.queries.council import seats_on, session_quorum
from ocop.evaluation.queries.council_papers import papers_of_session
from ocop.evaluation.queries.written import round_context, with_meeting_reason
from ocop.evaluation.views.council import refuse
from ocop.kit import clock, once
from ocop.kit.errors import Refused


def session_for(request: HttpRequest, pk: int, *, desk: bool = False) -> CouncilSession:
    """The session among those that exist for this user; with `desk` only for who runs it. 404 otherwise."""
    row = get_object_or_404(queries.sessions_for(request.user), pk=pk)
    if desk and not queries.is_desk(row, request.user):
        raise Http404
    return row


def may_plan(request: HttpRequest) -> bool:
    """True for chair, deputy and secretary of a council in force."""
    desk = Seat.objects.valid_on(clock.today()).filter(user=request.user)
    return desk.filter(role__in=("chair", "deputy", "secretary")).exists()


@login_required
@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    """My sessions, newest first."""
    if not queries.works_with_councils(request.user):
        raise Http404
    lines = [
        {"row": row, "mark": queries.session_mark(row.state, in_writing=row.is_written)}
        for row in queries.sessions_for(request.user)[:100]
    ]
    context = {"lines": lines, "may_plan": may_plan(request), "appoints": queries.appoints(request.user)}
    return render(request, "evaluation/council/session_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def session_new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    if not may_plan(request):
        raise Http404
    form = SessionForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        values = {key: value for key, value in form.cleaned_data.items() if key != once.FIELD}

        def press() -> str:
            row = actions.plan_session(values.pop("council"), by=request.user, **values)
            return reverse("evaluation:session-agenda", args=[row.pk])

        try:
            return once.run(request, form.once_key, press)
        except Refused as error:
            refuse(form, error)
    context = {"form": form, "title": "Lên lịch phiên họp", "press": "Lên lịch, chọn hồ sơ"}
    return render(request, "evaluation/council/form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def session_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a planned meeting."""
    row = session_for(request, pk, desk=True)
    form = SessionForm(request.POST or None, user=request.user, session=row)
    if request.method == "POST" and form.is_valid():
        values = {key: value for key, value in form.cleaned_data.items() if key != once.FIELD}
        try:
            actions.change_session(row, by=request.user, **values)
            return redirect("evaluation:session-detail", pk=row.pk)
        except Refused as error:
            refuse(form, error)
    context = {"form": form, "session": row, "title": "Đổi ngày, địa điểm họp", "press": "Lưu"}
    return render(request, "evaluation/council/form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The session: dossiers in order, their state, who has handed in, the next press; attendance; statute."""
    row = session_for(request, pk)
    present = {one.seat_id: one for one in row.attendance.all()}
    seats = [{"seat": seat, "attendance": present.get(seat.pk)} for seat in seats_on(row)]
    lines = queries.item_lines(row, request.user)
    only_open = request.GET.get("xem") == "chua-cham"
    context = {
        "session": row,
        "mark": queries.session_mark(row.state, in_writing=row.is_written),
        "desk": queries.is_desk(row, request.user),
        "lines": [line for line in lines if not only_open or line.my_state in queries.MINE_OPEN],
        "only_open": only_open,
        "mine": queries.my_agenda(lines) if row.state == SessionState.OPEN else None,
        "seats": seats,
        "recorded": bool(present),
        "quorum": session_quorum(row),
        "due": queries.due_of(lines, clock.today()) if row.state != SessionState.CLOSED else None,
        "all_done": all(line.item.state == ItemState.CLOSED for line in lines),
        "any_closed": any(line.item.state == ItemState.CLOSED for line in lines),
        "statute": queries.statute_lines(row),
        "is_today": row.held_on <= clock.today(),
        "notes_form": WordsForm(initial={"text": row.notes}),
        "papers": papers_of_session(row, request.user),
        "once": once.new_key(),
        **round_context(row, clock.today()),
    }
    return render(request, "evaluation/council/session_detail.html", context)


@login_required
@never_cache
@require_GET
def session_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the member's next dossier to declare or mark, behind the one in `?sau=`; the session when none is left."""
    row = session_for(request, pk)
    lines = queries.item_lines(row, request.user)
    here = request.GET.get("sau", "")
    after = next((line.item for line in lines if str(line.item.pk) == here), None)
    mine = queries.my_agenda(lines, after=after) if row.state == SessionState.OPEN else None
    if mine is None or mine.next is None:
        messages.info(request, "Không còn hồ sơ nào khác chờ bạn trong phiên họp này.")
        return redirect("evaluation:session-detail", pk=row.pk)
    name = "evaluation:declare" if mine.next.my_state == "declare" else "evaluation:sheet"
    return redirect(name, pk=mine.next.item.pk)


@login_required
@require_http_methods(["GET", "POST"])
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose dossiers that wait for the council."""
    row = session_for(request, pk, desk=True)
    ready = queries.ready_dossiers(row.council)
    form = AgendaForm(request.POST or None, ready=ready)
    if request.method == "POST":
        if led := once.led_to(request, form.once_key):
            return led
        if form.is_valid():
            chosen = list(form.cleaned_data["dossiers"])

            def press() -> str:
                actions.add_to_agenda(row, dossiers=chosen, by=request.user)
                return reverse("evaluation:session-detail", args=[row.pk])

            try:
                return once.run(request, form.once_key, press)
            except Refused as error:
                refuse(form, error)
    context = {
        "session": row,
        "form": form,
        "ready": list(with_meeting_reason(ready)),
        "chosen": request.POST.getlist("dossiers"),
    }
    return render(request, "evaluation/council/agenda.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is present, who presides."""
    row = session_for(request, pk, desk=True)
    seats = list(seats_on(row))
    known = {one.seat_id: one for one in row.attendance.all()}
    initial = {
        "present": [
            str(seat.pk) for seat in seats if not known or (seat.pk in known and known[seat.pk].present)
        ],
        "presiding": next((str(pk) for pk, one in known.items() if one.presides), ""),
    }
    if not known:
        initial["presiding"] = next((str(seat.pk) for seat in seats if seat.role == "chair"), "")
    form = AttendanceForm(request.POST if request.method == "POST" else None, seats=seats, initial=initial)
    if request.method == "POST" and form.is_valid():
        presiding = form.cleaned_data["presiding"]
        try:
            actions.record_attendance(
                row,
                present=[int(one) for one in form.cleaned_data["present"]],
                presiding=int(presiding) if presiding else None,
                by=request.user,
            )
            messages.success(request, "Đã ghi điểm danh.")
            return redirect("evaluation:session-detail", pk=row.pk)
        except Refused as error:
            refuse(form, error)
    needs = session_quorum(row)
    context = {
        "form": form,
        "session": row,
        "title": "Điểm danh",
        "press": "Ghi điểm danh",
        "lead": f"Họp được khi có mặt ít nhất {needs.needed}/{needs.base} thành viên chấm điểm, trong đó có Chủ tịch "
        "Hội đồng hoặc Phó Chủ tịch được ủy quyền. Bỏ chọn người vắng mặt.",
    }
    return render(request, "evaluation/council/form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def session_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the meeting; the statute's settings are frozen."""
    row = session_for(request, pk, desk=True)
    actions.open_session(row, by=request.user)
    messages.success(request, "Phiên họp đã khai mạc. Quy chế áp dụng được giữ cố định từ lúc này.")
    return redirect("evaluation:session-detail", pk=row.pk)


@login_required
@require_POST
def session_notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes of the meeting as a whole."""
    row = session_for(request, pk, desk=True)
    form = WordsForm(request.POST)
    if form.is_valid():
        actions.save_notes(row, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, "Đã lưu diễn biến phiên họp.")
    return redirect("evaluation:session-detail", pk=row.pk)


@login_required
@require_POST
def session_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the meeting; dossiers that were not reached go back to waiting."""
    row = session_for(request, pk, desk=True)
    once.run(request, once.key_of(request), lambda: _close(row, request))
    messages.success(request, "Phiên họp đã bế mạc.")
    return redirect("evaluation:session-detail", pk=row.pk)


def _close(row: CouncilSession, request: HttpRequest) -> str:
    actions.close_session(row, by=request.user)
    return reverse("evaluation:session-detail", args=[row.pk])
