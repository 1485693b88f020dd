"""Coming in: registering by phone, the first own password, an invitation, a persona of the demo."""

from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from ocop.accounts import actions, demo
from ocop.accounts.enums import UserStatus
from ocop.accounts.forms.people import AcceptForm, CodeForm, RegisterForm
from ocop.accounts.forms.signin import NewPasswordForm
from ocop.accounts.models import User
from ocop.accounts.texting import can_text
from ocop.accounts.unsent import waiting
from ocop.accounts.views.common import SignedIn, form_page
from ocop.kit.errors import Refused
from ocop.kit.registry import announce

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PENDING = "accounts_pending_user"


def _enter(request: HttpRequest, user: User) -> None:
    """Sign in by a way of ours, and list the session among the person's sessions."""
    login(request, user, backend=BACKEND)
    UserSession.objects.create_from_request(request)


@never_cache
@sensitive_post_parameters()
def register(request: HttpRequest) -> HttpResponse:
    """A producer opens an account by phone."""
    limited = ratelimit.consume_or_429(request, action="ocop_register") if request.method == "POST" else None
    if limited is not None:
        return limited

    form = RegisterForm(request.POST or None)

    def act(data: dict) -> HttpResponse:
        user, _ = actions.register_producer_user(
            data["phone"],
            full_name=data["full_name"],
            unit=data["unit"],
            password=data["password1"],
            consents=form.consents(),
            by=None,
        )
        request.session[PENDING] = user.pk
        actions.send_phone_code(user, by=None)
        return redirect("accounts:register_code")

    return form_page(request, form, act, template="accounts/register.html", can_text=can_text())


def _pending(request: HttpRequest) -> User:
    """The person who has just registered in this session and has not confirmed the phone."""
    return get_object_or_404(User, pk=request.session.get(PENDING), status=UserStatus.UNCONFIRMED)


@never_cache
def register_code(request: HttpRequest) -> HttpResponse:
    """The code of the message opens the account and signs in."""
    user = _pending(request)
    limited = (
        ratelimit.consume_or_429(request, action="ocop_phone_code") if request.method == "POST" else None
    )
    if limited is not None:
        return limited

    def act(data: dict) -> HttpResponse:
        actions.confirm_phone(user, data["code"])
        del request.session[PENDING]
        _enter(request, user)
        messages.success(request, "Số điện thoại đã được xác nhận. Chào mừng bạn đến với OCOP Hà Tĩnh.")
        return redirect(settings.LOGIN_REDIRECT_URL)

    return form_page(
        request, CodeForm(request.POST or None), act, template="accounts/register_code.html", person=user
    )


@require_POST
def register_code_again(request: HttpRequest) -> HttpResponse:
    """Another code, not within a minute."""
    user = _pending(request)
    limited = ratelimit.consume_or_429(request, action="ocop_phone_code")
    if limited is not None:
        return limited
    try:
        actions.send_phone_code(user, by=None)
        messages.success(request, "Đã gửi mã mới.")
    except Refused as refused:
        messages.warning(request, refused.reason)
    return redirect("accounts:register_code")


@never_cache
@login_required
@sensitive_post_parameters()
def new_password(request: SignedIn) -> HttpResponse:
    """The own password in place of a temporary one."""
    if not request.user.must_set_password and request.user.has_usable_password():
        return redirect("account_change_password")

    def act(data: dict) -> HttpResponse:
        user = actions.set_own_password(request.user, data["password1"])
        update_session_auth_hash(request, user)
        UserSession.objects.create_from_request(request)
        messages.success(request, "Đã đặt mật khẩu mới.")
        return redirect(settings.LOGIN_REDIRECT_URL)

    return form_page(
        request, NewPasswordForm(request.POST or None), act, template="accounts/new_password.html"
    )


@never_cache
@sensitive_post_parameters()
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """An invited officer takes the role, with a new account or the one signed in."""
    limited = (
        ratelimit.consume_or_429(request, action="ocop_invitation") if request.method == "POST" else None
    )
    if limited is not None:
        return limited
    try:
        invited = actions.open_invitation(secret)
    except Refused as refused:
        return render(request, "accounts/invitation_closed.html", {"reason": refused.reason}, status=410)
    if request.user.is_authenticated:
        if request.method == "POST":
            actions.accept_invitation(secret, by=request.user)
            return redirect("accounts:profile")
        return render(request, "accounts/invitation.html", {"invited": invited})

    def act(data: dict) -> HttpResponse:
        held = actions.accept_invitation(secret, by=None, password=data["password1"], phone=data["phone"])
        _enter(request, held.user)
        messages.success(request, f"Đã nhận vai trò. Tên đăng nhập của bạn là {held.user.username}.")
        return redirect(settings.LOGIN_REDIRECT_URL)

    form = AcceptForm(request.POST or None, initial={"phone": invited.phone})
    return form_page(request, form, act, template="accounts/invitation.html", invited=invited)


@require_GET
def personas(request: HttpRequest) -> HttpResponse:
    """The people of the demo, one press each; the page does not exist outside the demo."""
    if not settings.OCOP_DEMO:
        raise Http404
    return render(request, "accounts/personas.html", {"groups": demo.persona_groups()})


@require_POST
def persona_in(request: HttpRequest, username: str) -> HttpResponse:
    """Sign in as a persona; the address does not exist outside the demo, nor for anybody who is no persona."""
    if not settings.OCOP_DEMO or username not in demo.USERNAMES:
        raise Http404
    user = get_object_or_404(User, username=username, is_active=True)
    _enter(request, user)
    announce("accounts.persona_chosen", by=user, subject=user, request=request)
    return redirect("accounts:unsent" if waiting(request) else settings.LOGIN_REDIRECT_URL)
