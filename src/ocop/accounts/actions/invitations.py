"""Letting officers in by a link that works once and for two weeks."""

from datetime import datetime, timedelta

from django.db import transaction

from ocop.accounts import permissions
from ocop.accounts.actions.memberships import grant_membership
from ocop.accounts.actions.people import checked_phone, create_user
from ocop.accounts.models import Invitation, Membership, User
from ocop.accounts.rules import granting
from ocop.accounts.rules import secrets as made_up
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.units.models import Agency

LASTS = timedelta(days=14)


@transaction.atomic
def invite_officer(
    *,
    full_name: str,
    agency: Agency,
    role: str,
    by: User,
    email: str = "",
    phone: str = "",
    basis: str = "",
    at: datetime | None = None,
) -> tuple[Invitation, str]:
    """Invite somebody into a role; answers the row and the secret of the link, which is kept nowhere.

    Raises `Forbidden` when `by` may not give the role, `Refused` without e-mail address and phone, or for a role that
    the agency does not have.
    """
    require(permissions.may_grant(by, agency, role))
    if not email.strip() and not phone.strip():
        raise Refused("accounts.contact", "Cần thư điện tử hoặc số điện thoại của người được mời.")
    if not granting.fits(role, agency.kind):
        raise Refused("accounts.kind", "Cơ quan này không có vai trò đó.")
    at = at or clock.now()
    secret = made_up.token()
    invitation = Invitation.objects.create(
        token_hash=made_up.digest(secret),
        full_name=full_name.strip(),
        email=email.strip().lower(),
        phone=checked_phone(phone) if phone.strip() else "",
        agency=agency,
        role=role,
        basis=basis.strip(),
        invited_by=by,
        created_at=at,
        last_day=clock.local_day(at) + LASTS,
    )
    announce("accounts.invited", by=by, subject=invitation, role=role, agency=agency.pk)
    return invitation, secret


def open_invitation(secret: str) -> Invitation:
    """The invitation of that link; raises `Refused` when there is none, or it was used, withdrawn or is too old."""
    row = (
        Invitation.objects.select_related("agency", "invited_by")
        .filter(token_hash=made_up.digest(secret))
        .first()
    )
    if row is None or row.withdrawn_at is not None:
        raise Refused("accounts.invitation", "Lời mời này không tồn tại hoặc đã bị thu hồi.")
    if row.accepted_at is not None:
        raise Refused("accounts.invitation_used", "Lời mời này đã được dùng. Hãy đăng nhập.")
    if not row.is_open(clock.today()):
        raise Refused(
            "accounts.invitation_expired",
            f"Lời mời đã hết hạn ngày {row.last_day:%d/%m/%Y}. Hãy xin lời mời mới.",
        )
    return row


@transaction.atomic
def accept_invitation(
    secret: str, *, by: User | None, password: str = "", phone: str = "", at: datetime | None = None
) -> Membership:
    """Take the invited role: with the account signed in (`by`), or with a new account.

    Raises `Refused` for a link that does not work any more, when the inviter may no longer give the role, and when
    phone or e-mail address already have an account (sign in first).
    """
    invitation = Invitation.objects.select_for_update().get(pk=open_invitation(secret).pk)
    if invitation.accepted_at is not None:
        raise Refused("accounts.invitation_used", "Lời mời này đã được dùng. Hãy đăng nhập.")
    inviter = invitation.invited_by
    if not inviter.is_active or not permissions.may_grant(inviter, invitation.agency, invitation.role):
        raise Refused(
            "accounts.inviter", "Người mời không còn quyền phân công vai trò này. Hãy xin lời mời mới."
        )
    user = by or create_user(
        full_name=invitation.full_name,
        phone=phone or invitation.phone,
        email=invitation.email,
        password=password,
        by=None,
    )
    membership = grant_membership(
        user,
        agency=invitation.agency,
        role=invitation.role,
        by=inviter,
        basis=invitation.basis,
        valid_from=clock.local_day(at) if at else None,
    )
    invitation.accepted_at, invitation.accepted_by = at or clock.now(), user
    invitation.save()
    announce("accounts.invitation_accepted", by=user, subject=invitation)
    return membership


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User, at: datetime | None = None) -> Invitation:
    """Make the link useless; raises `Forbidden`, or `Refused` when it was accepted."""
    require(permissions.may_grant(by, invitation.agency, invitation.role))
    if invitation.accepted_at is not None:
        raise Refused("accounts.invitation_used", "Lời mời này đã được dùng.")
    invitation.withdrawn_at = at or clock.now()
    invitation.save()
    announce("accounts.invitation_withdrawn", by=by, subject=invitation)
    return invitation
