"""Starting a re-evaluation with one press; extending a star until its result."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ocop.accounts.queries import scope_of
from ocop.evaluation.actions.extension import extend_star
from ocop.evaluation.actions.renewal import start_renewal
from ocop.evaluation.enums import DossierKind
from ocop.evaluation.forms.renewal import ExtendForm
from ocop.evaluation.queries.renewal import EXTENDERS, extension_facts, renewal_window
from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refused
from ocop.recognition.models import Certificate


@login_required
@require_POST
def renew(request: HttpRequest, code: str) -> HttpResponse:
    """Open the re-evaluation of this star and lead into it, or to the choice of a set where nothing says which."""
    rows = Certificate.objects.visible_to(request.user).select_related("product")
    certificate = get_object_or_404(rows, code=code)
    try:
        dossier = start_renewal(certificate, by=request.user)
    except Forbidden:
        raise
    except Refused as refused:
        if refused.refusals[0].code == "renewal.set":
            messages.info(request, refused.reason)
            there = reverse("evaluation:dossier-open", args=[certificate.product.public_code])
            return HttpResponseRedirect(f"{there}?loai={DossierKind.RENEWAL}")
        messages.error(request, refused.reason)
        return HttpResponseRedirect(reverse("recognition:of_product", args=[certificate.product.public_code]))
    return HttpResponseRedirect(reverse("evaluation:dossier-write", args=[dossier.code]))


@login_required
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, code: str) -> HttpResponse:
    """Extend a star whose re-evaluation was filed outside its window, with the basis."""
    rows = Certificate.objects.visible_to(request.user).select_related("product", "unit")
    certificate = get_object_or_404(rows, code=code)
    if not any(scope_of(request.user).has(role, certificate.unit_id) for role in EXTENDERS):
        raise Forbidden("extend.role", "Việc này của cơ quan tham mưu, cơ quan thường trực cấp tỉnh.")
    form = ExtendForm(request.POST if request.method == "POST" else None)
    there = reverse("recognition:of_product", args=[certificate.product.public_code])
    refused: tuple = ()
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            row = extend_star(certificate, basis=form.cleaned_data["basis"], by=request.user)
            messages.success(
                request, f"Đã kéo dài đến khi có kết quả, chậm nhất hết {row.extended_to:%d/%m/%Y}."
            )
            return there

        try:
            return once.run(request, form.once_key, act)
        except Refused as error:
            refused = error.refusals
    today = clock.today()
    context = {
        "certificate": certificate,
        "form": form,
        "refused": refused,
        "back": there,
        "window": renewal_window(certificate, today),
        "facts": extension_facts(certificate, today, basis=""),
    }
    return render(request, "evaluation/extend.html", context, status=422 if form.is_bound else 200)
