"""Who sees figures, sets targets, freezes."""

from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers.models import VIEWING_ROLES
from ocop.units.models import Unit

DESK = (Role.ADVISORY_OFFICER, Role.STANDING_OFFICER)


def may_see_figures(user: Any, unit: Unit | None = None) -> Verdict:
    """Officers, over the units in their reach."""
    if any(scope_of(user).has(role, unit) for role in VIEWING_ROLES):
        return ALLOWED
    return Refusal("reporting.see", "Số liệu này dành cho cán bộ của địa bàn.")


def may_set_targets(user: Any, unit: Unit | None = None) -> Verdict:
    """The province's desk sets the targets of the province and of the units under it."""
    if any(scope_of(user).has(role, unit) for role in DESK):
        return ALLOWED
    return Refusal("reporting.targets", "Chỉ tiêu do cơ quan thường trực, cơ quan tham mưu cấp tỉnh giao.")


def may_freeze(user: Any, unit: Unit) -> Verdict:
    """The province's desk freezes figures."""
    if any(scope_of(user).has(role, unit) for role in DESK):
        return ALLOWED
    return Refusal("reporting.freeze", "Số liệu do cơ quan thường trực, cơ quan tham mưu cấp tỉnh chốt.")
