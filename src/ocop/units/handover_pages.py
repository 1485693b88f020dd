"""Pages of handovers: the days, what would move, the one press, the list of rows that wait for their new commune."""

import io
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.kit import clock, excel, once
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.excel import Column, Heading, Kind
from ocop.kit.registry import announce
from ocop.units import actions
from ocop.units.forms import DoubtChoiceForm, DoubtFilterForm, HandoverForm
from ocop.units.models import Handover, Unit
from ocop.units.models.handover import HandoverDoubtQuerySet
from ocop.units.permissions import province_to_hand_over
from ocop.units.queries.handover import people_to_assign, preview, reorganisation_on
from ocop.units.queries.handover_pages import (
    ceasing_days,
    choices_of,
    described,
    doubts_of,
    lines_of,
    old_units,
    road_table,
    unplaced,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 50
COLUMNS = (
    Column("kind", "Loại", width=20),
    Column("code", "Mã", Kind.CODE, width=18),
    Column("name", "Tên", width=44),
    Column("old", "Đơn vị cũ", width=26),
    Column("likely", "Có thể là", width=40),
    Column("new", "Xã mới", width=26),
    Column("by", "Người xác nhận", width=26),
    Column("at", "Xác nhận lúc", Kind.MOMENT, width=20),
)


def _province(request: HttpRequest) -> Unit:
    """The province whose handovers the person keeps; for everybody else the pages do not exist."""
    province = province_to_hand_over(request.user)
    if province is None:
        raise Http404
    return province


@login_required
@require_GET
def handovers(request: HttpRequest) -> HttpResponse:
    """Every day on which something ceased: handed over, to be handed over, or ahead."""
    province, today = _province(request), clock.today()
    days = ceasing_days(province)
    context = {
        "province": province,
        "ahead": [one for one in days if one.day > today],
        "past": [one for one in days if one.day <= today],
        "waiting": doubts_of(province).open().count(),
    }
    return render(request, "units/handovers.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest, day: str) -> HttpResponse:
    """One day: what would move and the press that moves it; afterwards what was moved."""
    province = _province(request)
    try:
        first = date.fromisoformat(day)
    except ValueError as wrong:
        raise Http404 from wrong
    done = Handover.objects.filter(province=province, day=first).select_related("by", "basis").first()
    if done is not None:
        return _result(request, done)
    form = HandoverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            row = actions.hand_over(province, first, by=request.user)
            messages.success(request, "Đã bàn giao. Việc đang mở nay thuộc cơ quan kế tục.")
            return row.get_absolute_url()

        try:
            return once.run(request, form.once_key, act)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, refused.reason)
    return _preview(request, province, first, form)


def _preview(request: HttpRequest, province: Unit, day: date, form: HandoverForm) -> HttpResponse:
    change = reorganisation_on(province, day)
    if change.is_empty:
        raise Http404
    seen = preview(change)
    context = {
        "change": change,
        "seen": seen,
        "table": road_table(lines_of(seen)),
        "unplaced": unplaced(seen),
        "people": people_to_assign(change, request.user),
        "ended": sum(unit.valid_to == change.eve for unit in change.units.values()),
        "is_ahead": day > clock.today(),
        "form": form,
    }
    return render(request, "units/handover_preview.html", context, status=422 if form.errors else 200)


def _result(request: HttpRequest, done: Handover) -> HttpResponse:
    change = reorganisation_on(done.province, done.day)
    context = {
        "row": done,
        "table": road_table(done.lines),
        "people": people_to_assign(change, request.user),
        "waiting": done.doubts.open().count(),
    }
    return render(request, "units/handover.html", context)


def _filtered(request: HttpRequest, province: Unit) -> tuple[DoubtFilterForm, HandoverDoubtQuerySet]:
    """The filter and the rows that it leaves; those that wait unless others are asked for."""
    form = DoubtFilterForm(request.GET, units=old_units(province))
    wanted = form.wanted()
    rows = doubts_of(province)
    if wanted["xem"] == "xong":
        rows = rows.filter(chosen__isnull=False)
    elif not wanted["xem"]:
        rows = rows.open()
    if wanted["don_vi_cu"]:
        rows = rows.filter(unit=wanted["don_vi_cu"])
    return form, rows.filter(part=wanted["loai"]) if wanted["loai"] else rows


@login_required
@require_http_methods(["GET", "POST"])
def doubts(request: HttpRequest) -> HttpResponse:
    """The list "xác nhận xã mới"; posting places the ticked rows, or all that the filter leaves."""
    province = _province(request)
    filters, rows = _filtered(request, province)
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    waiting = rows.open()
    total = waiting.count() if filters.wanted()["don_vi_cu"] else None
    form = _choice_form(request, province, page, total)
    if request.method == "POST" and form.is_valid():
        chosen = (
            waiting
            if form.cleaned_data["scope"] == form.ALL
            else waiting.filter(pk__in=form.cleaned_data["rows"])
        )

        def act() -> str:
            unit = form.cleaned_data["unit"]
            count = actions.confirm_new_unit(chosen, unit=unit, by=request.user)
            messages.success(request, f"Đã xác nhận {count} dòng về {unit.full_name}.")
            return reverse("units:doubts")

        try:
            return once.run(request, form.once_key, act)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, refused.reason)
    return _doubts_page(request, province, filters, page, form)


def _choice_form(request: HttpRequest, province: Unit, page: Page, total: int | None) -> DoubtChoiceForm:
    """The form under the rows of this page; likely communes are offered when all rows are of one old unit."""
    shown = [row for row in page if row.chosen_id is None]
    single = len({row.unit_id for row in shown}) == 1
    likely = choices_of(shown[:1], clock.today())[shown[0].pk] if single else []
    return DoubtChoiceForm(
        request.POST if request.method == "POST" else None,
        rows=[row.pk for row in shown],
        likely=likely,
        total=total,
        within=province,
    )


def _doubts_page(
    request: HttpRequest, province: Unit, filters: DoubtFilterForm, page: Page, form: DoubtChoiceForm
) -> HttpResponse:
    query = request.GET.copy()
    query.pop("trang", None)
    ticked = set(form.data.getlist("rows")) if form.is_bound else set()  # type: ignore[attr-defined]
    context = {
        "filters": filters,
        "page": page,
        "lines": [(line, str(line.doubt.pk) in ticked) for line in described(page)],
        "form": form,
        "can_place": any(row.chosen_id is None for row in page),
        "units": old_units(province),
        "chosen_unit": filters.wanted()["don_vi_cu"],
        "excel": f"{reverse('units:doubts_sheet')}?{query.urlencode()}",
    }
    return render(request, "units/doubts.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def doubts_sheet(request: HttpRequest) -> FileResponse:
    """The same list as a workbook, all pages."""
    province = _province(request)
    _, rows = _filtered(request, province)
    doubts = list(rows)
    likely = choices_of(doubts, clock.today())
    buffer = io.BytesIO()
    heading = Heading("Danh sách xác nhận xã mới", unit=province.title)
    excel.write(buffer, COLUMNS, (_cells(line, likely) for line in described(doubts)), heading)
    announce("units.doubts_exported", by=request.user, subject=province, request=request, rows=len(doubts))
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename="xac-nhan-xa-moi.xlsx", content_type=XLSX)


def _cells(line: Any, likely: dict[int, list[Unit]]) -> list[Any]:
    row = line.doubt
    return [
        row.part_label, row.code, line.label, row.unit.title, "; ".join(unit.title for unit in likely[row.pk]),
        row.chosen.title if row.chosen else "", row.by.full_name if row.by else "", row.at,
    ]  # fmt: skip
