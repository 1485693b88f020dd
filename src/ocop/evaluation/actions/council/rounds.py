"""A dossier before the council: called, conflicts declared, rounds of blind marking opened and closed (Art. 7.3)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.evaluation.actions.council.locks import locked_item, require_meeting, require_quorum
from ocop.evaluation.enums import ItemState, SheetState
from ocop.evaluation.models import (
    ConflictDeclaration,
    DisqualifierFinding,
    MarkingRound,
    ScoreSheet,
    SessionItem,
)
from ocop.evaluation.queries.council import (
    barred_seats,
    last_round,
    seat_of,
    seats_on,
)
from ocop.evaluation.rules import discussion
from ocop.kit import clock
from ocop.kit.errors import Refused


def start_item(item: SessionItem, *, by: User) -> SessionItem:
    """Call a dossier: members declare whether they have a conflict of interest before it opens."""
    with transaction.atomic():
        row = locked_item(item, by, ItemState.WAITING, ItemState.DECLARING)
        row.state = ItemState.DECLARING
        row.save()
    return row


def declare(
    item: SessionItem, *, by: User, has_conflict: bool, statement: str = "", at: datetime | None = None
) -> ConflictDeclaration:
    """A member declares; a conflict bars the member from this dossier, even when a sheet was started or handed in.

    "No conflict" may be said until marking opens, in writing by everybody in their own time; a conflict found later may
    still be declared until the result is closed, and is not taken back. Raises Refused without a marking seat, or
    without saying what the conflict is.
    """
    at = at or clock.now()
    with transaction.atomic():
        row = SessionItem.objects.select_for_update().get(pk=item.pk)
        seat = seat_of(row.session, by)
        if seat is None or not seat.marks:
            raise Refused(
                "declare.seat", "Bạn không phải thành viên chấm của phiên họp này.", row.dossier.law.ranking
            )
        if row.state == ItemState.CLOSED or row.removed_at:
            raise Refused(
                "declare.closed", "Hồ sơ đã chốt hoặc đã rút khỏi phiên họp.", row.dossier.law.ranking
            )
        opened = row.state not in (ItemState.WAITING, ItemState.DECLARING)
        known = row.declarations.filter(seat=seat).first()
        late = known.has_conflict if known else not row.session.is_written
        if opened and not has_conflict and late:
            raise Refused(
                "declare.late", "Hồ sơ đã mở chấm, không đổi khai báo được.", row.dossier.law.ranking
            )
        if has_conflict and not statement.strip():
            raise Refused("declare.statement", "Ghi rõ xung đột lợi ích là gì.", row.dossier.law.ranking)
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
        row = locked_item(item, by, ItemState.DECLARING, ItemState.BOARD, ItemState.MARKING)
        require_meeting(row.session)
        current = last_round(row)
        if row.state == ItemState.MARKING and current and current.closed_at is None:
            return current
        if (
            row.state == ItemState.BOARD
            and current
            and current.number not in discussion.parts(row.discussion)
        ):
            raise Refused(
                "round.discussion",
                "Ghi ý kiến thảo luận trước khi mở vòng chấm tiếp.",
                row.dossier.law.ranking,
            )
        declared = set(row.declarations.values_list("seat_id", flat=True))
        silent = [seat for seat in _present_markers(row) if seat.pk not in declared]
        if silent:
            names = ", ".join(seat.user.full_name for seat in silent)
            raise Refused(
                "round.declarations", f"Chưa khai báo xung đột lợi ích: {names}.", row.dossier.law.ranking
            )
        require_quorum(row)
        number = (current.number if current else 0) + 1
        row.state = ItemState.MARKING
        row.save()
        return MarkingRound.objects.create(item=row, number=number, opened_at=at)


def _present_markers(row: SessionItem) -> list:
    present = set(row.session.attendance.filter(present=True).values_list("seat_id", flat=True))
    return [seat for seat in seats_on(row.session).marking() if seat.pk in present]


def close_marking(
    round: MarkingRound, *, by: User, at: datetime | None = None, in_writing: bool = False
) -> MarkingRound:
    """The chair closes the round; the board opens for all at once. Members without a sheet are not counted.

    Raises Refused when the members who handed in do not make a quorum. Closing twice changes nothing.
    `in_writing`: pressed by `written.close_written`, which judges the opinions in the same transaction.
    """
    at = at or clock.now()
    with transaction.atomic():
        locked_round = MarkingRound.objects.select_for_update().get(pk=round.pk)
        if locked_round.closed_at:
            return locked_round
        row = locked_item(locked_round.item, by, ItemState.MARKING, chair=True)
        if not in_writing:
            require_meeting(row.session)
        handed_in = list(locked_round.sheets.filter(state=SheetState.SUBMITTED).select_related("seat"))
        require_quorum(row, present={sheet.seat_id for sheet in handed_in})
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
