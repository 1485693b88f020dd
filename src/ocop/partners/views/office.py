"""Presses of the office beside the registers: consent to publication, the yearly round of assessments."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refused, require
from ocop.partners.actions.assessment import open_year
from ocop.partners.actions.consent import record_consent, withdraw_consent
from ocop.partners.models import Partner
from ocop.partners.registers import ASSESSMENTS
from ocop.partners.registers.forms import ConsentForm, WithdrawForm, YearForm


def _pressed(request: HttpRequest, form: Any, back: str, act: Callable[[Any], str]) -> HttpResponse:
    """Do it once; what is wrong with the form, or refused, is said on the page it came from."""
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, errors[0])
        return redirect(back)
    try:
        return once.run(request, form.once_key, lambda: act(form.cleaned_data))
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect(back)


@login_required
@require_POST
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that the partner agreed to publication."""
    row = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)

    def act(data: dict[str, Any]) -> str:
        fields = data["fields_agreed"]
        record_consent(
            row, fields=fields, given_by=data["given_by"], given_on=data["given_on"], basis=data["basis"],
            by=request.user,
        )  # fmt: skip
        messages.success(request, "Đã ghi bản đồng ý. Trang công khai hiện các mục đã đồng ý.")
        return row.get_absolute_url()

    return _pressed(request, ConsentForm(request.POST), row.get_absolute_url(), act)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that the partner no longer agrees."""
    row = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)

    def act(data: dict[str, Any]) -> str:
        withdraw_consent(row, reason=data["reason"], by=request.user)
        messages.success(request, "Đã ghi. Đối tác không còn trên trang công khai.")
        return row.get_absolute_url()

    return _pressed(request, WithdrawForm(request.POST), row.get_absolute_url(), act)


@login_required
@require_http_methods(["GET", "POST"])
def begin_year(request: HttpRequest) -> HttpResponse:
    """Begin the assessments of a year for every active partner that has none."""
    require(ASSESSMENTS.may_create(request.user))
    form = YearForm(request.POST or None, initial={"year": clock.today().year})
    if request.method == "POST" and form.is_valid():
        try:
            return once.run(request, form.once_key, lambda: _begin(request, form.cleaned_data["year"]))
        except Refused as refused:
            form.add_error("year", refused.reason)
    context = {"form": form, "list_url": ASSESSMENTS.url("list"), "title": ASSESSMENTS.title}
    return render(request, "partners/assessments_begin.html", context, status=422 if form.is_bound else 200)


def _begin(request: HttpRequest, year: int) -> str:
    made = open_year(year=year, by=request.user)
    messages.success(request, f"Đã mở {made} bản đánh giá năm {year}.")
    return ASSESSMENTS.url("list")
