"""Pages of councils and seats."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.evaluation.actions import seats as actions
from ocop.evaluation.forms.council import CouncilForm, SeatChangeForm, SeatEndForm, SeatForm
from ocop.evaluation.models import Council, Seat
from ocop.evaluation.queries import session as queries
from ocop.kit import clock, once
from ocop.kit.errors import Refused


def refuse(form, error: Refused) -> None:
    """Put every reason of a refusal on the form, with its article; what was typed stays."""
    for refusal in error.refusals:
        form.add_error(None, f"{refusal.reason} ({refusal.article})" if refusal.article else refusal.reason)


def _council(request: HttpRequest, pk: int) -> Council:
    return get_object_or_404(queries.councils_for(request.user), pk=pk)


def _may_appoint(request: HttpRequest, council: Council) -> bool:
    return bool(actions.appoints_for(request.user, council.province, council.district))


@login_required
@require_GET
def council_list(request: HttpRequest) -> HttpResponse:
    """Councils of the province with their terms."""
    if not queries.works_with_councils(request.user):
        raise Http404
    today = clock.today()
    lines = [
        {
            "council": row,
            "runs": row.in_force(today),
            "seats": sum(1 for seat in row.seats.all() if seat.in_force(today)),
        }
        for row in queries.councils_for(request.user).prefetch_related("seats")
    ]
    context = {"lines": lines, "may_appoint": queries.appoints(request.user)}
    return render(request, "evaluation/council/council_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def council_new(request: HttpRequest) -> HttpResponse:
    """Record a council from its decision."""
    if not queries.appoints(request.user):
        raise Http404
    form = CouncilForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        values = form.values()

        def press() -> str:
            row = actions.create_council(values.pop("province"), by=request.user, **values)
            return reverse("evaluation:council-detail", args=[row.pk])

        try:
            return once.run(request, form.once_key, press)
        except Refused as error:
            refuse(form, error)
    status = 422 if form.is_bound else 200
    context = {"form": form, "title": "Ghi thành phần Hội đồng mới", "press": "Ghi Hội đồng"}
    return render(request, "evaluation/council/form.html", context, status=status)


@login_required
@require_GET
def council_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A council: decision, term, seats now and before, sessions."""
    row = _council(request, pk)
    today = clock.today()
    seats = list(row.seats.select_related("user", "agency"))
    context = {
        "council": row,
        "seats": [seat for seat in seats if seat.valid_to is None or seat.valid_to >= today],
        "ended": [seat for seat in seats if seat.valid_to is not None and seat.valid_to < today],
        "may_appoint": _may_appoint(request, row),
        "sessions": [
            {"row": one, "mark": queries.session_mark(one.state)}
            for one in queries.sessions_for(request.user).filter(council=row)[:20]
        ],
        "facts": [
            ("Quyết định thành lập", f"{row.decision_number} ngày {row.decision_on:%d/%m/%Y}"),
            ("Nhiệm kỳ", _term(row)),
            ("Hội đồng của", row.home.full_name),
        ],
    }
    return render(request, "evaluation/council/council_detail.html", context)


def _term(row: Council) -> str:
    until = f" đến {row.valid_to:%d/%m/%Y}" if row.valid_to else ", quyết định không ghi ngày kết thúc"
    return f"từ {row.valid_from:%d/%m/%Y}{until}"


@login_required
@require_http_methods(["GET", "POST"])
def seat_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a seat."""
    row = _council(request, pk)
    if not _may_appoint(request, row):
        raise Http404
    form = SeatForm(request.POST or None, council=row)
    if request.method == "POST" and form.is_valid():
        values = {key: value for key, value in form.cleaned_data.items() if key != once.FIELD}

        def press() -> str:
            actions.appoint(row, by=request.user, **values)
            return reverse("evaluation:council-detail", args=[row.pk])

        try:
            return once.run(request, form.once_key, press)
        except Refused as error:
            refuse(form, error)
    status = 422 if form.is_bound else 200
    context = {"form": form, "council": row, "title": "Thêm thành viên", "press": "Thêm vào Hội đồng"}
    return render(request, "evaluation/council/form.html", context, status=status)


def _seat(request: HttpRequest, pk: int) -> Seat:
    councils = queries.councils_for(request.user).values("pk")
    seat = get_object_or_404(
        Seat.objects.filter(council__in=councils).select_related("council", "user"), pk=pk
    )
    if not _may_appoint(request, seat.council):
        raise Http404
    return seat


@login_required
@require_http_methods(["GET", "POST"])
def seat_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the advice on criteria and a deputy's authority."""
    seat = _seat(request, pk)
    form = SeatChangeForm.of(seat, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_seat(seat, by=request.user, **form.cleaned_data)
            messages.success(request, "Đã ghi.")
            return redirect("evaluation:council-detail", pk=seat.council_id)
        except Refused as error:
            refuse(form, error)
    context = {"form": form, "council": seat.council, "title": seat.user.full_name, "press": "Lưu"}
    return render(request, "evaluation/council/form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a seat; sheets that were handed in stay."""
    seat = _seat(request, pk)
    form = SeatEndForm(request.POST or None, initial={"last_day": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_seat(seat, by=request.user, **form.cleaned_data)
            messages.success(request, "Đã ghi ngày kết thúc.")
            return redirect("evaluation:council-detail", pk=seat.council_id)
        except Refused as error:
            refuse(form, error)
    context = {
        "form": form,
        "council": seat.council,
        "title": f"Kết thúc tham gia: {seat.user.full_name}",
        "press": "Ghi ngày kết thúc",
    }
    return render(request, "evaluation/council/form.html", context, status=422 if form.is_bound else 200)
