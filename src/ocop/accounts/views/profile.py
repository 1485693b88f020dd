"""A person's own page: name, phone, roles, what was agreed to, what was lent."""

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ocop.accounts import actions
from ocop.accounts.forms.people import CodeForm, EraseForm, NewPhoneForm, ProfileForm
from ocop.accounts.models import Consent
from ocop.accounts.queries import lent_by, lent_to, own_memberships, scope_of
from ocop.accounts.views.common import SignedIn, form_page


@require_GET
@login_required
@never_cache
def profile(request: SignedIn) -> HttpResponse:
    """Everything that the system knows about the person, and where to change it."""
    user = request.user
    return render(
        request,
        "accounts/profile.html",
        {
            "memberships": own_memberships(user),
            "lent_to_me": lent_to(user),
            "lent_by_me": lent_by(user),
            "consents": list(user.consents.filter(withdrawn_at__isnull=True)),
            "sessions": UserSession.objects.filter(user=user).count(),
            "second_factor": is_mfa_enabled(user),
            "official": scope_of(user).is_official,
        },
    )


@login_required
def edit(request: SignedIn) -> HttpResponse:
    """Correct name, title and e-mail address."""
    user = request.user

    def act(data: dict) -> HttpResponse:
        actions.update_profile(user, **data)
        messages.success(request, "Đã lưu hồ sơ của bạn.")
        return redirect("accounts:profile")

    form = ProfileForm(
        request.POST or None, initial={"full_name": user.full_name, "title": user.title, "email": user.email}
    )
    return form_page(request, form, act, mine=True, title="Sửa hồ sơ của tôi", button="Lưu")


@login_required
def new_phone(request: SignedIn) -> HttpResponse:
    """Ask for a code on the new number."""

    def act(data: dict) -> HttpResponse:
        actions.send_phone_code(request.user, by=request.user, phone=data["phone"])
        return redirect("accounts:new_phone_code")

    return form_page(
        request,
        NewPhoneForm(request.POST or None),
        act,
        mine=True,
        title="Đổi số điện thoại",
        button="Gửi mã xác nhận",
        intro="Chúng tôi nhắn một mã tới số mới. Số cũ còn dùng để đăng nhập cho tới khi bạn nhập mã.",
    )


@login_required
def new_phone_code(request: SignedIn) -> HttpResponse:
    """The code makes the new number the person's."""

    def act(data: dict) -> HttpResponse:
        actions.confirm_phone(request.user, data["code"])
        messages.success(request, "Đã đổi số điện thoại.")
        return redirect("accounts:profile")

    return form_page(
        request,
        CodeForm(request.POST or None),
        act,
        mine=True,
        title="Nhập mã xác nhận",
        button="Xác nhận",
        intro="Mã dùng trong 10 phút.",
    )


@require_POST
@login_required
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take an agreement back."""
    actions.withdraw_consent(get_object_or_404(Consent, pk=pk, user=request.user), by=request.user)
    messages.success(request, "Đã rút lại sự đồng ý.")
    return redirect("accounts:profile")


@login_required
def erase(request: SignedIn) -> HttpResponse:
    """Erase the own personal data; the account closes."""

    def act(data: dict) -> HttpResponse:
        actions.erase_personal_data(request.user, by=request.user)
        logout(request)
        messages.success(request, "Dữ liệu cá nhân của bạn đã được xóa.")
        return redirect("account_login")

    return form_page(
        request,
        EraseForm(request.POST or None),
        act,
        mine=True,
        title="Xóa dữ liệu cá nhân",
        button="Xóa dữ liệu của tôi",
        danger=True,
        intro="Họ tên, số điện thoại, email và các sự đồng ý của bạn bị xóa; tài khoản đóng lại. Hồ sơ OCOP đã nộp là "
        "hồ sơ của chủ thể nên vẫn còn, không kèm tên bạn.",
    )
