"""The board of sale points with signs of dying, and which places still need one."""

import io
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ocop.accounts.queries import scope_of
from ocop.kit import clock, excel
from ocop.kit.registry import announce
from ocop.promotion.enums import Sign
from ocop.promotion.models import SalePoint
from ocop.promotion.permissions import may_watch
from ocop.promotion.queries.coverage import Coverage, coverage_on
from ocop.promotion.queries.points import board as lines_of
from ocop.promotion.queries.points import limits_on
from ocop.rulebook.queries import setting_row
from ocop.units.models import Unit
from ocop.units.queries import home_province, province_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _province(user: Any) -> Unit:
    """The province in which the officer works; 404 for everybody else."""
    if not may_watch(user):
        raise Http404
    unit = next((one.agency.unit for one in scope_of(user).of() if one.agency.unit is not None), None)
    return (province_of(unit) if unit else None) or home_province(clock.today())


@login_required
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Open sale points of the officer's reach, those that die first; `?dau=silent` shows one sign alone."""
    province, today = _province(request.user), clock.today()
    limits = limits_on(province.code, today)
    lines = lines_of(SalePoint.objects.visible_to(request.user), today, limits)
    wanted = request.GET.get("dau", "")
    counts = {sign.value: 0 for sign in Sign}
    for line in lines:
        for sign in line.signs:
            counts[sign.sign] += 1
    shown = [line for line in lines if wanted not in counts or any(one.sign == wanted for one in line.signs)]
    tabs = [{"label": "Tất cả", "url": "?", "count": len(lines), "active": wanted not in counts}]
    tabs += [
        {
            "label": sign.label,
            "url": f"?dau={sign.value}",
            "count": counts[sign.value],
            "active": wanted == sign.value,
        }
        for sign in Sign
    ]
    context = {
        "lines": shown, "tabs": tabs, "limits": limits, "total": len(lines),
        "dying": sum(1 for line in lines if line.signs),
    }  # fmt: skip
    return render(request, "promotion/board.html", context)


def _coverage(user: Any) -> tuple[Unit, list[Coverage]]:
    province = _province(user)
    points = SalePoint.objects.filter(unit__covers__holder=province)
    return province, coverage_on(province, clock.today(), points)


@login_required
@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Every place that should have a sale point, those that lack one first."""
    province, lines = _coverage(request.user)
    row = setting_row("sale_point_area", province.code, clock.today())
    context = {
        "province": province, "lines": lines, "lacking": sum(1 for line in lines if line.lacking),
        "source": row.source if row else "", "confirmed": bool(row and row.confirmed),
    }  # fmt: skip
    return render(request, "promotion/coverage.html", context)


COLUMNS = (
    excel.Column("unit", "Địa bàn", width=34),
    excel.Column("count", "Số điểm bán đang hoạt động", excel.Kind.INTEGER, total=True),
    excel.Column("least", "Số điểm ít nhất", excel.Kind.INTEGER, total=True),
    excel.Column("lacking", "Còn thiếu", excel.Kind.INTEGER, total=True),
    excel.Column("names", "Các điểm bán", width=60),
)


@login_required
@require_GET
def coverage_file(request: HttpRequest) -> FileResponse:
    """The same as a workbook."""
    province, lines = _coverage(request.user)
    rows = [
        (
            line.unit.title,
            len(line.points),
            line.least,
            line.lacking,
            "; ".join(point.name for point in line.points),
        )
        for line in lines
    ]
    target = io.BytesIO()
    worn = scope_of(request.user).worn
    title = "Độ phủ điểm giới thiệu và bán sản phẩm OCOP"
    excel.write(target, COLUMNS, rows, excel.Heading(title, unit=worn.unit if worn else province.title))
    announce(
        "register.exported", by=request.user, request=request, register="coverage", rows=len(rows), filters=""
    )
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename="do-phu-diem-ban-ocop.xlsx", content_type=XLSX)
