"""Pages beside the registers: the certificates of a product, the paper of one, and stars by month of expiry."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ocop.kit import clock
from ocop.producers.pages import tabs_of
from ocop.products.models import Product
from ocop.products.registers import PRODUCTS
from ocop.recognition.models import Certificate
from ocop.recognition.papers import certificate_pdf, label_pdf
from ocop.recognition.presses import with_presses
from ocop.recognition.queries import chosen_month, expiring_days, expiring_in, expiry_months, without_term
from ocop.recognition.registers import officers_only


@login_required
@require_GET
def of_product(request: HttpRequest, code: str) -> HttpResponse:
    """The tab "Sao OCOP" of a product: every certificate with its state today."""
    product = get_object_or_404(
        Product.objects.visible_to(request.user).select_related("producer", "unit", "group"), public_code=code
    )
    today = clock.today()
    rows = Certificate.objects.visible_to(request.user).filter(product=product)
    rows = rows.with_state(today, expiring_days=expiring_days(today)).select_related("decision")
    tabs = tabs_of(product, request.user, "recognition.certificates", PRODUCTS.url("history", product.pk))
    shown = with_presses(
        request.user, list(rows.select_related("product__producer").order_by("-issued_year", "-pk"))
    )
    context = {"product": product, "tabs": tabs, "rows": shown}
    context["has_presses"] = any(row.presses for row in shown)  # type: ignore[attr-defined]
    return render(request, "recognition/of_product.html", context)


@login_required
@require_GET
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The certificate as a PDF, for officers and the producer; 404 where number or day of issue is unknown."""
    rows = Certificate.objects.visible_to(request.user)
    certificate = get_object_or_404(rows.select_related("decision__issuer", "issuer", "unit"), code=code)
    if not certificate.is_printable:
        raise Http404
    response = HttpResponse(certificate_pdf(certificate), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="giay-chung-nhan-{certificate.code}.pdf"'
    response["Cache-Control"] = "private, no-cache"
    return response


@login_required
@require_GET
def label(request: HttpRequest, code: str) -> HttpResponse:
    """The label with the stars for the packaging, only while the certificate is in validity."""
    certificate = get_object_or_404(Certificate.objects.visible_to(request.user).public(), code=code)
    response = HttpResponse(label_pdf(certificate, clock.today()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="nhan-sao-{certificate.code}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_GET
def expiry_board(request: HttpRequest) -> HttpResponse:
    """Stars by the month in which they run out, and the products of one month; for officers, 404 for others."""
    if not officers_only(request.user):
        raise Http404
    today = clock.today()
    months = expiry_months(request.user, today)
    chosen = chosen_month(request.GET.get("thang", ""), [one.first for one in months], today)
    rows = with_presses(request.user, list(expiring_in(request.user, chosen, today))) if chosen else []
    unknown = without_term(request.user, today)
    context = {"months": months, "chosen": chosen, "rows": rows, "unknown": unknown}
    context["has_presses"] = any(row.presses for row in rows)  # type: ignore[attr-defined]
    return render(request, "recognition/expiry_board.html", context)
