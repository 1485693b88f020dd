"""The roots that the province vouches for: the list with its history, loading one, withdrawing one."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ocop.accounts.models import User
from ocop.kit import clock, once
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.pages import hidden_unless
from ocop.recognition.actions.copies import MAX_ROOT_BYTES, load_root, withdraw_root
from ocop.recognition.forms import RemovalForm, RootForm
from ocop.recognition.models import TrustedRoot
from ocop.recognition.permissions import may_keep_roots
from ocop.recognition.tasks import check_signed_again


@login_required
@require_http_methods(["GET", "POST"])
def roots(request: HttpRequest) -> HttpResponse:
    """Roots loaded and withdrawn, with who and when; posting loads one and has every signed paper checked anew."""
    hidden_unless(may_keep_roots(request.user))
    by = cast(User, request.user)
    form = RootForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            data = form.cleaned_data["file"].read(MAX_ROOT_BYTES + 1)
            root = load_root(data, source=form.cleaned_data["source"], by=by)
            check_signed_again.enqueue()
            messages.success(request, f"Đã nạp {root.name}. Các tệp đã ký đang được kiểm tra lại.")
            return reverse("recognition:roots")

        try:
            return once.run(request, form.once_key, act)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error("file", refused.reason)
    rows = TrustedRoot.objects.select_related("loaded_by", "withdrawn_by")
    context = {
        "form": form, "now": clock.now(), "removal": RemovalForm(),
        "trusted": rows.trusted(), "withdrawn": rows.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at"),
    }  # fmt: skip
    return render(request, "recognition/roots.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def root_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Vouch for a root no longer; every signed paper is checked anew."""
    hidden_unless(may_keep_roots(request.user))
    root = get_object_or_404(TrustedRoot, pk=pk)
    try:
        with transaction.atomic():
            withdraw_root(root, by=cast(User, request.user), reason=request.POST.get("reason", ""))
            check_signed_again.enqueue()
        messages.success(request, f"Đã thôi dùng {root.name}. Các tệp đã ký đang được kiểm tra lại.")
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, refused.reason)
    return HttpResponseRedirect(reverse("recognition:roots"))
