"""A member's own score sheet: saved as often as wished, handed in once, locked from then on."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.evaluation.enums import SheetState
from ocop.evaluation.models import MarkingRound, ScoreSheet, Seat
from ocop.evaluation.queries.council import marking_seats
from ocop.evaluation.queries.sheets import sheet_for
from ocop.kit import clock
from ocop.kit.errors import Forbidden, Refused, Stale
from ocop.rulebook.rules.scoring import UnknownAnswer, evaluate


def _article(round: MarkingRound) -> str:
    """What the dossier of that round is marked by."""
    return round.item.dossier.law.ranking


def _own_seat(round: MarkingRound, by: User) -> Seat:
    seat = next((seat for seat in marking_seats(round.item) if seat.user_id == by.pk), None)
    if seat is None:
        raise Forbidden(
            "sheet.seat",
            "Bạn không chấm hồ sơ này: không có mặt, không phải thành viên chấm, hoặc có xung đột lợi ích.",
            _article(round),
        )
    if round.item.session.is_written and not round.item.declarations.filter(seat=seat).exists():
        raise Refused("sheet.declare", "Khai báo xung đột lợi ích trước khi chấm.", _article(round))
    return seat


def _open_sheet(round: MarkingRound, by: User) -> ScoreSheet:
    """The member's sheet of this round, locked; raises Refused after closing or after handing in."""
    locked = (
        MarkingRound.objects.select_for_update(of=("self",))
        .select_related("item__session", "item__dossier__criteria_set")
        .get(pk=round.pk)
    )
    seat = _own_seat(locked, by)
    if locked.closed_at:
        raise Refused("sheet.round_closed", "Chủ tịch Hội đồng đã khóa vòng chấm này.", _article(round))
    sheet, _ = ScoreSheet.objects.select_for_update().get_or_create(round=locked, seat=seat)
    sheet.round = locked
    return sheet


def start_sheet(round: MarkingRound, *, by: User) -> ScoreSheet:
    """The member's own sheet of the open round, made when it is first opened."""
    with transaction.atomic():
        return _open_sheet(round, by)


def save_sheet(
    round: MarkingRound,
    *,
    by: User,
    answers: Mapping[str, int | None] | None = None,
    notes: Mapping[str, str] | None = None,
    disqualifiers: Sequence[Mapping[str, str]] | None = None,
    opinion: str | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> ScoreSheet:
    """Keep part of a sheet: only what is given changes; an answer None is taken back.

    Raises Refused for a level that the book does not have, a disqualifier without a reason, a closed round or a sheet
    already handed in; Stale when the same member saved on another device since `version`.
    """
    at = at or clock.now()
    with transaction.atomic():
        sheet = _open_sheet(round, by)
        if sheet.state == SheetState.SUBMITTED:
            raise Refused("sheet.submitted", "Phiếu đã nộp, không sửa được nữa.", _article(round))
        if version is not None and sheet.version != version:
            raise Stale(
                "sheet.stale",
                "Phiếu này vừa được lưu ở thiết bị khác của bạn; hãy mở lại.",
                _article(round),
            )
        if answers is not None:
            merged = {**sheet.answers, **answers}
            sheet.answers = {code: place for code, place in merged.items() if place is not None}
            _check_levels(sheet)
        if notes is not None:
            sheet.notes = {
                code: text.strip() for code, text in {**sheet.notes, **notes}.items() if text.strip()
            }
        if disqualifiers is not None:
            sheet.disqualifiers = [_tick(sheet, tick) for tick in disqualifiers]
        if opinion is not None:
            sheet.opinion = opinion.strip()
        sheet.version += 1
        sheet.saved_at = at
        sheet.save()
    return sheet


def _check_levels(sheet: ScoreSheet) -> Any:
    dossier = sheet.round.item.dossier
    try:
        return evaluate(sheet_for(dossier), sheet.answers, dossier.case)
    except UnknownAnswer as error:
        raise Refused(
            "sheet.level",
            f"Mức không có trong bộ tiêu chí: {error.field}.",
            _article(sheet.round),
        ) from error


def _tick(sheet: ScoreSheet, tick: Mapping[str, str]) -> dict[str, str]:
    known = sheet_for(sheet.round.item.dossier).disqualifiers
    text, reason = tick.get("text", ""), tick.get("reason", "").strip()
    evidence = tick.get("evidence", "").strip()
    if text not in known:
        raise Refused(
            "sheet.disqualifier",
            "Trường hợp loại này không có trong bộ tiêu chí.",
            _article(sheet.round),
        )
    if not reason or not evidence:
        raise Refused(
            "sheet.disqualifier_reason",
            "Nêu lý do và minh chứng cho từng trường hợp loại hồ sơ đã chọn.",
            _article(sheet.round),
        )
    return {"text": text, "reason": reason, "evidence": evidence}


def copy_earlier_sheet(round: MarkingRound, *, by: User, at: datetime | None = None) -> ScoreSheet:
    """Take over one's own sheet of the round before as a start; what was already marked in this round stays.

    Raises Refused when one handed in no sheet in an earlier round, or may not mark any more.
    """
    at = at or clock.now()
    with transaction.atomic():
        sheet = _open_sheet(round, by)
        earlier = (
            ScoreSheet.objects.filter(
                round__item=sheet.round.item_id,
                round__number__lt=sheet.round.number,
                seat=sheet.seat_id,
                state=SheetState.SUBMITTED,
            )
            .order_by("-round__number")
            .first()
        )
        if earlier is None:
            raise Refused("sheet.no_earlier", "Bạn chưa nộp phiếu ở vòng trước.", _article(round))
        return save_sheet(
            round,
            by=by,
            answers={**earlier.answers, **sheet.answers},
            notes={**earlier.notes, **sheet.notes},
            disqualifiers=sheet.disqualifiers or earlier.disqualifiers,
            at=at,
        )


def submit_sheet(round: MarkingRound, *, by: User, at: datetime | None = None) -> ScoreSheet:
    """Hand the sheet in; it is locked from then on. Every criterion needs an answer, "không đạt mức nào" included.

    Handing in twice answers the sheet that was handed in.
    """
    at = at or clock.now()
    with transaction.atomic():
        sheet = _open_sheet(round, by)
        if sheet.state == SheetState.SUBMITTED:
            return sheet
        outcome = _check_levels(sheet)
        if outcome.unscored:
            raise Refused(
                "sheet.incomplete",
                "Còn tiêu chí chưa chấm: " + ", ".join(outcome.unscored) + ".",
                _article(round),
            )
        sheet.total = outcome.points
        sheet.state, sheet.submitted_at = SheetState.SUBMITTED, at
        content = {"answers": sheet.answers, "notes": sheet.notes, "disqualifiers": sheet.disqualifiers}
        sheet.digest = hashlib.sha256(
            json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
        ).hexdigest()
        sheet.save()
    return sheet
