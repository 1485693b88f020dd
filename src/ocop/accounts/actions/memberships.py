"""Giving, ending, handing over and lending roles."""

from datetime import date, timedelta

from django.db import transaction

from ocop.accounts import permissions
from ocop.accounts.enums import EndReason, Role
from ocop.accounts.models import Delegation, Membership, User
from ocop.accounts.queries import forget_scope
from ocop.accounts.rules import granting
from ocop.accounts.signals import membership_ended, membership_granted
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.units.models import Agency

DAY = timedelta(days=1)


def _lock(user: User) -> None:
    """Two grants to one person wait for each other, so that no overlap slips through."""
    User.objects.select_for_update().get(pk=user.pk)


def _check(membership: Membership) -> None:
    """Raise `Refused` when the row cannot stand: wrong kind of agency, agency not in force, locked account, overlap."""
    agency = membership.agency
    if not granting.fits(membership.role, agency.kind):
        raise Refused(
            "accounts.kind", f"{Role(membership.role).label} không phải là vai trò của cơ quan này."
        )
    if not agency.in_force(membership.valid_from):
        raise Refused(
            "accounts.agency", f"{agency.name} không hoạt động vào ngày {membership.valid_from:%d/%m/%Y}."
        )
    if not membership.user.is_active:
        raise Refused("accounts.locked", "Tài khoản này đang bị khóa.")
    if membership.valid_to is not None and membership.valid_to < membership.valid_from:
        raise Refused("accounts.days", "Ngày kết thúc phải từ ngày bắt đầu trở đi.")
    other = membership.clash()
    if other is not None:
        until = f" đến {other.valid_to:%d/%m/%Y}" if other.valid_to else ""
        raise Refused(
            "accounts.overlap",
            f"{membership.user.full_name} đã giữ vai trò này tại {agency.name} từ {other.valid_from:%d/%m/%Y}{until}.",
        )


@transaction.atomic
def grant_membership(
    user: User,
    *,
    agency: Agency,
    role: str,
    by: User | None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    basis: str = "",
) -> Membership:
    """Give `user` a role in an agency, from `valid_from` (default today) to `valid_to` inclusive (None: open).

    `by` None is the operator's command. Raises `Forbidden` when `by` may not give that role there, `Refused` for a
    role given to oneself, a role that the agency does not have, and an overlap with the same role.
    """
    if by is not None:
        require(permissions.may_grant(by, agency, role))
        if by.pk == user.pk:
            raise Refused("accounts.self_grant", "Không tự phân công vai trò cho chính mình.")
    _lock(user)
    membership = Membership(
        user=user,
        agency=agency,
        role=role,
        valid_from=valid_from or clock.today(),
        valid_to=valid_to,
        basis=basis.strip(),
        granted_by=by,
    )
    _check(membership)
    membership.save()
    forget_scope(user)
    announce("accounts.role_granted", by=by, subject=membership, role=role, agency=agency.pk, holder=user.pk)
    membership_granted.send(Membership, membership=membership, by=by)
    return membership


def _cut_delegations(membership: Membership, last_day: date) -> None:
    """What was lent does not outlive the role: later spans are dropped, running ones end with it."""
    membership.delegations.filter(valid_from__gt=last_day).delete()
    for row in membership.delegations.filter(valid_to__gt=last_day):
        row.valid_to = last_day
        row.save()


def _end(membership: Membership, last_day: date, reason: str) -> None:
    if last_day < membership.valid_from:
        raise Refused(
            "accounts.days",
            f"Vai trò bắt đầu từ {membership.valid_from:%d/%m/%Y}, không thể kết thúc trước ngày đó.",
        )
    if membership.valid_to is not None and membership.valid_to < last_day:
        raise Refused("accounts.ended", f"Vai trò này đã kết thúc ngày {membership.valid_to:%d/%m/%Y}.")
    membership.valid_to, membership.ended_reason = last_day, reason
    membership.save()
    _cut_delegations(membership, last_day)
    forget_scope(membership.user)


def _locked(membership: Membership) -> Membership:
    return (
        Membership.objects.select_for_update(of=("self",))
        .select_related("user", "agency")
        .get(pk=membership.pk)
    )


@transaction.atomic
def end_membership(
    membership: Membership, *, by: User | None, on: date, reason: str = EndReason.ENDED
) -> Membership:
    """End a role; `on` is its last day, inclusive. What was lent of it ends with it.

    Raises `Forbidden` for people who may not give that role; `Refused` when it ends before it starts or has ended,
    and for the last administrator, without whom nobody could be let in again.
    """
    membership = _locked(membership)
    if by is not None:
        require(permissions.may_end(by, membership))
    if membership.role == Role.ADMINISTRATOR:
        others = Membership.objects.filter(
            role=Role.ADMINISTRATOR, valid_to__isnull=True, user__is_active=True
        )
        if not others.exclude(pk=membership.pk).exists():
            raise Refused(
                "accounts.last_administrator", "Đây là quản trị viên duy nhất, hãy cử người khác trước."
            )
    _end(membership, on, reason)
    announce(
        "accounts.role_ended",
        by=by,
        subject=membership,
        role=membership.role,
        agency=membership.agency_id,
        holder=membership.user_id,
        reason=str(reason),
    )
    membership_ended.send(Membership, membership=membership, successor=None, by=by)
    return membership


@transaction.atomic
def hand_over(membership: Membership, *, to_user: User, on: date, basis: str, by: User) -> Membership:
    """Move a role to another person: the old row ends on the eve of `on`, the new one begins on `on`.

    The new row keeps the old one's last day and names it as successor, so that work under way is found by the new
    holder. Raises `Forbidden`, or `Refused` without a basis, to oneself, or where the role is not held on the eve.
    """
    membership = _locked(membership)
    require(permissions.may_pass_on(by, membership))
    if not basis.strip():
        raise Refused("accounts.basis", "Cần ghi căn cứ bàn giao (quyết định, biên bản, công văn).")
    if to_user.pk == membership.user_id:
        raise Refused("accounts.same", "Người nhận bàn giao phải là người khác.")
    last_day = membership.valid_to
    if on <= membership.valid_from or (last_day is not None and on > last_day):
        raise Refused("accounts.days", "Ngày bàn giao phải nằm trong thời gian người cũ giữ vai trò.")
    _lock(to_user)
    heir = Membership(
        user=to_user,
        agency=membership.agency,
        role=membership.role,
        valid_from=on,
        valid_to=last_day,
        basis=basis.strip(),
        granted_by=by,
    )
    _check(heir)
    heir.save()
    _end(membership, on - DAY, EndReason.HANDED_OVER)
    membership.successor = heir
    membership.save()
    forget_scope(to_user)
    announce(
        "accounts.handed_over",
        by=by,
        subject=membership,
        role=membership.role,
        agency=membership.agency_id,
        holder=membership.user_id,
        successor=to_user.pk,
    )
    membership_ended.send(Membership, membership=membership, successor=heir, by=by)
    membership_granted.send(Membership, membership=heir, by=by)
    return heir


@transaction.atomic
def delegate(
    membership: Membership, *, to_user: User, valid_from: date, valid_to: date, basis: str, by: User
) -> Delegation:
    """Lend a role for a span of days (both inclusive) on a written basis; holder and delegate both act meanwhile.

    A lent role cannot be lent further. Raises `Forbidden`; `Refused` without a basis, to oneself, outside the days
    of the role, or when it is already lent to that person in the span.
    """
    membership = _locked(membership)
    require(permissions.may_pass_on(by, membership))
    if not basis.strip():
        raise Refused("accounts.basis", "Cần ghi căn cứ ủy quyền (văn bản ủy quyền, số và ngày).")
    if to_user.pk == membership.user_id:
        raise Refused("accounts.same", "Người được ủy quyền phải là người khác.")
    if not to_user.is_active:
        raise Refused("accounts.locked", "Tài khoản này đang bị khóa.")
    ends = membership.valid_to
    if valid_to < valid_from or valid_from < membership.valid_from or (ends is not None and valid_to > ends):
        raise Refused("accounts.days", "Thời gian ủy quyền phải nằm trong thời gian giữ vai trò.")
    if membership.delegations.filter(to=to_user).overlapping(valid_from, valid_to).exists():
        raise Refused("accounts.overlap", "Vai trò này đã được ủy quyền cho người đó trong thời gian này.")
    row = Delegation.objects.create(
        membership=membership,
        to=to_user,
        valid_from=valid_from,
        valid_to=valid_to,
        basis=basis.strip(),
        granted_by=by,
    )
    forget_scope(to_user)
    announce(
        "accounts.delegated",
        by=by,
        subject=row,
        role=membership.role,
        agency=membership.agency_id,
        holder=membership.user_id,
        delegate=to_user.pk,
    )
    return row


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: User, on: date) -> Delegation:
    """Take a lent role back; `on` is the last day that the delegate holds it.

    Raises `Forbidden`; `Refused` when it ends before it starts or would grow longer.
    """
    delegation = (
        Delegation.objects.select_for_update(of=("self",))
        .select_related("membership__agency", "to")
        .get(pk=delegation.pk)
    )
    require(permissions.may_pass_on(by, delegation.membership))
    if not delegation.in_force(on):
        raise Refused("accounts.days", "Ngày thu hồi phải nằm trong thời gian ủy quyền.")
    delegation.valid_to = on
    delegation.save()
    forget_scope(delegation.to)
    announce("accounts.delegation_ended", by=by, subject=delegation, delegate=delegation.to_id)
    return delegation
