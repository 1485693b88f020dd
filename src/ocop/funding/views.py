"""Pages of the ledger beyond its registers: totals with their workbook, the reversal of an entry."""

import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ocop.cycle.models import BusinessPlan
from ocop.funding import actions, permissions
from ocop.funding.enums import EntryKind
from ocop.funding.forms import ReverseForm, TotalsForm
from ocop.funding.models import FundEntry
from ocop.funding.queries.ledger import LedgerFilter
from ocop.funding.queries.overview import STAGES, Totals, sheet_rows, totals_page
from ocop.funding.queries.support import APPROVED, lines_of_plan
from ocop.funding.registers import FUND_ENTRIES
from ocop.kit import clock, excel, once, registry
from ocop.kit.errors import Forbidden, Refused
from ocop.kit.excel import Column, Heading, Kind
from ocop.units.models import Unit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = (
    Column("year", "Năm", Kind.INTEGER, width=8),
    Column("source", "Nguồn vốn"),
    Column("level", "Cấp ngân sách", width=18),
    Column("unit", "Đơn vị"),
    Column("management", "Chi quản lý, giám sát", Kind.BOOLEAN, width=12),
    *(Column(kind, label, Kind.MONEY, total=True) for kind, label in STAGES),
    Column("left", "Còn lại của kế hoạch", Kind.MONEY, total=True),
)


def _asked(request: HttpRequest) -> tuple[TotalsForm, LedgerFilter, Unit | None, str]:
    """The filter of the address; what does not fit narrows nothing."""
    form = TotalsForm(request.GET)
    form.is_valid()
    data = form.cleaned_data
    unit = Unit.objects.filter(pk=data.get("don_vi")).first() if data.get("don_vi") else None
    asked = LedgerFilter(
        first_year=int(data["tu"]) if data.get("tu") else None,
        last_year=int(data["den"]) if data.get("den") else None,
        source=data.get("nguon", ""),
        activity=data["hoat_dong"].pk if data.get("hoat_dong") else None,
        management={"1": True, "0": False}.get(data.get("quan_ly", "")),
    )
    stage = data.get("giai_doan") or EntryKind.DISBURSED
    return form, asked, unit, stage


@login_required
@require_safe
def totals(request: HttpRequest) -> HttpResponse:
    """Totals by source, year and unit with what is left of the plan; every number opens its rows."""
    if not FUND_ENTRIES.may_export(request.user):
        raise Http404
    form, asked, unit, stage = _asked(request)
    context = {
        "form": form,
        "unit": unit,
        "totals": totals_page(request.user, asked, unit, stage),
        "stages": STAGES,
        "stage": dict(STAGES)[stage],
        "query": request.GET.urlencode(),
        "office": FUND_ENTRIES.office(request.user),
        "today": clock.today(),
    }
    return render(request, "funding/totals.html", context)


@login_required
@require_safe
def totals_sheet(request: HttpRequest) -> FileResponse:
    """The totals as a workbook; announced, as every file that leaves with data."""
    if not FUND_ENTRIES.may_export(request.user):
        raise Http404
    form, asked, unit, stage = _asked(request)
    found = totals_page(request.user, asked, unit, stage)
    buffer = io.BytesIO()
    rows = sheet_rows(found.lines)
    excel.write(buffer, SHEET, rows, _heading(request.user, form, unit, found))
    registry.announce("ledger.exported", by=request.user, request=request, rows=len(rows))
    buffer.seek(0)
    name = f"tong-hop-von-{clock.today():%Y%m%d}.xlsx"
    return FileResponse(buffer, as_attachment=True, filename=name, content_type=XLSX)


def _heading(user: Any, form: TotalsForm, unit: Unit | None, found: Totals) -> Heading:
    """What stands above the sheet; the filters are named."""
    words = [f"Đơn vị: {unit.title}"] if unit else []
    words += [
        f"{form.fields[name].label}: {dict(form.fields[name].choices)[value]}"  # type: ignore[attr-defined]
        for name in ("tu", "den", "nguon", "quan_ly")
        if (value := form.cleaned_data.get(name))
    ]
    words += [f"Hoạt động: {form.cleaned_data['hoat_dong']}"] if form.cleaned_data.get("hoat_dong") else []
    return Heading(
        "Tổng hợp vốn thực hiện Chương trình OCOP", unit=FUND_ENTRIES.office(user), filters="; ".join(words)
    )


@login_required
@require_http_methods(["GET", "POST"])
def reverse_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry back by its opposite; the reason stays with it."""
    if not FUND_ENTRIES.may_see(request.user):
        raise Http404
    row = get_object_or_404(FUND_ENTRIES.rows(request.user), pk=pk)
    form = ReverseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = _reverse(request, row, form)
        if done is not None:
            return done
    elif not FUND_ENTRIES.may_reverse(request.user, row):
        return redirect(row.get_absolute_url())
    context = {"row": row, "form": form, "list_url": FUND_ENTRIES.url("list"), "back": row.get_absolute_url()}
    return render(request, "funding/reverse.html", context, status=422 if form.is_bound else 200)


def _reverse(request: HttpRequest, row: FundEntry, form: ReverseForm) -> HttpResponse | None:
    def act() -> str:
        data = form.cleaned_data
        made = actions.reverse_entry(row, by=request.user, reason=data["reason"], day=data["day"])
        messages.success(request, "Đã ghi bút toán đảo; tổng hợp đã tính theo.")
        return made.get_absolute_url()

    try:
        return once.run(request, form.once_key, act)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, refused.reason)
        return None


@login_required
@require_http_methods(["GET", "POST"])
def from_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The support that a business plan asks for; one press makes a request of a line."""
    plan = get_object_or_404(BusinessPlan.objects.visible_to(request.user).select_related("producer"), pk=pk)
    if request.method == "POST":
        return _from_line(request, plan)
    context = {
        "plan": plan,
        "lines": [(line, made, once.new_key()) for line, made in lines_of_plan(plan)],
        "may_ask": plan.state in APPROVED and bool(permissions.may_ask(request.user, plan.producer)),
    }
    return render(request, "funding/from_plan.html", context)


def _from_line(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    sent = request.POST.get("line", "")
    line = get_object_or_404(plan.supports.select_related("item"), pk=sent if sent.isdigit() else 0)

    def act() -> str:
        return actions.open_from_plan(line, by=request.user).get_absolute_url()

    try:
        return once.run(request, once.key_of(request), act)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("funding:from_plan", plan.pk)
