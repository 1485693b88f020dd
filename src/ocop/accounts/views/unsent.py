"""Back after the session had ended: what was typed is still there, and goes on with one press."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ocop.accounts.unsent import RESENT, drop, waiting


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def unsent(request: HttpRequest) -> HttpResponse:
    """The form as it was sent, to send again or to put away."""
    kept = waiting(request)
    if request.method == "POST" or kept is None:
        drop(request)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/unsent.html", {"kept": kept, "resent": RESENT})
