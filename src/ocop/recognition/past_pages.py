"""Pages that bring certificates of earlier years into the register: file, preview, job, result."""

import io
from typing import cast

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.accounts.models import User
from ocop.kit import excel
from ocop.kit.errors import Refused, require
from ocop.kit.excel import Column, Heading, Kind
from ocop.kit.jobs import progress
from ocop.kit.models import ImportBatch
from ocop.kit.registers.editing import UploadForm
from ocop.recognition.past import reading, writing
from ocop.recognition.permissions import may_import_past
from ocop.recognition.registers import CERTIFICATES
from ocop.recognition.tasks import write_past

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200
TITLE = "Giấy chứng nhận các năm trước"
OUTCOMES = {
    "created": "Đã ghi", "completed": "Đã bổ sung", "known": "Đã có, bỏ qua", "twice": "Trùng trong tệp",
    "error": "Từ chối", "doubt": "Nghi trùng",
}  # fmt: skip
RESULT = (
    Column("row", "Dòng", Kind.INTEGER, width=8),
    Column("outcome", "Kết quả", width=20),
    Column("why", "Lý do", width=60),
    Column("shown", "Nội dung", width=60),
)


def _workbook(buffer: io.BytesIO, name: str) -> FileResponse:
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=name, content_type=XLSX)


@login_required
@require_GET
def template(request: HttpRequest) -> FileResponse:
    """The empty workbook to fill in."""
    require(may_import_past(request.user))
    buffer = io.BytesIO()
    excel.template(buffer, reading.COLUMNS, title=TITLE)
    return _workbook(buffer, "mau-giay-chung-nhan-cu.xlsx")


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """First step: the file; what cannot be used as a whole says why, the rest leads to the preview."""
    require(may_import_past(request.user))
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            batch = reading.preview(form.cleaned_data["file"], by=cast(User, request.user))
            return HttpResponseRedirect(reverse("recognition:past_batch", args=[batch.key]))
        except Refused as refused:
            form.add_error("file", refused.reason)
    context = {
        "register": CERTIFICATES, "base": CERTIFICATES.base_template, "form": form, "columns": reading.COLUMNS,
        "list_url": CERTIFICATES.url("list"), "template_url": reverse("recognition:past_template"),
    }  # fmt: skip
    return render(request, "kit/register/import.html", context, status=422 if form.is_bound else 200)


def _batch(request: HttpRequest, key: str) -> ImportBatch:
    require(may_import_past(request.user))
    return get_object_or_404(
        ImportBatch, key=key, register=reading.REGISTER, user_id_text=str(request.user.pk)
    )


@login_required
@require_http_methods(["GET", "POST"])
def batch_page(request: HttpRequest, batch: str) -> HttpResponse:
    """Second step: the preview with refusals and doubts; confirming starts the job; afterwards the result."""
    found = _batch(request, batch)
    if request.method == "POST":
        return _start(request, found)
    context = {
        "batch": found, "problems": found.problems[:SHOWN], "more": max(len(found.problems) - SHOWN, 0),
        "choices": writing.CHOICES, "outcomes": OUTCOMES, "running": "doubts" in found.counts,
        "list_url": CERTIFICATES.url("list"), "lines": [(OUTCOMES[one["kind"]], one) for one in found.problems[:SHOWN]],
    }  # fmt: skip
    return render(request, "recognition/past_batch.html", context)


def _start(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    with transaction.atomic():
        if not writing.claim(
            batch, by=cast(User, request.user), doubts=request.POST.get("doubts", writing.LATER)
        ):
            return HttpResponseRedirect(request.path)
        job = progress.start(f"Nhập {batch.file_name}"[:200], by=request.user)
        write_past.enqueue(batch.key, request.user.pk, str(job.key))
    return HttpResponseRedirect(reverse("kit:job", args=[job.key]))


@login_required
@require_GET
def result(request: HttpRequest, batch: str) -> FileResponse:
    """The result as a workbook: each row, what happened to it and why."""
    found = _batch(request, batch)
    buffer = io.BytesIO()
    rows = (
        [one["row"], OUTCOMES[one["kind"]], "; ".join(one["texts"]), one["shown"]] for one in found.problems
    )
    excel.write(buffer, RESULT, rows, Heading(f"Kết quả nhập {found.file_name}"))
    return _workbook(buffer, "ket-qua-nhap.xlsx")
