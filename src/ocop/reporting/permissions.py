"""Who sees figures, sets targets, freezes."""

from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers.models import VIEWING_ROLES
from ocop.units.enums import UnitLevel
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


def may_open_round(user: Any, province: Unit) -> Verdict:
    """The province's desk calls for reports."""
    if any(scope_of(user).has(role, province) for role in DESK):
        return ALLOWED
    return Refusal("reporting.round", "Kỳ báo cáo do cơ quan thường trực, cơ quan tham mưu cấp tỉnh mở.")


def may_keep_forms(user: Any, province: Unit) -> Verdict:
    """The standing agency writes the forms of reports."""
    if scope_of(user).has(Role.STANDING_OFFICER, province):
        return ALLOWED
    return Refusal("reporting.forms", "Mẫu báo cáo do cơ quan thường trực của tỉnh soạn, ban hành.")


def may_consolidate(user: Any, unit: Unit) -> Verdict:
    """Who receives the reports of a unit puts them together: the province's desk, of a district its officers."""
    roles = (Role.DISTRICT_OFFICER, Role.DISTRICT_LEADER) if unit.level == UnitLevel.DISTRICT else DESK
    if any(scope_of(user).has(role, unit) for role in roles):
        return ALLOWED
    return Refusal("reporting.consolidate", "Báo cáo tổng hợp do nơi nhận báo cáo lập.")
