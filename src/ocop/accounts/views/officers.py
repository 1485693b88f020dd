"""Officers by Excel: template, upload with a preview of row errors, confirmation."""

import io

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ocop.accounts.forms.people import UploadForm
from ocop.accounts.queries import agencies_managed_by
from ocop.accounts.registers import REGISTER, OfficersImport
from ocop.accounts.views.common import SignedIn, form_page
from ocop.kit import excel
from ocop.kit.models import ImportBatch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _import_or_404(request: SignedIn) -> OfficersImport:
    if not agencies_managed_by(request.user).exists():
        raise Http404
    return OfficersImport(request.user)


@require_GET
@login_required
def template(request: SignedIn) -> FileResponse:
    """An empty sheet with the columns, hints and lists."""
    book = io.BytesIO()
    excel.template(book, _import_or_404(request).columns, title="Danh sách cán bộ")
    book.seek(0)
    return FileResponse(book, as_attachment=True, filename="mau-can-bo.xlsx", content_type=XLSX)


@login_required
def upload(request: SignedIn) -> HttpResponse:
    """Read a sheet and lead to its preview."""
    work = _import_or_404(request)

    def act(data: dict) -> HttpResponse:
        batch = excel.preview(work.importer, data["file"], by=request.user)
        return redirect("accounts:import_batch", batch.key)

    form = UploadForm(request.POST or None, request.FILES or None)
    return form_page(request, form, act, template="accounts/import.html")


@login_required
@never_cache
def batch(request: SignedIn, key: str) -> HttpResponse:
    """The preview; confirming writes what passed and shows the temporary passwords once."""
    work = _import_or_404(request)
    row = get_object_or_404(ImportBatch, key=key, register=REGISTER, user_id_text=str(request.user.pk))
    if request.method == "POST":
        row = excel.confirm(work.importer, key, by=request.user)
    response = render(request, "accounts/import_batch.html", {"batch": row, "made": work.made})
    response["Cache-Control"] = "no-store"
    return response
