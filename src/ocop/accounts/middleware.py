"""Steps that a signed-in person has to take before anything else; and what a session that ended leaves behind."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from ocop.accounts import unsent
from ocop.accounts.adapter import needs_second_factor

ALWAYS_OPEN = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_authenticate",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "accounts:new_password",
        "kit:healthz",
        "operations:metrics",
    }
)


class RequiredStepsMiddleware:
    """Leads to a new password after a temporary one, and officials to their second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A redirect to the missing step, or None."""
        match = request.resolver_match
        if match is None or match.view_name in ALWAYS_OPEN or not request.user.is_authenticated:
            return None
        if request.user.must_set_password:
            return redirect("accounts:new_password")
        if needs_second_factor(request.user) and not is_mfa_enabled(request.user):
            messages.info(request, "Tài khoản công vụ cần xác thực hai bước. Hãy cài đặt trước khi tiếp tục.")
            return redirect("mfa_activate_totp")
        return None


class SessionEndMiddleware:
    """A form sent after the session had ended is kept for its sender; nobody lands where only forms are taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if leads_to_sign_in(response):
            return to_sign_in(request, response)
        if response.status_code == 405 and request.method == "GET" and wants_page(request):
            return redirect(page_above(request.path))
        if request.session.accessed and request.user.is_authenticated:
            unsent.remember_person(request, response)
            sent_again = request.method == "POST" and unsent.RESENT in request.POST
            if sent_again and response.status_code != 403 and response.status_code < 500:
                unsent.drop(request)
        return response


def leads_to_sign_in(response: HttpResponse) -> bool:
    """True for the answer of a page that asks who is there."""
    if response.status_code != 302:
        return False
    there = urlsplit(response["Location"])
    return there.path == reverse(settings.LOGIN_URL) and there.query.startswith("next=")


def wants_page(request: HttpRequest) -> bool:
    """True when a browser asks for a page, not a script for data."""
    return "text/html" in request.headers.get("Accept", "")


def page_above(path: str) -> str:
    """The nearest address above this one that exists; the home page of the person when there is none."""
    parts = path.strip("/").split("/")[:-1]
    while parts:
        above = "/" + "/".join(parts) + "/"
        try:
            resolve(above)
        except Resolver404:
            parts.pop()
        else:
            return above
    return settings.LOGIN_REDIRECT_URL


def to_sign_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The way to sign in and back: to what was typed, or to the page it was typed on, never to a form's own address."""
    is_part = request.headers.get("HX-Request") == "true"
    if request.headers.get("X-Requested-With") or (request.method == "GET" and not is_part):
        return response
    if request.method == "POST" and unsent.keep(request):
        back = reverse("accounts:unsent")
    else:
        back = _own_path(request, request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    there = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    if not is_part:
        return HttpResponseRedirect(there)
    answer = HttpResponse()
    answer["HX-Redirect"] = there
    return answer


def _own_path(request: HttpRequest, address: str) -> str:
    there = urlsplit(address)
    if there.netloc != request.get_host() or there.path == reverse(settings.LOGIN_URL):
        return settings.LOGIN_REDIRECT_URL
    return there.path + (f"?{there.query}" if there.query else "")
