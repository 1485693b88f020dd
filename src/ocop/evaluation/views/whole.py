"""Asking for the whole dossier as one PDF; it is made in a job and waits for the person who asked."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ocop.evaluation.tasks import build_whole_dossier
from ocop.evaluation.views.record import visible
from ocop.kit.jobs import progress


@login_required
@require_POST
def whole(request: HttpRequest, code: str) -> HttpResponse:
    """Start the job and lead to its page."""
    dossier = visible(request, code)
    row = progress.start(f"Hồ sơ {dossier.code} – một tệp PDF", by=request.user)
    build_whole_dossier.enqueue(dossier.pk, request.user.pk, str(row.key))
    return redirect("kit:job", key=row.key)
