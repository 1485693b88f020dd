"""Giving, ending, handing over and lending roles; inviting officers."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.mail import send_mail
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ocop.accounts import actions, permissions
from ocop.accounts.forms.people import DelegateForm, EndForm, GrantForm, HandOverForm, InviteForm
from ocop.accounts.models import Delegation, Invitation, Membership
from ocop.accounts.queries import agencies_managed_by, invitations_for, people_for
from ocop.accounts.views.common import SignedIn, form_page, page_about, secret_page
from ocop.kit import clock
from ocop.kit.errors import require


def _managed_or_404(request: SignedIn) -> None:
    if not agencies_managed_by(request.user).exists():
        raise Http404


def _membership_or_404(request: SignedIn, pk: int) -> Membership:
    """A role of somebody whom the user may see, or the user's own."""
    row = get_object_or_404(Membership.objects.select_related("user", "agency"), pk=pk)
    if row.user_id != request.user.pk and not people_for(request.user).filter(pk=row.user_id).exists():
        raise Http404
    return row


def _back(request: SignedIn, row: Membership) -> HttpResponse:
    if row.user_id == request.user.pk:
        return redirect("accounts:profile")
    return redirect("accounts:person", row.user.username)


@login_required
def grant(request: SignedIn) -> HttpResponse:
    """A role for somebody who has an account."""
    _managed_or_404(request)
    initial = {"valid_from": clock.today(), "person": request.GET.get("nguoi", "")}
    form = GrantForm(request.POST or None, initial=initial, by=request.user)

    def act(data: dict) -> HttpResponse:
        row = actions.grant_membership(
            data["person"],
            agency=data["agency"],
            role=data["role"],
            by=request.user,
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            basis=data["basis"],
        )
        messages.success(request, f"Đã phân công {row.user.full_name}: {row.get_role_display()}.")
        return redirect("accounts:people")

    return form_page(request, form, act, title="Phân công vai trò", button="Phân công")


@login_required
def end(request: SignedIn, pk: int) -> HttpResponse:
    """The last day of a role."""
    row = _membership_or_404(request, pk)
    require(permissions.may_end(request.user, row))

    def act(data: dict) -> HttpResponse:
        actions.end_membership(row, by=request.user, on=data["on"], reason=data["reason"])
        messages.success(request, f"Vai trò kết thúc hết ngày {data['on']:%d/%m/%Y}.")
        return _back(request, row)

    return form_page(
        request,
        EndForm(request.POST or None, initial={"on": clock.today()}),
        act,
        title="Kết thúc vai trò",
        button="Kết thúc vai trò",
        danger=True,
        membership=row,
    )


@login_required
def hand_over(request: SignedIn, pk: int) -> HttpResponse:
    """Move a role to another person."""
    row = _membership_or_404(request, pk)

    def act(data: dict) -> HttpResponse:
        heir = actions.hand_over(row, by=request.user, **data)
        messages.success(
            request, f"Đã bàn giao cho {heir.user.full_name} từ ngày {heir.valid_from:%d/%m/%Y}."
        )
        return _back(request, row)

    return page_about(
        request,
        row,
        permissions.may_pass_on,
        HandOverForm,
        act,
        title="Bàn giao vai trò",
        button="Bàn giao",
        intro="Người cũ giữ vai trò đến hết ngày hôm trước; công việc đang dở chuyển sang người mới.",
    )


@login_required
def delegate(request: SignedIn, pk: int) -> HttpResponse:
    """Lend a role for a span of days."""
    row = _membership_or_404(request, pk)

    def act(data: dict) -> HttpResponse:
        lent = actions.delegate(row, by=request.user, **data)
        messages.success(
            request, f"Đã ủy quyền cho {lent.to.full_name} đến hết ngày {lent.valid_to:%d/%m/%Y}."
        )
        return _back(request, row)

    return page_about(
        request,
        row,
        permissions.may_pass_on,
        DelegateForm,
        act,
        title="Ủy quyền",
        intro="Trong thời gian ủy quyền, cả hai người cùng giữ vai trò này. Người được ủy quyền không ủy quyền tiếp.",
    )


@require_POST
@login_required
def end_delegation(request: SignedIn, pk: int) -> HttpResponse:
    """Take a lent role back at the end of today."""
    lent = get_object_or_404(Delegation.objects.select_related("membership"), pk=pk)
    row = _membership_or_404(request, lent.membership_id)
    actions.end_delegation(lent, by=request.user, on=max(clock.today(), lent.valid_from))
    messages.success(request, "Đã thu hồi ủy quyền, có hiệu lực hết hôm nay.")
    return _back(request, row)


@login_required
@never_cache
def invite(request: SignedIn) -> HttpResponse:
    """A link for somebody who has no account yet, shown once and mailed."""
    _managed_or_404(request)
    form = InviteForm(request.POST or None, by=request.user)

    def act(data: dict) -> HttpResponse:
        invited, secret = actions.invite_officer(by=request.user, **data)
        url = settings.OCOP_SITE_URL + reverse("accounts:invitation", args=[secret])
        text = render_to_string("accounts/mail/invitation.txt", {"invited": invited, "url": url}, request)
        mailed = _mailed(invited, text)
        return secret_page(request, invited=invited, url=url, text=text, mailed=mailed)

    return form_page(
        request,
        form,
        act,
        title="Mời cán bộ",
        button="Tạo lời mời",
        intro="Người được mời nhận một liên kết dùng một lần trong 14 ngày.",
    )


def _mailed(invited: Invitation, text: str) -> bool:
    """True when the mail went out; the link stays on the page for pasting either way."""
    if not invited.email:
        return False
    try:
        return bool(send_mail("Lời mời vào hệ thống OCOP Hà Tĩnh", text, None, [invited.email]))
    except OSError:
        return False


@require_POST
@login_required
def withdraw_invitation(request: SignedIn, pk: int) -> HttpResponse:
    """Make an invitation useless."""
    actions.withdraw_invitation(get_object_or_404(invitations_for(request.user), pk=pk), by=request.user)
    messages.success(request, "Đã thu hồi lời mời.")
    return redirect("accounts:people")
