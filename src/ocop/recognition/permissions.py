"""Who brings the office's own past into the registers of recognition."""

from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit.errors import ALLOWED, Refusal, Verdict

PAST_KEEPERS = (Role.ADVISORY_OFFICER, Role.STANDING_OFFICER)


def may_import_past(user: Any, unit_id: int | None = None) -> Verdict:
    """The province's advisory body and standing agency write down stars given before this system was used."""
    scope = scope_of(user)
    if any(scope.has(role, unit_id) for role in PAST_KEEPERS):
        return ALLOWED
    return Refusal(
        "past.keepers", "Giấy chứng nhận cũ do cơ quan tham mưu, cơ quan thường trực cấp tỉnh ghi."
    )
