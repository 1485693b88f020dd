"""Who writes ideas and plans while they are drafts, and who keeps calendars and meetings."""

from typing import Any

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.cycle.enums import IdeaState, MeetingState, PlanState
from ocop.cycle.models import BusinessPlan, Idea, SelectionMeeting
from ocop.cycle.rules.selection import ARTICLE, HELPERS, PRODUCER
from ocop.kit.errors import ALLOWED, Refusal, Verdict
from ocop.producers import permissions as producers
from ocop.producers.casework import roles_on
from ocop.producers.models import Producer

CALENDAR_KEEPERS = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.ADVISORY_OFFICER, Role.STANDING_OFFICER)
SENT = Refusal("cycle.sent", "Nội dung đã gửi đi nên không sửa được nữa.", ARTICLE)
NOT_YOURS = Refusal("cycle.writer", "Chỉ người của cơ sở hoặc cán bộ phụ trách sửa được.", ARTICLE)


def may_register_for(user: Any, producer: Producer) -> Verdict:
    """Register an idea of a producer: its own people, and the officers of its place for one."""
    if producers.access_kinds_of(user, producer):
        return ALLOWED
    roles = (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER, Role.DISTRICT_OFFICER)
    if any(scope_of(user).has(role, producer.unit_id) for role in roles):
        return ALLOWED
    return Refusal("idea.for", "Bạn chỉ đăng ký ý tưởng được cho cơ sở của mình hoặc của địa bàn.", ARTICLE)


def may_write(user: Any, row: Idea | BusinessPlan) -> Verdict:
    """Fill in a draft: the producer's people and the officers who may send it."""
    if row.state not in (IdeaState.DRAFT, PlanState.DRAFT):
        return SENT
    return ALLOWED if roles_on(user, row) & (PRODUCER | HELPERS) else NOT_YOURS


def may_plan(user: Any, idea: Idea) -> Verdict:
    """Write the business plan of a chosen idea."""
    return ALLOWED if roles_on(user, idea) & (PRODUCER | HELPERS) else NOT_YOURS


def may_run(user: Any, meeting: SelectionMeeting) -> Verdict:
    """Change a meeting that is being prepared: the officer in charge."""
    if meeting.state != MeetingState.PLANNED:
        return SENT
    if "local.officer" in roles_on(user, meeting):
        return ALLOWED
    return Refusal("meeting.run", "Phiên xét chọn do cán bộ của cơ quan tổ chức xét chọn điều hành.", ARTICLE)
