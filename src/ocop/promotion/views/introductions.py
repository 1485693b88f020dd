"""A producer's answer to a buyer that was brought to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from ocop.kit import once
from ocop.kit.errors import Forbidden, Refused
from ocop.promotion import actions
from ocop.promotion.models import Introduction
from ocop.promotion.registers.fairs import producers_of
from ocop.promotion.registers.match_forms import AnswerForm


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline; a refusal leads back to the request with the reason."""
    rows = Introduction.objects.filter(offer__producer__in=producers_of(request.user)).select_related(
        "request"
    )
    row = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST)
    back = row.request.get_absolute_url()
    if not form.is_valid():
        messages.error(request, "Hãy chọn nhận lời hoặc từ chối.")
        return redirect(back)

    def act() -> str:
        data = form.cleaned_data
        actions.answer_introduction(row, accepted=data["accepted"], reason=data["reason"], by=request.user)
        messages.success(request, "Đã trả lời.")
        return back

    try:
        return once.run(request, form.once_key, act)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect(back)
