"""The month of a sale point: what was sold, what lies there; made for the phone behind the counter."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refused, require
from ocop.products.models import Product
from ocop.promotion import actions
from ocop.promotion.models import SaleMonth, SalePoint
from ocop.promotion.permissions import may_report_sales
from ocop.promotion.queries.points import months_missing, stock_of
from ocop.promotion.registers.point_forms import MonthForm, month_choices

MOST_PRODUCTS = 60


def _products(point: SalePoint) -> list[Product]:
    """What is counted: the products of the last count; without one those of the producer that runs the point."""
    counted = stock_of(point, clock.today())
    if counted:
        return [row.product for row in counted][:MOST_PRODUCTS]
    if point.producer_id is None:
        return []
    rows = Product.objects.active().filter(producer=point.producer_id).select_related("producer")
    return list(rows.order_by("name")[:MOST_PRODUCTS])


def _initial(point: SalePoint, wanted: str) -> dict[str, Any]:
    """The oldest month that is missing, or the one asked for, with what was reported of it already."""
    offered = [value for value, _label in month_choices(clock.today())]
    missing = months_missing(point, clock.today())
    month = wanted if wanted in offered else f"{missing[-1]:%Y-%m-%d}" if missing else offered[0]
    row = SaleMonth.objects.filter(point=point, month=date.fromisoformat(month)).first()
    known = ("revenue", "ocop_revenue", "customers", "note")
    return {"month": month, **({name: getattr(row, name) for name in known} if row else {})}


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a month; a second report of the same month takes the place of the first."""
    point = get_object_or_404(
        SalePoint.objects.visible_to(request.user).select_related("unit", "producer"), pk=pk
    )
    require(may_report_sales(request.user, point))
    sent = (request.POST,) if request.method == "POST" else ()
    form = MonthForm(_products(point), *sent, initial=_initial(point, request.GET.get("thang", "")))
    if sent and form.is_valid():
        try:
            return once.run(request, form.once_key, lambda: _write(request, point, form))
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, refused.reason)
    context = {"point": point, "form": form, "missing": months_missing(point, clock.today())}
    return render(request, "promotion/month.html", context, status=422 if sent else 200)


def _write(request: HttpRequest, point: SalePoint, form: MonthForm) -> str:
    data = form.cleaned_data
    row = actions.report_month(
        point, month=date.fromisoformat(data["month"]), revenue=data["revenue"], ocop_revenue=data["ocop_revenue"],
        customers=data["customers"], note=data["note"], stock=form.counted, by=request.user,
    )  # fmt: skip
    messages.success(request, f"Đã ghi doanh số tháng {row.month:%m/%Y}.")
    return point.get_absolute_url()
