"""Pages of the rulebook at the office: settings of the province, calendar, books and procedures."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ocop.kit import clock, once
from ocop.kit.days import calendar
from ocop.kit.errors import Forbidden, Refused, require
from ocop.kit.models import DayOverride
from ocop.law.models import Instrument
from ocop.law.pages import instrument_tabs
from ocop.rulebook import actions, pages, permissions, queries
from ocop.rulebook.forms import DayForm, SettingForm, YearForm
from ocop.rulebook.rules.setting_words import change_words
from ocop.rulebook.rules.settings import BY_KEY
from ocop.units.models import Unit


def _province(request: HttpRequest) -> Unit:
    """The province of the reader; 404 for whom the settings do not exist."""
    province = permissions.province_read(request.user)
    if province is None:
        raise Http404
    return province


def _saved(request: HttpRequest, form: Any, act: Any) -> HttpResponse | None:
    """What a valid form leads to, acted upon once; None when it was refused and is to be shown again."""
    try:
        return once.run(request, form.once_key, act)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, refused.reason)
    return None


@require_safe
@login_required
def settings_page(request: HttpRequest) -> HttpResponse:
    """Every setting as it holds in the province today, where it comes from and whether it is confirmed."""
    province = _province(request)
    lines = pages.setting_lines(province.code, clock.today())
    context = {
        "lines": lines, "province": province, "can_set": bool(permissions.may_set(request.user, province)),
        "open": sum(not line.confirmed for line in lines),
    }  # fmt: skip
    return render(request, "rulebook/settings.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def setting_page(request: HttpRequest, key: str) -> HttpResponse:
    """One setting: its values over time, and a new one, previewed in words before it is saved."""
    province, known, today = _province(request), BY_KEY.get(key), clock.today()
    if known is None:
        raise Http404
    may = permissions.may_set(request.user, province)
    before = queries.setting(key, province.code, today)
    form = SettingForm(*((request.POST,) if request.method == "POST" else ()), known=known, value=before)
    preview: list[str] = []

    def act() -> str:
        actions.change_setting(key, province=province, by=request.user, **form.facts())  # type: ignore[arg-type]
        messages.success(request, f"Đã lưu: {known.label}.")
        return reverse("rulebook:setting", args=[key])

    if request.method == "POST":
        require(may)
        if form.is_valid():
            facts = form.facts()
            held = queries.setting(key, province.code, facts["since"])
            preview = change_words(known, held, known.read(facts["value"]), facts["since"], today)
            if "luu" in request.POST and (answer := _saved(request, form, act)):
                return answer
    context = {
        "known": known, "form": form, "preview": preview if form.is_valid() else [], "can_set": bool(may),
        "province": province, "rows": pages.setting_history(known, province.code, today),
    }  # fmt: skip
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "rulebook/setting.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def calendar_page(request: HttpRequest) -> HttpResponse:
    """The days off and worked days of a year, and those that the office wrote over the known holidays."""
    _province(request)
    asked = YearForm(request.GET)
    year = (asked.cleaned_data["nam"] if asked.is_valid() else None) or clock.today().year
    may = permissions.may_keep_calendar(request.user)
    form = DayForm(*((request.POST,) if request.method == "POST" else ()))

    def act() -> str:
        row = actions.set_day(by=request.user, **form.facts())  # type: ignore[arg-type]
        messages.success(request, f"Đã ghi ngày {row.day:%d/%m/%Y}.")
        return f"{reverse('rulebook:calendar')}?nam={row.day.year}"

    if request.method == "POST":
        require(may)
        if form.is_valid() and (answer := _saved(request, form, act)):
            return answer
    context = {
        "year": year, "days": pages.special_days(calendar(), year), "form": form, "can_keep": bool(may),
    }  # fmt: skip
    return render(request, "rulebook/calendar.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def calendar_drop(request: HttpRequest, day: str) -> HttpResponse:
    """Take back a day that the office wrote."""
    _province(request)
    try:
        row = get_object_or_404(DayOverride, day=date.fromisoformat(day))
    except ValueError:
        raise Http404 from None
    actions.drop_day(row, by=request.user)  # type: ignore[arg-type]
    messages.success(request, f"Ngày {row.day:%d/%m/%Y} tính lại theo lịch chung.")
    return HttpResponseRedirect(f"{reverse('rulebook:calendar')}?nam={row.day.year}")


@require_safe
@login_required
def books_page(request: HttpRequest) -> HttpResponse:
    """Criteria books and procedures with their deadlines, and which of them holds today."""
    return render(request, "rulebook/books.html", pages.books_and_procedures(clock.today()))


@require_safe
@login_required
def entitlements_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What one instrument entitles producers to: its policies with their items, those of what it amends as well."""
    instrument = get_object_or_404(Instrument, slug=slug)
    context = {
        "instrument": instrument,
        "policies": pages.entitlements(instrument),
        "tabs": instrument_tabs(instrument, request.user, active="rulebook.entitlements"),
    }
    return render(request, "rulebook/entitlements.html", context)
