"""A session of the council: planned, its agenda, who is present, opened, closed (Art. 5, 7.3 of Decision 26/2026)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from ocop.accounts.models import User
from ocop.evaluation.actions.council.locks import locked_session, require_meeting
from ocop.evaluation.actions.road import advance, in_lock_order, locked
from ocop.evaluation.enums import ItemState, SessionState
from ocop.evaluation.models import (
    Attendance,
    Council,
    CouncilSession,
    Dossier,
    RankingRound,
    SessionItem,
)
from ocop.evaluation.permissions import may_run_desk
from ocop.evaluation.queries.council import (
    council_roles,
    frozen_settings,
    seats_on,
)
from ocop.evaluation.queries.transition import law_of, law_on
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.rulebook.queries import result_settings


def plan_session(
    council: Council, *, held_on: date, by: User, place: str = "", round: RankingRound | None = None
) -> CouncilSession:
    """Plan a meeting inside the council's term. Raises Refused outside it, Forbidden for who is not of the desk."""
    if not council.in_force(held_on):
        raise Refused("session.term", "Ngày họp nằm ngoài nhiệm kỳ của Hội đồng.", law_on(held_on).whole)
    session = CouncilSession(
        council=council, held_on=held_on, place=place.strip(), round=round, created_by=by
    )
    require(may_run_desk(council_roles(session, by)))
    session.save()
    return session


def change_session(
    session: CouncilSession, *, held_on: date, by: User, place: str = "", round: RankingRound | None = None
) -> CouncilSession:
    """Move a planned meeting to another day or place. Raises Refused once it has been opened."""
    with transaction.atomic():
        row = locked_session(session, by)
        if row.state != SessionState.PLANNED:
            raise Refused(
                "session.opened", "Phiên họp đã khai mạc, không đổi ngày được.", law_of(row).ranking
            )
        if not row.council.in_force(held_on):
            raise Refused("session.term", "Ngày họp nằm ngoài nhiệm kỳ của Hội đồng.", law_of(row).ranking)
        row.held_on, row.place, row.round = held_on, place.strip(), round
        row.save()
    return row


def save_notes(session: CouncilSession, *, text: str, by: User) -> CouncilSession:
    """Record what was said in the meeting as a whole; it goes into the minutes. Raises Refused after closing."""
    with transaction.atomic():
        row = locked_session(session, by)
        row.notes = text.strip()
        row.save()
    return row


def add_to_agenda(
    session: CouncilSession, *, dossiers: Sequence[Dossier], by: User, at: datetime | None = None
) -> list[SessionItem]:
    """Put dossiers on the agenda, in the order given. Raises Refused for one that is not ready or sits elsewhere."""
    items = []
    with transaction.atomic():
        row = locked_session(session, by)
        if row.state != SessionState.PLANNED:
            require_meeting(row)
        position = row.items.aggregate(last=Max("position"))["last"] or 0
        for dossier in in_lock_order(dossiers):
            locked(
                dossier
            )  # all of them first: two desks that choose the same ones never wait for each other
        for dossier in dossiers:
            existing = row.items.filter(dossier=dossier, removed_at__isnull=True).first()
            if existing:
                items.append(existing)
                continue
            held = locked(dossier)
            if held.ranked_by_id != (row.council.district_id or row.council.province_id):
                raise Refused("agenda.province", "Hồ sơ không do Hội đồng này đánh giá.", held.law.ranking)
            if held.session_items.filter(removed_at__isnull=True).exclude(state=ItemState.CLOSED).exists():
                raise Refused(
                    "agenda.elsewhere",
                    f"Hồ sơ {held.code} đang nằm trong một phiên họp khác.",
                    law_of(row).ranking,
                )
            advance(dossier, "put_before_council", by=by, at=at, data={"session": row.pk})
            position += 1
            items.append(SessionItem.objects.create(session=row, dossier=dossier, position=position))
    return items


def take_off_agenda(item: SessionItem, *, by: User, reason: str, at: datetime | None = None) -> None:
    """Take a dossier off the agenda before its marking started; it waits for another session.

    Pressing twice changes nothing, also when the dossier meanwhile sits in another session.
    """
    at = at or clock.now()
    with transaction.atomic():
        locked_session(item.session, by)
        row = SessionItem.objects.select_for_update().get(pk=item.pk)
        if row.removed_at:
            return
        if row.rounds.exists():
            raise Refused(
                "item.started",
                "Hồ sơ đã bắt đầu chấm, không rút khỏi phiên họp được.",
                row.dossier.law.ranking,
            )
        advance(row.dossier, "take_off_agenda", by=by, reason=reason, at=at)
        row.removed_at = at
        row.save()


def record_attendance(
    session: CouncilSession, *, present: Iterable[int], presiding: int | None, by: User
) -> None:
    """Tick who is present (seat ids) and who presides: the chair, or a deputy authorised to.

    Raises Refused when the one presiding is absent or not authorised.
    """
    here = set(present)
    with transaction.atomic():
        row = locked_session(session, by)
        require_meeting(row)
        seats = {seat.pk: seat for seat in seats_on(row)}
        lead = seats.get(presiding) if presiding else None
        if presiding and (lead is None or presiding not in here):
            raise Refused("attendance.lead", "Người chủ trì phải có mặt.", law_of(row).ranking)
        if lead and not lead.leads:
            raise Refused(
                "attendance.authority",
                "Chỉ Chủ tịch hoặc Phó Chủ tịch được ủy quyền chủ trì phiên họp.",
                law_of(row).ranking,
            )
        for seat in seats.values():
            Attendance.objects.update_or_create(
                session=row,
                seat=seat,
                defaults={"present": seat.pk in here, "presides": seat.pk == presiding},
            )


def open_session(session: CouncilSession, *, by: User, at: datetime | None = None) -> CouncilSession:
    """Open the meeting and freeze the statute's settings of the day. Opening twice changes nothing."""
    at = at or clock.now()
    with transaction.atomic():
        row = locked_session(session, by)
        if row.state == SessionState.PLANNED and row.held_on > clock.local_day(at):
            raise Refused(
                "session.early", "Chưa đến ngày họp; đổi ngày họp trước khi khai mạc.", law_of(row).ranking
            )
        if row.state == SessionState.PLANNED:
            row.state, row.opened_at = SessionState.OPEN, at
            row.settings = frozen_settings(result_settings(row.council.province.code, row.held_on))
            row.save()
    return row


def close_session(
    session: CouncilSession, *, by: User, notes: str = "", at: datetime | None = None
) -> CouncilSession:
    """Close the meeting. Raises Refused while a dossier on the agenda has been opened and not closed."""
    at = at or clock.now()
    with transaction.atomic():
        row = locked_session(session, by)
        require_meeting(row)
        started = row.items.filter(removed_at__isnull=True).exclude(
            state__in=(ItemState.WAITING, ItemState.CLOSED)
        )
        if names := list(started.order_by("position").values_list("dossier__product__name", flat=True)):
            raise Refused(
                "session.items",
                f"Còn {len(names)} hồ sơ đã gọi mà chưa chốt: {'; '.join(names)}. "
                "Chốt kết quả hoặc rút khỏi phiên họp rồi bế mạc.",
                law_of(row).ranking,
            )
        for waiting in row.items.filter(removed_at__isnull=True, state=ItemState.WAITING):
            advance(
                waiting.dossier, "take_off_agenda", by=by, at=at, reason="Phiên họp kết thúc, chưa đến lượt."
            )
            waiting.removed_at = at
            waiting.save()
        row.state, row.closed_at, row.notes = SessionState.CLOSED, at, notes.strip() or row.notes
        row.save()
    return row
