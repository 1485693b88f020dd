"""Steps that a signed-in person has to take before anything else."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

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
