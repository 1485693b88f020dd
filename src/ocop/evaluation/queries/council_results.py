"""What the dossier's own page tells of the council: the outcome to the producer, figures to council and province."""

from dataclasses import dataclass
from typing import Any

from ocop.accounts.models import User
from ocop.evaluation.enums import Outcome, SheetState
from ocop.evaluation.models import Dossier, MarkingRound, Result
from ocop.evaluation.models.dossier import AT_COMMUNE, DISTRICT_READERS, PROVINCE_READERS
from ocop.evaluation.queries.board import board_items
from ocop.evaluation.queries.record import Mark
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.rules.workflow import (
    ARRIVING,
    BEFORE_COUNCIL,
    EXPERTS_AT_WORK,
    INTAKE,
    READY,
    RETURNED_FROM_ABOVE,
)
from ocop.kit import formats
from ocop.rulebook.rules.result import mean_exact, round_half_up, spread
from ocop.rulebook.rules.sheet import Sheet

COUNCIL_SEATS = frozenset({"council.chair", "council.deputy", "council.member", "council.secretary"})
INSIDERS = COUNCIL_SEATS | frozenset(role.value for role in (*PROVINCE_READERS, *DISTRICT_READERS))
NOT_YET = frozenset({*AT_COMMUNE}) | ARRIVING | INTAKE | RETURNED_FROM_ABOVE | EXPERTS_AT_WORK

_TONES = {
    Outcome.RECOGNISE: ("leaf", "circle-check"),
    Outcome.POTENTIAL_FIVE: ("star", "star"),
    Outcome.FORWARD: ("water", "arrow-up"),
    Outcome.FALL_BACK: ("clay", "arrow-back-up"),
    Outcome.NOT_RANKED: ("grey", "ban"),
    Outcome.DISQUALIFIED: ("seal", "circle-x"),
}


def outcome_mark(result: Result) -> Mark:
    """Word, colour and icon of a council's result; a dropped dossier is no star and not one star."""
    known = Outcome(result.outcome)
    return Mark(known.label, *_TONES[known])


def tab_is_shown(roles: frozenset[str], dossier: Dossier) -> bool:
    """Insiders from the day the council has the dossier; the others once a session may have closed it."""
    if dossier.state in NOT_YET and not dossier.results.exists():
        return False
    if roles & INSIDERS:
        return True
    return bool(roles) and dossier.state not in READY | BEFORE_COUNCIL


@dataclass(frozen=True)
class ResultView:
    """A result on the dossier's tab."""

    result: Result
    mark: Mark
    stars: int | None
    missed: list[dict[str, Any]]
    figures: list[tuple[str, str]]  # empty for the producer's side
    rounds: list[dict[str, Any]]  # empty for the producer's side
    board: bool
    is_current: bool


def missed_lines(sheet: Sheet, result: Result) -> list[dict[str, Any]]:
    """Missed minimums in words: which criterion, which star, the level that was needed."""
    lines = []
    for one in result.missed:
        criterion = sheet.by_code.get(one["criterion"])
        if criterion is None:
            continue
        levels = criterion.levels_of(result.dossier.case if criterion.has_cases else None)
        needed = levels[one["needed"] - 1] if 0 < one["needed"] <= len(levels) else None
        lines.append(
            {
                "code": criterion.code,
                "name": criterion.name,
                "star": one["star"],
                "needed": f"{needed.text} ({needed.points} điểm)" if needed else "",
            }
        )
    return lines


def results_for(dossier: Dossier, user: User, roles: frozenset[str]) -> list[ResultView]:
    """The results of the dossier, the newest first, cut to what this person may see."""
    inside = bool(roles & INSIDERS)
    rows = list(dossier.results.select_related("item__session__council", "dossier").order_by("-closed_at"))
    boards = set(board_items(user).filter(dossier=dossier).values_list("pk", flat=True)) if inside else set()
    views = []
    for row in rows:
        if not inside and row.superseded_at is not None:
            continue
        views.append(
            ResultView(
                row,
                outcome_mark(row),
                row.stars,
                missed_lines(sheet_for(dossier), row),
                _figures(row) if inside else [],
                _rounds(row) if inside else [],
                row.item_id in boards,
                row.superseded_at is None,
            )
        )
    return views


def _figures(row: Result) -> list[tuple[str, str]]:
    return [
        ("Điểm trung bình", formats.points(row.points)),
        ("Khung điểm", f"{row.band} sao" if row.band else ""),
        ("Số phiếu tính", str(row.counted)),
        ("Chênh lệch cao nhất – thấp nhất", f"{row.spread} điểm" if row.spread is not None else ""),
        ("Phiên họp", f"{row.item.session} – {row.item.session.council.name}"),
    ]


def _rounds(row: Result) -> list[dict[str, Any]]:
    """Each closed round in three figures; the sheets themselves lie on the board only."""
    rounds = MarkingRound.objects.filter(item=row.item_id, closed_at__isnull=False).prefetch_related("sheets")
    barred = set(row.item.declarations.filter(has_conflict=True).values_list("seat_id", flat=True))
    lines = []
    for one in rounds.order_by("number"):
        totals = [
            sheet.total or 0
            for sheet in one.sheets.all()
            if sheet.state == SheetState.SUBMITTED and sheet.seat_id not in barred
        ]
        mean = round_half_up(mean_exact(totals)) if totals else None
        lines.append(
            {
                "number": one.number,
                "closed_at": one.closed_at,
                "sheets": len(totals),
                "mean": mean,
                "spread": spread(totals),
            }
        )
    return lines
