"""The page of whoever looks after the running system."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from ocop.inbox.actions import requeue
from ocop.operations import queries, surroundings
from ocop.operations.permissions import runs_the_system


@login_required
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Does everything run: queue, scheduler, notices, sign-ins, storage, loads; 404 for others."""
    if not runs_the_system(request.user):
        raise Http404
    ways = queries.ways()
    context = {
        "queue": queries.queue(),
        "failed": queries.failed_tasks()[: queries.FAILED_SHOWN],
        "schedules": queries.schedules(),
        "ways": ways,
        "gave_up": sum(way.gave_up for way in ways),
        "errors": queries.delivery_errors(),
        "sign_ins": queries.sign_ins(),
        "storage": queries.storage(),
        "loads": queries.loads(),
        "backup": queries.last_backup(),
        "backups_told": bool(settings.OCOP_BACKUP_DIR),
        "process": queries.process(),
    }
    return render(request, "operations/state.html", context)


@login_required
@require_safe
def in_force(request: HttpRequest) -> HttpResponse:
    """The settings of the environment with their source; 404 for others."""
    if not runs_the_system(request.user):
        raise Http404
    return render(request, "operations/settings.html", {"groups": surroundings.groups()})


@login_required
@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Try once more the notices that were given up; pressing twice sends nothing twice."""
    if not runs_the_system(request.user):
        raise Http404
    number = requeue(by=request.user)
    if number:
        messages.success(request, f"{number} thông báo đã xếp hàng gửi lại.")
    else:
        messages.info(request, "Không có thông báo nào cần gửi lại.")
    return redirect("operations:state")
