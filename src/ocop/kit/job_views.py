"""The page of a long job, for the person who started it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ocop.kit.jobs.models import JobProgress


@never_cache
@require_safe
@login_required
def job(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far one's own job is; asks again every two seconds until it is finished. A stranger gets 404."""
    progress = get_object_or_404(JobProgress, key=key, user_id_text=str(request.user.pk))
    part = "kit/job.html#progress" if getattr(request, "htmx", False) else "kit/job.html"
    return render(request, part, {"job": progress})
