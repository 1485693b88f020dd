"""Who may give roles, help people and see their personal data."""

from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.models import Membership, User
from ocop.accounts.rules import granting
from ocop.accounts.scope import Scope, scope_of
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.units.models import Agency

HELPERS = (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER, Role.ADMINISTRATOR)


def administers(scope: Scope, agency: Agency) -> bool:
    """True for an administrator whose unit covers the agency's; central agencies are any administrator's."""
    if agency.unit_id is None:
        return scope.has(Role.ADMINISTRATOR)
    return scope.has(Role.ADMINISTRATOR, agency.unit_id)


def roles_grantable(user: Any, agency: Agency) -> list[str]:
    """The roles that the user may give in that agency, in the order of the list of roles."""
    scope = scope_of(user)
    possible = granting.roles_for_kind(agency.kind)
    if administers(scope, agency):
        return possible
    own = frozenset(holding.role for holding in scope.holdings if holding.agency.pk == agency.pk)
    given = granting.given_by(own)
    return [role for role in possible if role in given]


def may_grant(user: Any, agency: Agency, role: str) -> Verdict:
    """Roles are given by an administrator in reach, or inside the own agency by its leader."""
    if role in roles_grantable(user, agency):
        return ALLOWED
    return Refusal("accounts.grant", "Bạn không có quyền phân công vai trò này tại cơ quan này.")


def may_end(user: Any, membership: Membership) -> Verdict:
    """A role is ended by whoever may give it."""
    return may_grant(user, membership.agency, membership.role)


def may_pass_on(user: Any, membership: Membership) -> Verdict:
    """A role is handed over or lent by its holder, or by whoever may give it."""
    if membership.user_id == user.pk:
        return ALLOWED
    return may_grant(user, membership.agency, membership.role)


def may_help(user: Any, person: User) -> Verdict:
    """Reset a password, lock or unlock an account: the commune for its producers, an administrator for officials."""
    refused = Refusal("accounts.help", "Tài khoản này không thuộc phạm vi bạn hỗ trợ.")
    if person.pk == user.pk or person.is_superuser:
        return refused
    scope = scope_of(user)
    held = Membership.objects.filter(user=person.pk).select_related("agency")
    if held.exists():
        return ALLOWED if all(administers(scope, row.agency) for row in held) else refused
    if person.unit_id is None:
        return ALLOWED if scope.has(Role.ADMINISTRATOR) else refused
    return ALLOWED if any(scope.has(role, person.unit_id) for role in HELPERS) else refused


def may_register_for(user: Any, unit: Any) -> Verdict:
    """A commune opens accounts for the producers of its own reach."""
    if any(scope_of(user).has(role, unit) for role in HELPERS):
        return ALLOWED
    return Refusal("accounts.register", "Bạn chỉ mở được tài khoản cho chủ thể trên địa bàn mình phụ trách.")


def may_see_contact(user: Any, person: User) -> Verdict:
    """Phone and e-mail of another person: those who help the person, and those who give roles in the agency."""
    if person.pk == user.pk or may_help(user, person):
        return ALLOWED
    rows = Membership.objects.filter(user=person.pk).select_related("agency")
    if any(roles_grantable(user, row.agency) for row in rows):
        return ALLOWED
    return Refusal("accounts.contact", "Bạn không có quyền xem thông tin liên hệ của người này.")


def may_erase(user: Any, person: User) -> Verdict:
    """The person, or an administrator who may help that person (Decree 13/2023/NĐ-CP art. 16)."""
    if person.pk == user.pk:
        return ALLOWED
    if scope_of(user).has(Role.ADMINISTRATOR) and may_help(user, person):
        return ALLOWED
    return Refusal("accounts.erase", "Chỉ chính chủ hoặc quản trị viên phụ trách được xóa dữ liệu cá nhân.")
