"""Pages of papers on file: attach to one record, attach many by name, one paper with its signatures, take it off."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.accounts.models import User
from ocop.files.actions import received
from ocop.files.queries import own_file
from ocop.kit import once
from ocop.kit.errors import Forbidden, Refused, require
from ocop.recognition.actions.copies import attach_copy, remove_copy
from ocop.recognition.copies import fit, summary
from ocop.recognition.forms import CopiesForm, RemovalForm
from ocop.recognition.models import Certificate, Decision, PaperCopy
from ocop.recognition.permissions import may_keep_copies
from ocop.recognition.queries import copies_of
from ocop.recognition.registers import CERTIFICATES
from ocop.recognition.tasks import check_copies


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


@login_required
@require_POST
def attach_to_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Put a scan, or the signed PDF, on the record of a certificate."""
    return _attach(request, get_object_or_404(Certificate.objects.visible_to(request.user), code=code))


@login_required
@require_POST
def attach_to_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the signed decision, or its scan, on the record of the decision."""
    return _attach(request, get_object_or_404(Decision.objects.visible_to(request.user), pk=pk))


def _attach(request: HttpRequest, subject: Certificate | Decision) -> HttpResponse:
    require(may_keep_copies(request.user, subject))
    by_script = request.headers.get("X-Requested-With") == "uploader"
    try:
        files = received(request.POST, request.FILES, by=request.user)
        with transaction.atomic():
            copies = [attach_copy(subject, file, by=_person(request)) for file in files]
            check_copies.enqueue([copy.pk for copy in copies])
    except Forbidden:
        raise
    except Refused as refused:
        if by_script:
            raise
        messages.error(request, refused.reason)
    if by_script:
        return render(request, "recognition/_copies.html", {"copies": copies_of(subject)})
    return HttpResponseRedirect(subject.get_absolute_url())


@login_required
@require_http_methods(["GET", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Scans of many certificates: the upload, then which certificate each file fits; nothing is attached yet."""
    require(may_keep_copies(request.user))
    form = CopiesForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context: dict[str, Any] = {"form": form, "list_url": CERTIFICATES.url("list")}
    if request.method == "POST" and form.is_valid():
        try:
            found = fit(form.cleaned_data["files"], by=_person(request))
            context |= {"found": summary(found), "once": once.new_key()}
            return render(request, "recognition/copies_fitted.html", context)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error("files", refused.reason)
    return render(request, "recognition/copies_many.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def many_attach(request: HttpRequest) -> HttpResponse:
    """Attach the files that the preview fitted; pairs of file and certificate come back from its form."""
    require(may_keep_copies(request.user))
    by = _person(request)

    def act() -> str:
        pairs = [pair.partition(":") for pair in request.POST.getlist("pair")[:200]]
        rows = Certificate.objects.visible_to(by).filter(code__in=[code for _, _, code in pairs])
        stars = {row.code: row for row in rows}
        copies = [
            attach_copy(stars[code], own_file(key, by), by=by) for key, _, code in pairs if code in stars
        ]
        check_copies.enqueue([copy.pk for copy in copies])
        messages.success(request, f"Đã gắn {len(copies)} tệp vào giấy chứng nhận.")
        return reverse("recognition:copies")

    try:
        return once.run(request, once.key_of(request), act)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, refused.reason)
        return HttpResponseRedirect(reverse("recognition:copies"))


def _copy(request: HttpRequest, pk: int) -> PaperCopy:
    rows = PaperCopy.objects.visible_to(request.user)
    related = ("certificate__product", "certificate__unit", "decision__issuer", "file", "by", "removed_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)


@login_required
@require_GET
def copy_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper on file: what its signatures say, who put it here and when."""
    copy = _copy(request, pk)
    keeps = copy.removed_at is None and bool(may_keep_copies(request.user, copy.subject))
    return render(request, "recognition/copy.html", {"copy": copy, "keeps": keeps, "form": RemovalForm()})


@login_required
@require_POST
def copy_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper off the record, with the reason."""
    copy = _copy(request, pk)
    form = RemovalForm(request.POST)
    keeps = bool(may_keep_copies(request.user, copy.subject))
    if not form.is_valid() and keeps:
        return render(
            request, "recognition/copy.html", {"copy": copy, "keeps": True, "form": form}, status=422
        )
    remove_copy(copy, by=_person(request), reason=form.data.get("reason", ""))
    messages.success(request, "Đã gỡ tệp khỏi hồ sơ; lịch sử vẫn giữ.")
    return HttpResponseRedirect(copy.subject.get_absolute_url())


@login_required
@require_POST
def copy_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the signatures anew."""
    copy = _copy(request, pk)
    require(may_keep_copies(request.user, copy.subject))
    check_copies.enqueue([copy.pk])
    messages.success(request, "Đang kiểm tra lại chữ ký.")
    return HttpResponseRedirect(copy.get_absolute_url())
