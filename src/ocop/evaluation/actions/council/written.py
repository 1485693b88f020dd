"""Written opinions on re-evaluations: asked, answered blind, closed on agreement, else a meeting (Art. 7.6).

A round of written opinions is a session without a meeting: who is asked stands in its attendance, marking is open from
the start, members declare and mark in their own time, and the quorum counts the sheets handed in.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from ocop.accounts.models import User
from ocop.evaluation.actions.council.locks import locked_item, locked_session
from ocop.evaluation.actions.council.results import close_item
from ocop.evaluation.actions.council.rounds import close_marking
from ocop.evaluation.actions.council.sessions import add_to_agenda
from ocop.evaluation.actions.road import advance, locked
from ocop.evaluation.enums import ItemState, SessionKind, SessionState, SheetState
from ocop.evaluation.models import (
    Attendance,
    Council,
    CouncilSession,
    Dossier,
    MarkingRound,
    MeetingWish,
    RankingRound,
    ScoreSheet,
    SessionItem,
)
from ocop.evaluation.permissions import may_run_desk
from ocop.evaluation.queries.council import (
    council_roles,
    frozen_settings,
    last_round,
    marking_seats,
    seats_on,
)
from ocop.evaluation.queries.written import ask_facts, opinions_of, unanswered
from ocop.evaluation.rules.renewal import ARTICLE
from ocop.evaluation.rules.written import may_ask, may_close, meeting_words, reasons_to_meet
from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats
from ocop.kit.errors import Forbidden, Refused, require
from ocop.kit.registry import announce
from ocop.rulebook.queries import result_settings

KIND = "evaluation.written"
# What the producer reads of it; the reason itself, which tells of marks, stays inside the council.
MEETING = "Hội đồng sẽ họp để đánh giá hồ sơ này."


def ask_in_writing(
    council: Council,
    *,
    dossiers: Sequence[Dossier],
    answer_by: date,
    by: User,
    round: RankingRound | None = None,
    at: datetime | None = None,
) -> CouncilSession:
    """Ask every seat in force for its opinion on re-evaluations, until the end of `answer_by`; all or nothing.

    Raises Forbidden for who is not of the desk; Refused for a last day that is today or past or outside the council's
    term, for no dossier, and for a dossier that is no re-evaluation, does not wait or has to meet.
    """
    at = at or clock.now()
    today = clock.local_day(at)
    if answer_by <= today:
        raise Refused("written.last_day", "Hạn trả lời phải sau hôm nay.", ARTICLE)
    if not (council.in_force(today) and council.in_force(answer_by)):
        raise Refused("written.term", "Hạn trả lời nằm ngoài nhiệm kỳ của Hội đồng.", ARTICLE)
    if not dossiers:
        raise Refused("written.none", "Chọn ít nhất một hồ sơ đánh giá lại.", ARTICLE)
    with transaction.atomic():
        session = CouncilSession(
            council=council,
            kind=SessionKind.WRITTEN,
            held_on=today,
            answer_by=answer_by,
            round=round,
            created_by=by,
        )
        require(may_run_desk(council_roles(session, by)))
        session.settings = frozen_settings(result_settings(council.province.code, today))
        session.save()
        for dossier in sorted(dossiers, key=lambda one: one.pk):
            refusals = list(may_ask(ask_facts(locked(dossier))))
            if refusals:
                raise Refused.because(refusals)
        items = add_to_agenda(session, dossiers=dossiers, by=by, at=at)
        _ask(session, items, at)
        announce("council.asked_in_writing", by=by, subject=session, dossiers=[one.code for one in dossiers])
    return session


def _ask(session: CouncilSession, items: Sequence[SessionItem], at: datetime) -> None:
    """Everybody in force is asked, marking is open, the members are told."""
    seats = list(seats_on(session))
    Attendance.objects.bulk_create(Attendance(session=session, seat=seat, present=True) for seat in seats)
    session.state, session.opened_at = SessionState.OPEN, at
    session.save()
    for item in items:
        item.state = ItemState.MARKING
        item.save()
        MarkingRound.objects.create(item=item, number=1, opened_at=at)
    names = "; ".join(item.dossier.product.name for item in items)
    _tell(
        [seat.user for seat in seats if seat.marks],
        session,
        f"Xin ý kiến bằng văn bản: {len(items)} hồ sơ đánh giá lại",
        f"{names}. Khai báo xung đột lợi ích rồi chấm phiếu, hạn hết ngày {formats.day(session.answer_by)}.",
        at,
    )


def wish_meeting(
    round: MarkingRound, *, reason: str, by: User, at: datetime | None = None
) -> MeetingWish | None:
    """A member asks with the own sheet that the council meets; an empty reason takes it back.

    Raises Refused outside a written round and once the sheet is handed in or the round closed, Forbidden for others.
    """
    at = at or clock.now()
    with transaction.atomic():
        current = (
            MarkingRound.objects.select_for_update(of=("self",))
            .select_related("item__session")
            .get(pk=round.pk)
        )
        if not current.item.session.is_written or current.closed_at:
            raise Refused("wish.closed", "Không còn lấy ý kiến bằng văn bản về hồ sơ này.", ARTICLE)
        seat = next((one for one in marking_seats(current.item) if one.user_id == by.pk), None)
        if seat is None:
            raise Forbidden("sheet.seat", "Bạn không được hỏi ý kiến về hồ sơ này.", ARTICLE)
        if ScoreSheet.objects.filter(round=current, seat=seat, state=SheetState.SUBMITTED).exists():
            raise Refused("sheet.submitted", "Phiếu đã nộp, không sửa được nữa.", ARTICLE)
        if not reason.strip():
            MeetingWish.objects.filter(round=current, seat=seat).delete()
            return None
        values = {"reason": reason.strip()[:500], "at": at}
        return MeetingWish.objects.update_or_create(round=current, seat=seat, defaults=values)[0]


def extend_answers(
    session: CouncilSession, *, answer_by: date, by: User, at: datetime | None = None
) -> CouncilSession:
    """Give more time; those who have not answered are told. Raises Refused for a day not behind the last one."""
    at = at or clock.now()
    with transaction.atomic():
        row = _written(session, by)
        if row.answer_by == answer_by:
            return row
        if answer_by <= max(row.answer_by or row.held_on, clock.local_day(at)):
            raise Refused("written.extend", "Hạn mới phải sau hạn cũ và sau hôm nay.", ARTICLE)
        row.answer_by = answer_by
        row.save()
        open_items = row.items.filter(removed_at__isnull=True, state=ItemState.MARKING)
        late = [seat.user for item in open_items for seat in unanswered(item)]
        _tell(
            late, row, "Gia hạn lấy ý kiến bằng văn bản", f"Hạn mới: hết ngày {formats.day(answer_by)}.", at
        )
        announce("council.answers_extended", by=by, subject=row, until=answer_by.isoformat())
    return row


def _written(session: CouncilSession, by: User) -> CouncilSession:
    row = locked_session(session, by)
    if not row.is_written:
        raise Refused(
            "written.meeting_only", "Đây là phiên họp, không phải lượt lấy ý kiến bằng văn bản.", ARTICLE
        )
    return row


def close_written(item: SessionItem, *, by: User, at: datetime | None = None) -> SessionItem:
    """The chair closes the opinions on a dossier: agreement gives the result as in a session, else it has to meet.

    A second press changes nothing. Raises Refused while an answer may still come or those who answered make no
    quorum, Forbidden for others than the chair.
    """
    at = at or clock.now()
    with transaction.atomic():
        session = _written_or_done(item, by)
        row = SessionItem.objects.select_for_update().get(pk=item.pk)
        if row.removed_at or row.state == ItemState.CLOSED:
            return row
        row = locked_item(row, by, ItemState.MARKING, chair=True)
        refusals = list(
            may_close(len(unanswered(row)), session.answer_by or session.held_on, clock.local_day(at))
        )
        if refusals:
            raise Refused.because(refusals)
        current = last_round(row)
        if current is None:
            raise Refused("item.state", "Hồ sơ chưa có vòng chấm nào.", ARTICLE)
        close_marking(current, by=by, at=at, in_writing=True)
        row.refresh_from_db()
        reasons = reasons_to_meet(opinions_of(row))
        if reasons:
            _to_meeting(row, meeting_words(reasons), by=by, at=at)
        else:
            close_item(row, by=by, at=at, in_writing=True)
            row.refresh_from_db()
        _end_when_done(session, at)
    item.refresh_from_db()
    return row


def _written_or_done(item: SessionItem, by: User) -> CouncilSession:
    """The session, locked; one that has ended is answered too, so that a second press finds what the first did."""
    row = CouncilSession.objects.select_for_update().get(pk=item.session_id)
    require(may_run_desk(council_roles(row, by)))
    if not row.is_written:
        raise Refused(
            "written.meeting_only", "Đây là phiên họp, không phải lượt lấy ý kiến bằng văn bản.", ARTICLE
        )
    return row


def call_meeting(item: SessionItem, *, reason: str, by: User, at: datetime | None = None) -> SessionItem:
    """The desk ends the written opinions on a dossier without a result: it goes to a meeting, with the reason.

    For a round that makes no quorum, and for whatever needs a talk. The round stays unopened: nobody ever sees these
    sheets, so that the members mark blind in the meeting. A second press changes nothing.
    """
    at = at or clock.now()
    if not reason.strip():
        raise Refused("written.reason", "Cần ghi vì sao phải họp.", ARTICLE)
    with transaction.atomic():
        session = _written_or_done(item, by)
        row = SessionItem.objects.select_for_update().get(pk=item.pk)
        if row.removed_at:
            return row
        row = locked_item(row, by, ItemState.MARKING)
        _to_meeting(row, reason.strip(), by=by, at=at)
        _end_when_done(session, at)
    item.refresh_from_db()
    return row


def _to_meeting(row: SessionItem, reason: str, *, by: User, at: datetime) -> None:
    """The dossier waits for a meeting again, marked so, and the desk is told; never silently."""
    advance(row.dossier, "take_off_agenda", by=by, at=at, reason=MEETING)
    row.meeting_reason, row.removed_at = reason, at
    row.save()
    desk = [seat.user for seat in seats_on(row.session) if seat.role in ("chair", "deputy", "secretary")]
    _tell(desk, row.session, f"Cần họp Hội đồng: {row.dossier.product.name}", reason, at)
    announce("council.meeting_called", by=by, subject=row.dossier)


def _end_when_done(session: CouncilSession, at: datetime) -> None:
    """The round ends with its last dossier."""
    if not session.items.filter(removed_at__isnull=True).exclude(state=ItemState.CLOSED).exists():
        session.state, session.closed_at = SessionState.CLOSED, at
        session.save()


def _tell(people: Sequence[User], session: CouncilSession, title: str, text: str, at: datetime) -> None:
    notify_each(
        people, kind=KIND, title=title, text=text, url=reverse("evaluation:session-detail", args=[session.pk]),
        subject_key=f"session:{session.pk}", at=at,
    )  # fmt: skip
