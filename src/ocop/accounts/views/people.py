"""People of the agencies that an officer looks after, and producers of the commune."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ocop.accounts import actions, permissions
from ocop.accounts.enums import Role, UserStatus
from ocop.accounts.forms.people import BasisForm, EraseForm, PeopleFilter, ReasonForm, RegisterForForm
from ocop.accounts.models import Membership
from ocop.accounts.queries import (
    agencies_managed_by,
    invitations_for,
    lent_by,
    manages_people,
    people_for,
    scope_of,
)
from ocop.accounts.views.common import SignedIn, form_page, page_about, person_or_404, secret_page
from ocop.kit import clock
from ocop.kit.errors import require
from ocop.kit.registry import announce

SIZE = 50


@require_GET
@login_required
def people(request: SignedIn) -> HttpResponse:
    """The list, with filters; 404 for those who look after nobody."""
    if not manages_people(request.user):
        raise Http404
    form = PeopleFilter(request.GET or None)
    rows = people_for(request.user)
    if form.is_valid():
        rows = form.narrowed(rows)
    page = Paginator(rows.distinct(), SIZE).get_page(request.GET.get("trang"))
    return render(
        request,
        "accounts/people.html",
        {
            "page": page,
            "form": form,
            "invitations": list(invitations_for(request.user)),
            "may_appoint": agencies_managed_by(request.user).exists(),
            "may_register": scope_of(request.user).has_any(*permissions.HELPERS),
        },
    )


@require_GET
@login_required
@never_cache
def person(request: SignedIn, username: str) -> HttpResponse:
    """One person: roles with their days, and what may be done for them. Contact data are masked."""
    return _person_page(request, username, contact=False)


@require_POST
@login_required
@never_cache
def contact(request: SignedIn, username: str) -> HttpResponse:
    """The same page with phone and e-mail address in full; the view is logged."""
    someone = person_or_404(request, username)
    require(permissions.may_see_contact(request.user, someone))
    announce("accounts.contact_viewed", by=request.user, subject=someone, request=request)
    return _person_page(request, username, contact=True)


def _person_page(request: SignedIn, username: str, *, contact: bool) -> HttpResponse:
    someone = person_or_404(request, username)
    rows = Membership.objects.filter(user=someone).select_related("agency", "granted_by", "successor__user")
    today = clock.today()
    roles = [
        {
            "row": row,
            "open": row.valid_to is None or row.valid_to >= today,
            "may_end": bool(permissions.may_end(request.user, row)),
        }
        for row in rows
    ]
    return render(
        request,
        "accounts/person.html",
        {
            "person": someone,
            "roles": roles,
            "contact": contact,
            "lent": lent_by(someone),
            "may_help": bool(permissions.may_help(request.user, someone)),
            "may_see_contact": bool(permissions.may_see_contact(request.user, someone)),
            "may_erase": bool(permissions.may_erase(request.user, someone)),
            "locked": someone.status == UserStatus.DEACTIVATED,
        },
    )


@login_required
@never_cache
def reset_password(request: SignedIn, username: str) -> HttpResponse:
    """A temporary password, shown once."""
    someone = person_or_404(request, username)

    def act(data: dict) -> HttpResponse:
        temporary = actions.reset_password_by_commune(someone, by=request.user, basis=data["basis"])
        return secret_page(request, person=someone, temporary=temporary)

    return page_about(
        request,
        someone,
        permissions.may_help,
        BasisForm,
        act,
        title="Cấp mật khẩu tạm",
        intro="Mật khẩu cũ và các phiên đang mở hết tác dụng ngay. Việc này được ghi nhật ký.",
    )


@login_required
def reset_second_factor(request: SignedIn, username: str) -> HttpResponse:
    """Forget the authenticator of a lost phone."""
    someone = person_or_404(request, username)

    def act(data: dict) -> HttpResponse:
        actions.reset_second_factor(someone, by=request.user, basis=data["basis"])
        messages.success(request, "Đã gỡ xác thực hai bước; lần đăng nhập tới sẽ cài đặt lại.")
        return redirect("accounts:person", someone.username)

    return page_about(
        request,
        someone,
        permissions.may_help,
        BasisForm,
        act,
        title="Gỡ xác thực hai bước",
        button="Gỡ",
        intro="Dùng khi người này mất điện thoại. Các phiên đang mở sẽ kết thúc.",
    )


@login_required
def lock(request: SignedIn, username: str) -> HttpResponse:
    """Lock an account."""
    someone = person_or_404(request, username)

    def act(data: dict) -> HttpResponse:
        actions.deactivate(someone, by=request.user, reason=data["reason"])
        messages.success(request, f"Đã khóa tài khoản của {someone.full_name}.")
        return redirect("accounts:person", someone.username)

    return page_about(
        request,
        someone,
        permissions.may_help,
        ReasonForm,
        act,
        title="Khóa tài khoản",
        danger=True,
        intro="Người này không đăng nhập được nữa; vai trò không còn tác dụng cho tới khi mở khóa.",
    )


@require_POST
@login_required
def unlock(request: SignedIn, username: str) -> HttpResponse:
    """Unlock an account."""
    someone = person_or_404(request, username)
    actions.reactivate(someone, by=request.user)
    messages.success(request, f"Đã mở khóa tài khoản của {someone.full_name}.")
    return redirect("accounts:person", someone.username)


@login_required
def erase(request: SignedIn, username: str) -> HttpResponse:
    """Erase somebody's personal data on request."""
    someone = person_or_404(request, username)

    def act(data: dict) -> HttpResponse:
        actions.erase_personal_data(someone, by=request.user)
        messages.success(request, "Đã xóa dữ liệu cá nhân.")
        return redirect("accounts:people")

    return page_about(
        request,
        someone,
        permissions.may_erase,
        EraseForm,
        act,
        title="Xóa dữ liệu cá nhân",
        button="Xóa dữ liệu",
        danger=True,
        intro="Chỉ làm khi chính người này yêu cầu bằng văn bản. Không thể hoàn tác.",
    )


@login_required
@never_cache
def register_for(request: SignedIn) -> HttpResponse:
    """The commune opens an account for a producer at the counter."""
    if not scope_of(request.user).has_any(Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER, Role.ADMINISTRATOR):
        raise Http404
    form = RegisterForForm(request.POST or None, by=request.user)

    def act(data: dict) -> HttpResponse:
        user, temporary = actions.register_producer_user(
            data["phone"],
            full_name=data["full_name"],
            unit=data["unit"],
            consents=form.consents(),
            by=request.user,
        )
        return secret_page(request, person=user, temporary=temporary)

    return form_page(
        request,
        form,
        act,
        title="Mở tài khoản cho chủ thể",
        button="Mở tài khoản",
        intro="Đọc từng nội dung đồng ý cho chủ thể nghe và chỉ đánh dấu khi họ đồng ý.",
    )
