"""Who keeps what in promotion beyond what the flow tables say."""

from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers.casework import KEEPERS
from ocop.producers.models import VIEWING_ROLES
from ocop.producers.permissions import access_kinds_of

PROMOTERS: tuple[str, ...] = (*KEEPERS, Role.DEPARTMENT_OFFICER, Role.STANDING_OFFICER)
"""Officers who keep the registers of promotion: those of all registers, and departments of the province (plan VI.3)."""


def may_keep_producer(user: Any, producer: Any) -> Verdict:
    """Write rows about a producer: its own people, and the officers over its unit."""
    if producer is not None and access_kinds_of(user, producer):
        return ALLOWED
    if producer is not None and any(scope_of(user).has(role, producer.unit_id) for role in PROMOTERS):
        return ALLOWED
    return Refusal(
        "promotion.producer", "Bạn chỉ ghi được cho chủ thể của mình hoặc trên địa bàn mình phụ trách."
    )


def may_report_sales(user: Any, point: Any) -> Verdict:
    """Sales and stock of a sale point: whoever runs it, and the officers over its unit."""
    if point.producer_id is not None and access_kinds_of(user, point.producer):
        return ALLOWED
    if any(scope_of(user).has(role, point.unit_id) for role in PROMOTERS):
        return ALLOWED
    return Refusal("promotion.sales", "Chỉ điểm bán và cán bộ phụ trách địa bàn ghi được doanh số, tồn kho.")


def may_watch(user: Any) -> Verdict:
    """The board of sale points and the page of coverage: officers."""
    if scope_of(user).has_any(*VIEWING_ROLES):
        return ALLOWED
    return Refusal("promotion.board", "Trang này dành cho cán bộ.")
