"""Papers of a session as Word: minutes, and every member's score sheet once the result is closed (Art. 7.3).

They are kept as they were made; the office may replace the templates. File names hold no person's name.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.evaluation.actions.office_templates import fill
from ocop.evaluation.enums import ItemState, SheetState
from ocop.evaluation.models import CouncilSession, GeneratedPaper, ScoreSheet, SessionItem
from ocop.evaluation.papers.marks import SHORTENED, UNCHECKED
from ocop.evaluation.permissions import may_run_desk
from ocop.evaluation.queries.council import barred_seats, council_roles, seats_on
from ocop.evaluation.queries.council_papers import MINUTES, SCORE_SHEET, session_items_closed
from ocop.evaluation.queries.council_results import missed_lines
from ocop.evaluation.queries.session import statute_lines
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.queries.transition import law_of
from ocop.evaluation.rules import discussion
from ocop.evaluation.rules.workflow import ARTICLES_26
from ocop.files.actions import store_generated
from ocop.kit import clock, formats
from ocop.kit.errors import Refused, require
from ocop.kit.registry import announce
from ocop.rulebook.rules.result import mean_exact, round_half_up, spread

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MINUTES_TEMPLATE = "evaluation/bien-ban-hoi-dong.docx"
SHEET_TEMPLATE = "evaluation/phieu-cham-thanh-vien.docx"


def make_minutes(session: CouncilSession, *, by: User, at: datetime | None = None) -> GeneratedPaper:
    """Make the minutes of the dossiers closed so far. Raises Refused while none is, Forbidden for who is no desk."""
    at = at or clock.now()
    require(may_run_desk(council_roles(session, by)))
    items = session_items_closed(session)
    if not items:
        raise Refused(
            "minutes.empty", "Chưa có hồ sơ nào chốt kết quả để ghi biên bản.", law_of(session).ranking
        )
    context = _minutes(session, items)
    word, template = fill(
        MINUTES_TEMPLATE, context, province=session.council.province, day=clock.local_day(at)
    )
    with transaction.atomic():
        file = store_generated(
            word,
            name=f"bien-ban-{session.held_on:%Y-%m-%d}-{session.pk}.docx",
            content_type=WORD,
            by=by,
            at=at,
        )
        row = GeneratedPaper.objects.create(
            session=session, kind=MINUTES, file=file, by=by, at=at, template=template
        )
        announce("council.minutes_made", by=by, subject=session, paper=row.pk)
    return row


def _minutes(session: CouncilSession, items: list[SessionItem]) -> dict[str, Any]:
    attendance = {one.seat_id: one for one in session.attendance.all()}
    seats = list(seats_on(session))
    chair = next((seat for seat in seats if seat.pk in attendance and attendance[seat.pk].presides), None)
    answered: set[int] = set()
    if session.is_written:
        chair = next((seat for seat in seats if seat.role == "chair"), None)
        sheets = ScoreSheet.objects.filter(round__item__in=items, state=SheetState.SUBMITTED)
        answered = set(sheets.values_list("seat_id", flat=True))
    secretary = next((seat for seat in seats if seat.role == "secretary"), None)
    province = session.council.province
    return {
        "unchecked": UNCHECKED,
        "province": province.title,
        "place": province.name,
        "province_upper": session.council.home.title.upper(),
        "council": session.council.name,
        "decision": f"{session.council.decision_number} ngày {session.council.decision_on:%d/%m/%Y}",
        "law": items[0].dossier.law.decision if items else ARTICLES_26.decision,
        **_manner(session),
        "held_on": formats.day(session.held_on),
        "place_held": "không họp" if session.is_written else session.place or "................",
        "opened_at": formats.moment(session.opened_at),
        "closed_at": formats.moment(session.closed_at) or "................",
        "people": [
            {
                "name": seat.user.full_name,
                "role": seat.get_role_display(),
                "agency": seat.agency.name,
                "present": _present(session, seat.pk, attendance, answered),
            }
            for seat in seats
        ],
        "statute": [
            {
                "label": line.label,
                "value": line.value,
                "source": line.source + ("" if line.confirmed else " (chưa xác nhận)"),
            }
            for line in statute_lines(session)
        ],
        "results": [_result(item) for item in items],
        "notes": [*_to_meeting(session), *(line for line in session.notes.splitlines() if line.strip())]
        or ["Không có ý kiến khác."],
        "chair": chair.user.full_name if chair else "",
        "secretary": secretary.user.full_name if secretary else "",
    }


def _manner(session: CouncilSession) -> dict[str, str]:
    """How the council gave its opinion, in the words of the paper: in a meeting, or in writing (Art. 7.6)."""
    if session.is_written:
        return {
            "what": "Lấy ý kiến bằng văn bản của",
            "time": f"xin ý kiến ngày {formats.day(session.held_on)}, hạn trả lời hết ngày "
            f"{formats.day(session.answer_by)}; không họp (Điều 7 khoản 6 Quyết định 26/2026/QĐ-TTg)",
            "here": "Trả lời",
            "closing": "Phiếu của từng thành viên được lưu kèm biên bản.",
            "chair_title": "CHỦ TỊCH HỘI ĐỒNG",
        }
    closed = formats.moment(session.closed_at) or "................"
    return {
        "what": "Họp",
        "time": f"ngày {formats.day(session.held_on)}; khai mạc {formats.moment(session.opened_at)}, bế mạc {closed}",
        "here": "Có mặt",
        "closing": "Biên bản được đọc lại trước các thành viên dự họp và thông qua.",
        "chair_title": "CHỦ TRÌ PHIÊN HỌP",
    }


def _to_meeting(session: CouncilSession) -> list[str]:
    """The dossiers on which the written opinions did not agree, each with why it goes to a meeting."""
    rows = session.items.exclude(meeting_reason="").select_related("dossier__product")
    return [
        f"Chuyển sang họp: {row.dossier.product.name} ({row.dossier.code}). {row.meeting_reason}"
        for row in rows
    ]


def _present(session: CouncilSession, seat: int, attendance: dict[int, Any], answered: set[int]) -> str:
    """Whether a seat was there, or answered in writing."""
    if session.is_written:
        return "Có" if seat in answered else "Không"
    return "Có" if seat in attendance and attendance[seat].present else "Vắng"


def _rounds(item: SessionItem) -> list[str]:
    """What each round came to, where there were several, and what was said after it."""
    said = discussion.parts(item.discussion)
    closed = list(item.rounds.filter(closed_at__isnull=False).order_by("number"))
    barred = barred_seats(item)
    lines = []
    for one in closed:
        sheets = one.sheets.filter(state=SheetState.SUBMITTED).exclude(seat__in=barred)
        totals = [total for total in sheets.values_list("total", flat=True) if total is not None]
        if len(closed) > 1 and totals:
            lines.append(
                f"Vòng {one.number}: {len(totals)} phiếu, điểm trung bình "
                f"{formats.points(round_half_up(mean_exact(totals)))}, cao nhất {formats.points(max(totals))}, "
                f"thấp nhất {formats.points(min(totals))}, chênh lệch {formats.points(spread(totals))} điểm."
            )
        if one.number in said:
            lines.append(f"Thảo luận sau vòng {one.number}: {said[one.number]}")
    return lines


def _result(item: SessionItem) -> dict[str, Any]:
    row, dossier = item.result, item.dossier
    stars = f", {row.stars} sao" if row.stars else ""
    barred = item.declarations.filter(has_conflict=True).select_related("seat__user")
    lines = [f"Không chấm do xung đột lợi ích: {one.seat.user.full_name}. {one.statement}" for one in barred]
    lines += _rounds(item)
    lines += [
        f"Mức tối thiểu {one['star']} sao không đạt: {one['code']}. {one['name']}, cần {one['needed']}."
        for one in missed_lines(sheet_for(dossier), row)
    ]
    for finding in item.disqualifier_findings.all():
        verdict = "Hội đồng xác nhận" if finding.confirmed else "Hội đồng bác"
        lines.append(f"Trường hợp loại được nêu: {finding.text}. Lý do: {finding.reason}. {verdict}.")
    if hasattr(item, "agreed_sheet"):
        total = sum(1 for _ in item.agreed_sheet.answers)
        lines.append(f"Phiếu thống nhất gồm {total} tiêu chí ghi tại phiên họp, dùng để xét mức tối thiểu.")
    return {
        "position": item.position,
        "code": dossier.code,
        "product": dossier.product.name,
        "producer": dossier.producer.public_name,
        "counted": row.counted,
        "points": formats.points(row.points) or "–",
        "spread": "–" if row.spread is None else row.spread,
        "outcome": f"{row.get_outcome_display()}{stars}",
        "lines": lines or ["Không có ý kiến khác."],
    }


def make_score_sheets(item: SessionItem, *, by: User, at: datetime | None = None) -> list[GeneratedPaper]:
    """Make the score sheets of the counted round, one file a member, only after the result is closed.

    Made once: a second press answers those that there are. Raises Refused before closing; Forbidden for who is not
    the desk.
    """
    at = at or clock.now()
    require(may_run_desk(council_roles(item.session, by)))
    with transaction.atomic():
        row = SessionItem.objects.select_for_update().get(pk=item.pk)
        if row.state != ItemState.CLOSED:
            raise Refused(
                "sheets.early", "Phiếu chấm chỉ in sau khi chốt kết quả hồ sơ.", item.dossier.law.ranking
            )
        known = GeneratedPaper.objects.filter(session=row.session, dossier=row.dossier, kind=SCORE_SHEET)
        if known.exists():
            return list(known)
        last = row.rounds.filter(closed_at__isnull=False).order_by("-number").first()
        sheets = ScoreSheet.objects.visible_to(by).filter(round=last, state=SheetState.SUBMITTED)
        made = []
        for number, sheet in enumerate(
            sheets.select_related("seat__user", "seat__agency").order_by("seat_id"), 1
        ):
            context = _sheet(row, sheet)
            word, template = fill(
                SHEET_TEMPLATE, context, province=row.session.council.province, day=clock.local_day(at)
            )
            file = store_generated(
                word, name=f"phieu-cham-{row.dossier.code}-{number}.docx", content_type=WORD, by=by, at=at
            )
            made.append(
                GeneratedPaper.objects.create(
                    session=row.session,
                    dossier=row.dossier,
                    kind=SCORE_SHEET,
                    file=file,
                    by=by,
                    at=at,
                    template=template,
                )
            )
        announce("council.sheets_made", by=by, subject=row, papers=len(made))
    return made


def _sheet(item: SessionItem, sheet: ScoreSheet) -> dict[str, Any]:
    dossier = item.dossier
    book = dossier.criteria_set.book
    province = item.session.council.province
    rows, by_section = [], []
    for section in sheet_for(dossier).sections:
        points = 0
        for criterion in section.criteria():
            place = sheet.answers.get(criterion.code) or 0
            levels = criterion.levels_of(dossier.case if criterion.has_cases else None)
            given = levels[place - 1].points if place else 0
            points += given
            rows.append(
                {
                    "name": f"{criterion.code}. {criterion.name}",
                    "level": levels[place - 1].text if place else "Không đạt mức nào",
                    "max": criterion.max,
                    "points": given,
                    "note": sheet.notes.get(criterion.code, ""),
                }
            )
        by_section.append(f"phần {section.code}: {points}/{section.max}")
    return {
        "unchecked": UNCHECKED,
        "shortened": SHORTENED if book.is_shortened else "",
        "province": province.title,
        "place": province.name,
        "province_upper": province.title.upper(),
        "product": dossier.product.name,
        "producer": dossier.producer.public_name,
        "code": dossier.code,
        "set": str(dossier.criteria_set),
        "book": str(book),
        "round": sheet.round.number,
        "occasion": str(item.session),
        "held_on": formats.day(item.session.held_on),
        "member": sheet.seat.user.full_name,
        "role": sheet.seat.get_role_display(),
        "agency": sheet.seat.agency.name,
        "rows": rows,
        "total": sheet.total,
        "sections": ", ".join(by_section),
        "ticks": sheet.disqualifiers,
        "opinion": sheet.opinion or "không",
        "submitted_at": formats.moment(sheet.submitted_at),
        "digest": sheet.digest[:16],
    }
