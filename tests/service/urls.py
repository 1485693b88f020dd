"""The addresses of the system, and one that writes a row per form, slowly when asked to, so that a test can count."""

import time

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from ocop.config.urls import *  # noqa: F403
from ocop.config.urls import urlpatterns as known
from ocop.kit.jobs import machine
from ocop.kit.jobs.models import JobProgress


@csrf_exempt
def count(request: HttpRequest) -> HttpResponse:
    """Wait `seconds`, then write the row `name`; a form that came twice leaves two. Asked for: how many rows."""
    if request.method == "GET":
        return HttpResponse(str(JobProgress.objects.count()))
    now = machine.now()
    time.sleep(float(request.POST.get("seconds", "0")))
    JobProgress.objects.create(title=request.POST["name"], user_id_text="", created_at=now, updated_at=now)
    return HttpResponseRedirect("/")


urlpatterns = [*known, path("dem/", count)]
