"""Written opinions: the desk asks, extends, closes, or calls a meeting. Members answer on their own bench."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ocop.evaluation.actions import council as actions
from ocop.evaluation.enums import ItemState
from ocop.evaluation.forms.council import ReasonForm
from ocop.evaluation.forms.written import AskForm, LastDayForm, councils_run_by
from ocop.evaluation.models import SessionItem
from ocop.evaluation.views.council import refuse
from ocop.evaluation.views.council_item import desk_item
from ocop.evaluation.views.council_session import session_for
from ocop.kit import once
from ocop.kit.errors import Refused


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Choose re-evaluations and a last day; everybody in force is asked at once."""
    council = councils_run_by(request.user).first()
    if council is None:
        raise Http404
    form = AskForm(request.POST or None, council=council)
    if led := (once.led_to(request, form.once_key) if request.method == "POST" else None):
        return led
    if form.is_valid():

        def press() -> str:
            row = actions.ask_in_writing(
                council, dossiers=form.chosen(), answer_by=form.cleaned_data["answer_by"], by=request.user
            )
            messages.success(request, "Đã gửi xin ý kiến; thành viên Hội đồng được báo.")
            return reverse("evaluation:session-detail", args=[row.pk])

        try:
            return once.run(request, form.once_key, press)
        except Refused as error:
            refuse(form, error)
    context = {"form": form, "chosen": request.POST.getlist("dossiers")}
    return render(
        request, "evaluation/council/written_ask.html", context, status=422 if form.is_bound else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """A later last day; those who have not answered are told."""
    row = session_for(request, pk, desk=True)
    if not row.is_written:
        raise Http404
    form = LastDayForm(request.POST or None, initial={"answer_by": row.answer_by})
    if form.is_valid():

        def press() -> str:
            actions.extend_answers(row, answer_by=form.cleaned_data["answer_by"], by=request.user)
            return reverse("evaluation:session-detail", args=[row.pk])

        try:
            return once.run(request, form.once_key, press)
        except Refused as error:
            refuse(form, error)
    context = {"form": form, "session": row, "title": "Gia hạn trả lời", "press": "Đặt hạn mới"}
    return render(request, "evaluation/council/form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair ends the opinions on a dossier: a result, or a meeting; the page says which."""
    item = desk_item(request, pk)
    return once.run(request, once.key_of(request), lambda: _close(request, item))


def _close(request: HttpRequest, item: SessionItem) -> str:
    row = actions.close_written(item, by=request.user)
    if row.state == ItemState.CLOSED:
        messages.success(request, "Ý kiến thống nhất; đã chốt kết quả.")
    else:
        messages.warning(request, f"Chưa thống nhất, hồ sơ phải họp. {row.meeting_reason}")
    return reverse("evaluation:item-detail", args=[item.pk])


@login_required
@require_POST
def call_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk takes a dossier out of the written opinions, with the reason."""
    item = desk_item(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Cần ghi vì sao phải họp.")
        return redirect("evaluation:item-detail", pk=item.pk)

    def press() -> str:
        actions.call_meeting(item, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "Đã chuyển hồ sơ sang họp.")
        return reverse("evaluation:session-detail", args=[item.session_id])

    return once.run(request, form.once_key, press)
