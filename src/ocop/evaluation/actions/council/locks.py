"""Rows of a session, locked in one order: the session, then the dossier on its agenda (ADR 4)."""

from ocop.accounts.models import User
from ocop.evaluation.enums import ItemState, SessionState
from ocop.evaluation.models import (
    CouncilSession,
    SessionItem,
)
from ocop.evaluation.permissions import may_chair, may_run_desk
from ocop.evaluation.queries.council import (
    council_roles,
    leads_here,
    quorum_of,
)
from ocop.evaluation.queries.transition import law_of
from ocop.kit.errors import Refused, require


def locked_session(session: CouncilSession, by: User) -> CouncilSession:
    """The session, locked, for who runs its desk. Raises Forbidden for others, Refused after closing (Art. 7.3)."""
    row = CouncilSession.objects.select_for_update().get(pk=session.pk)
    require(may_run_desk(council_roles(row, by)))
    if row.state == SessionState.CLOSED:
        raise Refused("session.closed", "Phiên họp đã bế mạc.", law_of(row).ranking)
    return row


def locked_item(item: SessionItem, by: User, *states: str, chair: bool = False) -> SessionItem:
    """The dossier of an open session in one of `states`, locked after its session, so that attendance stands still.

    `chair`: only for who presides over this dossier. Raises Forbidden for others, Refused in another state.
    """
    session = CouncilSession.objects.select_for_update().get(pk=item.session_id)
    row = SessionItem.objects.select_for_update().get(pk=item.pk)
    roles = council_roles(session, by)
    require(may_run_desk(roles))
    if chair:
        require(may_chair(by.pk, [seat.user_id for seat in leads_here(row)]))
    if session.state != SessionState.OPEN:
        raise Refused("session.not_open", "Phiên họp chưa khai mạc hoặc đã bế mạc.", law_of(session).ranking)
    if row.removed_at:
        raise Refused("item.removed", "Hồ sơ đã rút khỏi phiên họp.", row.dossier.law.ranking)
    if row.state not in states:
        raise Refused(
            "item.state", f"Hồ sơ đang ở bước “{ItemState(row.state).label}”.", row.dossier.law.ranking
        )
    return row


def require_meeting(session: CouncilSession) -> None:
    """Raise Refused for a round of written opinions: nobody is present there, and its steps are its own (Art. 7.6)."""
    if session.is_written:
        raise Refused(
            "session.written",
            "Đây là lượt lấy ý kiến bằng văn bản, không làm thao tác của phiên họp.",
            law_of(session).ranking,
        )


def require_quorum(row: SessionItem, *, present: set[int] | None = None) -> None:
    """Raise Refused where those present (or those in `present`) make no quorum for this dossier."""
    found = quorum_of(row, present=present)
    if not found.met:
        lead = "" if found.lead_present else " Thiếu Chủ tịch hoặc Phó Chủ tịch được ủy quyền."
        what = "có mặt" if present is None else "nộp phiếu"
        raise Refused(
            "council.quorum",
            f"Chưa đủ điều kiện: {found.present}/{found.base} thành viên {what}, cần {found.needed}.{lead}",
            row.dossier.law.ranking,
        )
