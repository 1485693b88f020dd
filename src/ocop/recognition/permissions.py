"""Who brings the office's own past into the registers, keeps its papers, and says whom it trusts."""

from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.recognition.models import Certificate, Decision
from ocop.units.queries import NotInForce, home_province

PAST_KEEPERS = (Role.ADVISORY_OFFICER, Role.STANDING_OFFICER)
COPY_KEEPERS = (*PAST_KEEPERS, Role.PROVINCE_CLERK)


def may_import_past(user: Any, unit_id: int | None = None) -> Verdict:
    """The province's advisory body and standing agency write down stars given before this system was used."""
    scope = scope_of(user)
    if any(scope.has(role, unit_id) for role in PAST_KEEPERS):
        return ALLOWED
    return Refusal(
        "past.keepers", "Giấy chứng nhận cũ do cơ quan tham mưu, cơ quan thường trực cấp tỉnh ghi."
    )


def may_keep_copies(user: Any, subject: Certificate | Decision | None = None) -> Verdict:
    """Scans and signed papers of a certificate or decision in reach are kept by the offices and the clerk.

    Without a subject: whether the person keeps papers at all.
    """
    scope = scope_of(user)
    if isinstance(subject, Certificate):
        allowed = any(scope.has(role, subject.unit_id) for role in COPY_KEEPERS)
    else:
        allowed = scope.has_any(*COPY_KEEPERS)
    if allowed and isinstance(subject, Decision):
        allowed = Decision.objects.visible_to(user).filter(pk=subject.pk).exists()
    if allowed:
        return ALLOWED
    return Refusal(
        "copy.keepers",
        "Bản giấy của giấy chứng nhận, quyết định do cơ quan tham mưu, cơ quan thường trực, văn thư cấp tỉnh gắn.",
    )


def may_keep_roots(user: Any) -> Verdict:
    """Only the administrator of the province that this installation serves says whom it trusts."""
    scope = scope_of(user)
    try:  # the role first: the menu of every page asks, and only an administrator's costs a look at the units
        allowed = scope.has_any(Role.ADMINISTRATOR) and scope.has(
            Role.ADMINISTRATOR, home_province(clock.today()).pk
        )
    except NotInForce:  # before the units are loaded nobody is anybody's administrator
        allowed = False
    if allowed:
        return ALLOWED
    return Refusal("root.keeper", "Chứng thư gốc do quản trị viên của tỉnh nạp.")
