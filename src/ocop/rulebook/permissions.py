"""Who reads and who changes the dated settings and the calendar."""

from typing import Any

from django.conf import settings

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.units.models import Unit
from ocop.units.queries import province_of

READERS = (
    Role.ADMINISTRATOR,
    Role.ADVISORY_OFFICER,
    Role.PROVINCE_LEADER,
    Role.DISTRICT_OFFICER,
    Role.DISTRICT_LEADER,
    Role.STANDING_OFFICER,
    Role.READER,
)


def province_read(user: Any) -> Unit | None:
    """The province whose settings the person works under; None for whom the pages do not exist."""
    holdings = sorted(scope_of(user).of(*READERS), key=lambda row: row.role != Role.ADMINISTRATOR)
    units = [holding.agency.unit for holding in holdings if holding.agency.unit is not None]
    return province_of(units[0]) if units else None


def may_read(user: Any) -> bool:
    """True when the pages of settings exist for the person."""
    return province_read(user) is not None


def may_set(user: Any, province: Unit) -> Verdict:
    """Settings of a province are changed by its administrator, on the council's statute or another instrument."""
    if scope_of(user).has(Role.ADMINISTRATOR, province.pk):
        return ALLOWED
    return Refusal("settings.set", "Chỉ quản trị viên của tỉnh được đổi thiết lập.")


def may_keep_calendar(user: Any) -> Verdict:
    """The calendar is one for the installation: kept by the administrator of the province that runs it."""
    province = province_read(user)
    if province is not None and province.code == settings.OCOP_PROVINCE and may_set(user, province):
        return ALLOWED
    return Refusal("calendar.keep", "Chỉ quản trị viên của tỉnh vận hành hệ thống được sửa lịch nghỉ.")
