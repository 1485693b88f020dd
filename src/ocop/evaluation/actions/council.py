"""The council's desk: sessions, agenda, attendance, declarations, rounds, results (Art. 5, 7.3 of Decision 26/2026).

Quorum, spread and the reading of minimums come from the statute's dated settings, frozen when a session opens.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from ocop.accounts.models import User
from ocop.evaluation.actions.road import advance, locked
from ocop.evaluation.enums import ItemState, Outcome, SessionState, SheetState
from ocop.evaluation.models import (
    AgreedSheet,
    Attendance,
    ConflictDeclaration,
    Council,
    CouncilSession,
    DisqualifierFinding,
    Dossier,
    MarkingRound,
    RankingRound,
    Result,
    ScoreSheet,
    SessionItem,
)
from ocop.evaluation.permissions import may_chair, may_run_desk
from ocop.evaluation.queries.council import (
    barred_seats,
    council_roles,
    frozen_settings,
    last_round,
    leads_here,
    marking_seats,
    quorum_of,
    seat_of,
    seats_on,
    settings_of,
)
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.rules import discussion
from ocop.evaluation.rules.workflow import ART_PROVINCE
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.rulebook.queries import result_settings
from ocop.rulebook.rules.result import CouncilResult, MemberSheet, council_result, needs_discussion
from ocop.rulebook.rules.scoring import UnknownAnswer, evaluate

_VERB_OF = {
    Outcome.RECOGNISE: "conclude_recognise",
    Outcome.POTENTIAL_FIVE: "conclude_five",
    Outcome.NOT_RANKED: "conclude_not_ranked",
    Outcome.DISQUALIFIED: "conclude_not_ranked",
}


def plan_session(
    council: Council, *, held_on: date, by: User, place: str = "", round: RankingRound | None = None
) -> CouncilSession:
    """Plan a meeting inside the council's term. Raises Refused outside it, Forbidden for who is not of the desk."""
    if not council.in_force(held_on):
        raise Refused("session.term", "Ngày họp nằm ngoài nhiệm kỳ của Hội đồng.", ART_PROVINCE)
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
        row = _locked_session(session, by)
        if row.state != SessionState.PLANNED:
            raise Refused("session.opened", "Phiên họp đã khai mạc, không đổi ngày được.", ART_PROVINCE)
        if not row.council.in_force(held_on):
            raise Refused("session.term", "Ngày họp nằm ngoài nhiệm kỳ của Hội đồng.", ART_PROVINCE)
        row.held_on, row.place, row.round = held_on, place.strip(), round
        row.save()
    return row


def save_notes(session: CouncilSession, *, text: str, by: User) -> CouncilSession:
    """Record what was said in the meeting as a whole; it goes into the minutes. Raises Refused after closing."""
    with transaction.atomic():
        row = _locked_session(session, by)
        row.notes = text.strip()
        row.save()
    return row


def _locked_session(session: CouncilSession, by: User) -> CouncilSession:
    row = CouncilSession.objects.select_for_update().get(pk=session.pk)
    require(may_run_desk(council_roles(row, by)))
    if row.state == SessionState.CLOSED:
        raise Refused("session.closed", "Phiên họp đã bế mạc.", ART_PROVINCE)
    return row


def _locked_item(item: SessionItem, by: User, *states: str, chair: bool = False) -> SessionItem:
    row = SessionItem.objects.select_for_update().get(pk=item.pk)
    session = CouncilSession.objects.get(pk=row.session_id)
    roles = council_roles(session, by)
    require(may_run_desk(roles))
    if chair:
        require(may_chair(by.pk, [seat.user_id for seat in leads_here(row)]))
    if session.state != SessionState.OPEN:
        raise Refused("session.not_open", "Phiên họp chưa khai mạc hoặc đã bế mạc.", ART_PROVINCE)
    if row.state not in states:
        raise Refused("item.state", f"Hồ sơ đang ở bước “{ItemState(row.state).label}”.", ART_PROVINCE)
    return row


def add_to_agenda(
    session: CouncilSession, *, dossiers: Sequence[Dossier], by: User, at: datetime | None = None
) -> list[SessionItem]:
    """Put dossiers on the agenda, in the order given. Raises Refused for one that is not ready or sits elsewhere."""
    items = []
    with transaction.atomic():
        row = _locked_session(session, by)
        position = row.items.aggregate(last=Max("position"))["last"] or 0
        for dossier in dossiers:
            existing = row.items.filter(dossier=dossier, removed_at__isnull=True).first()
            if existing:
                items.append(existing)
                continue
            held = locked(dossier)
            if held.province_id != row.council.province_id:
                raise Refused("agenda.province", "Hồ sơ không thuộc tỉnh của Hội đồng này.", ART_PROVINCE)
            if held.session_items.filter(removed_at__isnull=True).exclude(state=ItemState.CLOSED).exists():
                raise Refused(
                    "agenda.elsewhere", f"Hồ sơ {held.code} đang nằm trong một phiên họp khác.", ART_PROVINCE
                )
            advance(dossier, "put_before_council", by=by, at=at, data={"session": row.pk})
            position += 1
            items.append(SessionItem.objects.create(session=row, dossier=dossier, position=position))
    return items


def take_off_agenda(item: SessionItem, *, by: User, reason: str, at: datetime | None = None) -> None:
    """Take a dossier off the agenda before its marking started; it waits for another session."""
    at = at or clock.now()
    with transaction.atomic():
        _locked_session(item.session, by)
        row = SessionItem.objects.select_for_update().get(pk=item.pk)
        if row.rounds.exists():
            raise Refused(
                "item.started", "Hồ sơ đã bắt đầu chấm, không rút khỏi phiên họp được.", ART_PROVINCE
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
        row = _locked_session(session, by)
        seats = {seat.pk: seat for seat in seats_on(row)}
        lead = seats.get(presiding) if presiding else None
        if presiding and (lead is None or presiding not in here):
            raise Refused("attendance.lead", "Người chủ trì phải có mặt.", ART_PROVINCE)
        if lead and not lead.leads:
            raise Refused(
                "attendance.authority",
                "Chỉ Chủ tịch hoặc Phó Chủ tịch được ủy quyền chủ trì phiên họp.",
                ART_PROVINCE,
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
        row = _locked_session(session, by)
        if row.state == SessionState.PLANNED and row.held_on > clock.local_day(at):
            raise Refused(
                "session.early", "Chưa đến ngày họp; đổi ngày họp trước khi khai mạc.", ART_PROVINCE
            )
        if row.state == SessionState.PLANNED:
            row.state, row.opened_at = SessionState.OPEN, at
            row.settings = frozen_settings(result_settings(row.council.province.code, row.held_on))
            row.save()
    return row


def start_item(item: SessionItem, *, by: User) -> SessionItem:
    """Call a dossier: members declare whether they have a conflict of interest before it opens."""
    with transaction.atomic():
        row = _locked_item(item, by, ItemState.WAITING, ItemState.DECLARING)
        row.state = ItemState.DECLARING
        row.save()
    return row


def declare(
    item: SessionItem, *, by: User, has_conflict: bool, statement: str = "", at: datetime | None = None
) -> ConflictDeclaration:
    """A member declares; a conflict bars the member from this dossier, even when a sheet was started or handed in.

    "No conflict" may be said until marking opens; a conflict found later may still be declared until the result is
    closed, and is not taken back. Raises Refused without a marking seat or without saying what the conflict is.
    """
    at = at or clock.now()
    with transaction.atomic():
        row = SessionItem.objects.select_for_update().get(pk=item.pk)
        seat = seat_of(row.session, by)
        if seat is None or not seat.marks:
            raise Refused("declare.seat", "Bạn không phải thành viên chấm của phiên họp này.", ART_PROVINCE)
        if row.state == ItemState.CLOSED or row.removed_at:
            raise Refused("declare.closed", "Hồ sơ đã chốt hoặc đã rút khỏi phiên họp.", ART_PROVINCE)
        opened = row.state not in (ItemState.WAITING, ItemState.DECLARING)
        known = row.declarations.filter(seat=seat).first()
        if opened and not has_conflict and (known is None or known.has_conflict):
            raise Refused("declare.late", "Hồ sơ đã mở chấm, không đổi khai báo được.", ART_PROVINCE)
        if has_conflict and not statement.strip():
            raise Refused("declare.statement", "Ghi rõ xung đột lợi ích là gì.", ART_PROVINCE)
        declaration, _ = ConflictDeclaration.objects.update_or_create(
            item=row,
            seat=seat,
            defaults={"has_conflict": has_conflict, "statement": statement.strip()[:300], "at": at},
        )
    return declaration


def open_marking(item: SessionItem, *, by: User, at: datetime | None = None) -> MarkingRound:
    """Open a blind round. Raises Refused while a present member has not declared, or without a quorum."""
    at = at or clock.now()
    with transaction.atomic():
        row = _locked_item(item, by, ItemState.DECLARING, ItemState.BOARD, ItemState.MARKING)
        current = last_round(row)
        if row.state == ItemState.MARKING and current and current.closed_at is None:
            return current
        if (
            row.state == ItemState.BOARD
            and current
            and current.number not in discussion.parts(row.discussion)
        ):
            raise Refused(
                "round.discussion", "Ghi ý kiến thảo luận trước khi mở vòng chấm tiếp.", ART_PROVINCE
            )
        declared = set(row.declarations.values_list("seat_id", flat=True))
        silent = [seat for seat in _present_markers(row) if seat.pk not in declared]
        if silent:
            names = ", ".join(seat.user.full_name for seat in silent)
            raise Refused("round.declarations", f"Chưa khai báo xung đột lợi ích: {names}.", ART_PROVINCE)
        _require_quorum(row)
        number = (current.number if current else 0) + 1
        row.state = ItemState.MARKING
        row.save()
        return MarkingRound.objects.create(item=row, number=number, opened_at=at)


def _present_markers(row: SessionItem) -> list:
    present = set(row.session.attendance.filter(present=True).values_list("seat_id", flat=True))
    return [seat for seat in seats_on(row.session).marking() if seat.pk in present]


def _require_quorum(row: SessionItem, *, present: set[int] | None = None) -> None:
    found = quorum_of(row, present=present)
    if not found.met:
        lead = "" if found.lead_present else " Thiếu Chủ tịch hoặc Phó Chủ tịch được ủy quyền."
        what = "có mặt" if present is None else "nộp phiếu"
        raise Refused(
            "council.quorum",
            f"Chưa đủ điều kiện: {found.present}/{found.base} thành viên {what}, cần {found.needed}.{lead}",
            ART_PROVINCE,
        )


def close_marking(round: MarkingRound, *, by: User, at: datetime | None = None) -> MarkingRound:
    """The chair closes the round; the board opens for all at once. Members without a sheet are not counted.

    Raises Refused when the members who handed in do not make a quorum. Closing twice changes nothing.
    """
    at = at or clock.now()
    with transaction.atomic():
        locked_round = MarkingRound.objects.select_for_update().get(pk=round.pk)
        if locked_round.closed_at:
            return locked_round
        row = _locked_item(locked_round.item, by, ItemState.MARKING, chair=True)
        handed_in = list(locked_round.sheets.filter(state=SheetState.SUBMITTED).select_related("seat"))
        _require_quorum(row, present={sheet.seat_id for sheet in handed_in})
        locked_round.closed_at, locked_round.closed_by = at, by
        locked_round.save()
        row.state = ItemState.BOARD
        row.save()
        _collect_findings(row, handed_in, at)
    return locked_round


def _collect_findings(row: SessionItem, sheets: Sequence[ScoreSheet], at: datetime) -> None:
    """Grounds for dropping that members ticked become findings which the council confirms or rejects."""
    known = set(row.disqualifier_findings.values_list("text", "raised_by_id"))
    barred = barred_seats(row)
    for sheet in (one for one in sheets if one.seat_id not in barred):
        for tick in sheet.disqualifiers:
            if (tick["text"], sheet.seat_id) not in known:
                DisqualifierFinding.objects.create(
                    item=row,
                    text=tick["text"],
                    reason=f"{tick['reason']}\nMinh chứng: {tick['evidence']}",
                    raised_by=sheet.seat,
                    raised_at=at,
                )


def save_discussion(item: SessionItem, *, text: str, by: User) -> SessionItem:
    """Record what was said after the last round; each round keeps its own words, which go into the minutes."""
    with transaction.atomic():
        row = _locked_item(item, by, ItemState.BOARD)
        current = last_round(row)
        row.discussion = discussion.put(row.discussion, current.number if current else 1, text)
        row.save()
    return row


def settle_finding(
    finding: DisqualifierFinding, *, confirmed: bool, by: User, at: datetime | None = None
) -> None:
    """The council confirms or rejects a ground for dropping the dossier; recorded by the chair."""
    at = at or clock.now()
    with transaction.atomic():
        _locked_item(finding.item, by, ItemState.BOARD, chair=True)
        row = DisqualifierFinding.objects.select_for_update().get(pk=finding.pk)
        row.confirmed, row.confirmed_by, row.confirmed_at = confirmed, by, at
        row.save()


def save_agreed_sheet(
    item: SessionItem, *, answers: Mapping[str, int], by: User, at: datetime | None = None
) -> AgreedSheet:
    """Record the sheet that the session agreed on; every criterion needs its level. Raises Refused otherwise."""
    at = at or clock.now()
    with transaction.atomic():
        row = _locked_item(item, by, ItemState.BOARD)
        dossier = row.dossier
        try:
            outcome = evaluate(sheet_for(dossier), answers, dossier.case)
        except UnknownAnswer as error:
            raise Refused(
                "agreed.level", f"Mức không có trong bộ tiêu chí: {error.field}.", ART_PROVINCE
            ) from error
        if outcome.unscored:
            raise Refused(
                "agreed.missing",
                "Phiếu thống nhất còn thiếu: " + ", ".join(outcome.unscored) + ".",
                ART_PROVINCE,
            )
        agreed, _ = AgreedSheet.objects.update_or_create(
            item=row, defaults={"answers": dict(answers), "by": by, "at": at}
        )
    return agreed


def computed_result(item: SessionItem) -> CouncilResult:
    """What the last closed round comes to under the session's settings (nothing is written).

    Raises Refused when the policy of minimums needs the agreed sheet and there is none.
    """
    settings = settings_of(item.session)
    agreed = AgreedSheet.objects.filter(item=item).first()
    if settings.minimums_policy == "agreed" and agreed is None:
        raise Refused(
            "result.agreed",
            "Quy chế xét mức tối thiểu theo phiếu thống nhất: chưa ghi phiếu này.",
            ART_PROVINCE,
        )
    current = item.rounds.filter(closed_at__isnull=False).order_by("-number").first()
    barred = barred_seats(item)
    sheets = [
        MemberSheet(sheet.seat_id, sheet.answers, submitted=True, barred=sheet.seat_id in barred)
        for sheet in (current.sheets.filter(state=SheetState.SUBMITTED) if current else ())
    ]
    return council_result(
        sheet_for(item.dossier),
        sheets,
        item.dossier.case,
        settings=settings,
        agreed=agreed.answers if agreed else None,
        disqualified=item.disqualifier_findings.filter(confirmed=True).exists(),
    )


def close_item(item: SessionItem, *, by: User, at: datetime | None = None) -> Result:
    """Close the dossier's result and move it on: recognition, the centre, no rank, or dropped.

    Raises Refused when the spread asks for another round, a ground for dropping is not settled, or the quorum fails.
    A second press answers the first one's result.
    """
    at = at or clock.now()
    with transaction.atomic():
        SessionItem.objects.select_for_update().get(pk=item.pk)
        done = Result.objects.filter(item=item).first()
        if done:
            return done
        row = _locked_item(item, by, ItemState.BOARD, chair=True)
        current = last_round(row)
        if current is None:
            raise Refused("item.state", "Hồ sơ chưa có vòng chấm nào.", ART_PROVINCE)
        handed_in = set(current.sheets.filter(state=SheetState.SUBMITTED).values_list("seat_id", flat=True))
        _require_quorum(row, present=handed_in)
        if row.disqualifier_findings.filter(confirmed__isnull=True).exists():
            raise Refused(
                "result.findings",
                "Còn lý do loại hồ sơ chưa được Hội đồng xác nhận hay bác bỏ.",
                ART_PROVINCE,
            )
        settings = settings_of(row.session)
        result = computed_result(row)
        counting = current.sheets.filter(state=SheetState.SUBMITTED).exclude(seat_id__in=barred_seats(row))
        totals = [total for total in counting.values_list("total", flat=True) if total is not None]
        if result.ruling != "disqualified" and needs_discussion(totals, settings.spread_limit):
            raise Refused(
                "result.spread",
                f"Chênh lệch {result.spread} điểm, vượt {settings.spread_limit}: thảo luận rồi chấm lại một vòng.",
                ART_PROVINCE,
            )
        outcome = _outcome(result)
        Result.objects.filter(dossier=row.dossier, superseded_at__isnull=True).update(superseded_at=at)
        record = Result.objects.create(
            item=row,
            dossier=row.dossier,
            outcome=outcome,
            points=result.total,
            band=result.band,
            stars=result.stars,
            counted=result.sheets,
            spread=int(result.spread),
            closed_by=by,
            closed_at=at,
            missed=[{"criterion": v.criterion, "star": v.star, "needed": v.needed} for v in result.unmet],
            settings=row.session.settings,
        )
        row.state = ItemState.CLOSED
        row.save()
        advance(row.dossier, _VERB_OF[outcome], by=by, at=at)
    return record


def _outcome(result: CouncilResult) -> Outcome:
    if result.ruling == "disqualified":
        return Outcome.DISQUALIFIED
    if result.ruling == "potential_five":
        return Outcome.POTENTIAL_FIVE
    return Outcome.RECOGNISE if (result.stars or 0) >= 3 else Outcome.NOT_RANKED


def close_session(
    session: CouncilSession, *, by: User, notes: str = "", at: datetime | None = None
) -> CouncilSession:
    """Close the meeting. Raises Refused while a dossier on the agenda has been opened and not closed."""
    at = at or clock.now()
    with transaction.atomic():
        row = _locked_session(session, by)
        started = row.items.filter(removed_at__isnull=True).exclude(
            state__in=(ItemState.WAITING, ItemState.CLOSED)
        )
        if started.exists():
            raise Refused("session.items", "Còn hồ sơ đang chấm chưa chốt.", ART_PROVINCE)
        for waiting in row.items.filter(removed_at__isnull=True, state=ItemState.WAITING):
            advance(
                waiting.dossier, "take_off_agenda", by=by, at=at, reason="Phiên họp kết thúc, chưa đến lượt."
            )
            waiting.removed_at = at
            waiting.save()
        row.state, row.closed_at, row.notes = SessionState.CLOSED, at, notes.strip() or row.notes
        row.save()
    return row


def markers_waiting(item: SessionItem) -> list[str]:
    """Names of the members who still have to hand in their sheet of the open round; nothing of what they marked."""
    current = last_round(item)
    if current is None or current.closed_at:
        return []
    handed_in = set(current.sheets.filter(state=SheetState.SUBMITTED).values_list("seat_id", flat=True))
    return [seat.user.full_name for seat in marking_seats(item) if seat.pk not in handed_in]
