"""Who writes the ledger, who asks for support, who keeps the list of activities."""

from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers.casework.scoping import acts_for_producers
from ocop.producers.models import Producer, ProducerAccess
from ocop.units.queries import home_province

BOOKKEEPERS: tuple[str, ...] = (
    Role.COMMUNE_OFFICER,
    Role.DISTRICT_OFFICER,
    Role.ADVISORY_OFFICER,
    Role.STANDING_OFFICER,
)
"""Officers who write movements of the units in their reach."""
APPLICANTS: tuple[str, ...] = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.ADVISORY_OFFICER)
"""Officers who may ask in a producer's stead."""


def may_post(user: Any, unit_id: int | None = None) -> Verdict:
    """Whether the person writes movements of that unit; of any unit when none is named."""
    if any(scope_of(user).has(role, unit_id) for role in BOOKKEEPERS):
        return ALLOWED
    return Refusal("ledger.role", "Bạn chỉ ghi được bút toán của đơn vị mình phụ trách.")


def may_ask(user: Any, producer: Producer | None = None) -> Verdict:
    """Whether the person may ask for support: the producer's own people, and officers over its unit in its stead."""
    scope = scope_of(user)
    unit_id = producer.unit_id if producer is not None else None
    if any(scope.has(role, unit_id) for role in APPLICANTS):
        return ALLOWED
    if acts_for_producers(user):
        access = ProducerAccess.objects.valid_on(clock.today()).filter(user=user.pk)
        if producer is None or access.filter(producer=producer).exists():
            return ALLOWED
    return Refusal("support.role", "Bạn không lập được đề nghị hỗ trợ cho chủ thể này.")


def may_keep_activities(user: Any) -> Verdict:
    """The list of activities is that of the province which this installation serves; another's officers read it."""
    if scope_of(user).has(Role.ADVISORY_OFFICER) and scope_of(user).has(
        Role.ADVISORY_OFFICER, home_province(clock.today())
    ):
        return ALLOWED
    return Refusal("activity.role", "Danh mục hoạt động do cơ quan tham mưu cấp tỉnh giữ.")
