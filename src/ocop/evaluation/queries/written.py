"""Reads of written opinions: which re-evaluations may be asked, who has answered, how it stands. Never a mark."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from ocop.accounts.models import User
from ocop.evaluation.enums import DossierKind, ItemState, SessionKind, SessionState, SheetState
from ocop.evaluation.models import (
    Council,
    CouncilSession,
    Dossier,
    MarkingRound,
    MeetingWish,
    Seat,
    SessionItem,
)
from ocop.evaluation.queries.board import board_of
from ocop.evaluation.queries.council import (
    barred_seats,
    last_round,
    marking_seats,
    quorum_of,
    settings_of,
)
from ocop.evaluation.queries.council_results import INSIDERS
from ocop.evaluation.queries.session import ready_dossiers
from ocop.evaluation.rules.written import AskFacts, Opinions, may_close
from ocop.kit import clock, formats
from ocop.kit.errors import Refusal
from ocop.rulebook.queries import setting


def answer_days(province: str, day: date) -> int:
    """Days that members are given to answer unless the desk sets another last day."""
    return int(setting("written_answer_days", province, day))


def meeting_reason_of(dossier: Dossier) -> str:
    """Why the last written opinions on a dossier ended in a call for a meeting; "" when none did."""
    rows = SessionItem.objects.filter(dossier=dossier, session__kind=SessionKind.WRITTEN)
    found = rows.exclude(meeting_reason="").order_by("-pk").values_list("meeting_reason", flat=True)
    return found.first() or ""


def with_meeting_reason(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """The dossiers with `meeting_reason`, "" or None where none is known."""
    items = SessionItem.objects.filter(dossier=OuterRef("pk"), session__kind=SessionKind.WRITTEN)
    last = items.exclude(meeting_reason="").order_by("-pk").values("meeting_reason")[:1]
    return rows.annotate(meeting_reason=Subquery(last))


def ask_facts(dossier: Dossier) -> AskFacts:
    """What decides whether a dossier may be put to written opinions."""
    return AskFacts(
        is_renewal=dossier.kind == DossierKind.RENEWAL,
        flow=dossier.flow_key,
        waits_for_council=dossier.state == "council_ready",
        meeting_reason=meeting_reason_of(dossier),
    )


def askable_dossiers(council: Council) -> list[Dossier]:
    """Re-evaluations of the council's province that wait and were not sent to a meeting; one query."""
    rows = ready_dossiers(council).filter(kind=DossierKind.RENEWAL, flow_key="26-2026")
    return [row for row in with_meeting_reason(rows) if not row.meeting_reason]  # type: ignore[attr-defined]


def default_last_day(council: Council) -> date:
    """The last day that the form proposes."""
    today = clock.today()
    return today + timedelta(days=answer_days(council.province.code, today))


def opinions_of(item: SessionItem) -> Opinions:
    """The counted sheets of the round that was just closed, as the rules look at them."""
    current = item.rounds.filter(closed_at__isnull=False).order_by("-number").first()
    if current is None:
        raise ValueError("no closed round")
    barred, settings = barred_seats(item), settings_of(item.session)
    sheets = list(
        current.sheets.filter(state=SheetState.SUBMITTED)
        .exclude(seat__in=barred)
        .select_related("seat__user", "seat__agency")
    )
    board = board_of(item, current, sheets, barred)
    result = board.result
    wishes = MeetingWish.objects.filter(round=current, seat__in=[one.seat_id for one in sheets])
    return Opinions(
        totals=tuple(one.total or 0 for one in sheets),
        band=(result.band or 0) if result else 0,
        verdicts=result.verdicts if result else (),
        spread_limit=settings.spread_limit,
        needs_agreed_sheet=board.waits_for_agreed,
        wishes=tuple(wishes.values_list("reason", flat=True)),
        disqualifiers=tuple(item.disqualifier_findings.values_list("text", flat=True)),
    )


def unanswered(item: SessionItem) -> list[Seat]:
    """Seats asked and still in force, without a conflict, that have not handed in."""
    current = last_round(item)
    handed = set(
        current.sheets.filter(state=SheetState.SUBMITTED).values_list("seat_id", flat=True) if current else ()
    )
    return [seat for seat in marking_seats(item) if seat.pk not in handed]


@dataclass(frozen=True)
class WrittenView:
    """How a written round stands for one dossier, and what its desk may press; no mark of anybody."""

    answered: int
    asked: int
    answer_by: date
    left: str
    is_over: bool
    refusals: tuple[Refusal, ...]
    wish: str

    @property
    def words(self) -> str:
        """In one line: "hạn 05/12/2026 (còn 7 ngày), đã có 5/9"."""
        last = f"hạn {formats.day(self.answer_by)} ({self.left})"
        return f"Lấy ý kiến bằng văn bản, {last}, đã có {self.answered}/{self.asked}"


def written_view(item: SessionItem, today: date) -> WrittenView | None:
    """The view of a dossier in a written round; None for one in a meeting."""
    session = item.session
    if not session.is_written or session.answer_by is None:
        return None
    current = last_round(item)
    seats = {seat.pk for seat in marking_seats(item)}
    handed = set(
        current.sheets.filter(state=SheetState.SUBMITTED).values_list("seat_id", flat=True) if current else ()
    )
    refusals = list(may_close(len(seats - handed), session.answer_by, today))
    found = quorum_of(item, present=handed)
    if not refusals and not found.met:
        lead = "" if found.lead_present else ", trong đó có phiếu của người chủ trì"
        refusals = [
            Refusal("council.quorum", f"Mới có {found.present}/{found.base} phiếu, cần {found.needed}{lead}.")
        ]
    return WrittenView(
        answered=len(seats & handed),
        asked=len(seats),
        answer_by=session.answer_by,
        left=formats.distance(session.answer_by, today)[0],
        is_over=session.state == SessionState.CLOSED
        or item.removed_at is not None
        or item.state == ItemState.CLOSED,
        refusals=tuple(refusals),
        wish=item.meeting_reason,
    )


def own_wish(round: MarkingRound | None, user: User) -> str:
    """The person's own reason for a meeting in this round; "" without one."""
    if round is None:
        return ""
    row = MeetingWish.objects.filter(round=round, seat__user=user).first()
    return row.reason if row else ""


def council_facts(dossier: Dossier, roles: frozenset[str], today: date) -> list[tuple[str, str]]:
    """Lines for the record of a re-evaluation before the council: in writing until when, or that it has to meet.

    Why it has to meet tells of marks, so only the council and the province's officials read it.
    """
    if dossier.kind != DossierKind.RENEWAL or dossier.state not in ("council_ready", "in_session"):
        return []
    if dossier.state == "in_session":
        item = SessionItem.objects.filter(dossier=dossier, removed_at__isnull=True).exclude(
            state=ItemState.CLOSED
        )
        row = item.filter(session__kind=SessionKind.WRITTEN).select_related("session__council").first()
        view = written_view(row, today) if row else None
        return [("Hội đồng", view.words)] if view else []
    reason = meeting_reason_of(dossier)
    if not reason:
        return []
    return [("Hội đồng", f"Cần họp. {reason}" if roles & INSIDERS else "Cần họp Hội đồng.")]


def round_context(session: CouncilSession, today: date) -> dict[str, Any]:
    """What the page of a written round shows beside the agenda: last day, how far away, whether it passed."""
    if not session.is_written or session.answer_by is None:
        return {}
    return {
        "answer_by": session.answer_by,
        "answer_left": formats.distance(session.answer_by, today)[0],
        "answer_passed": today > session.answer_by,
        "asked_seats": session.attendance.count(),
    }
