"""The commune confirms the yearly figures of a producer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from ocop.kit import once
from ocop.kit.errors import Forbidden, Refused
from ocop.producers import actions
from ocop.producers.models import LocalShare


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm; pressed twice it confirms once."""
    share = get_object_or_404(
        LocalShare.objects.visible_to(request.user).select_related("producer__unit"), pk=pk
    )

    def act() -> str:
        actions.confirm_share(share, by=request.user)
        messages.success(request, "Đã xác nhận số liệu.")
        return share.get_absolute_url()

    try:
        return once.run(request, once.key_of(request), act)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, refused.reason)
        return HttpResponseRedirect(share.get_absolute_url())
