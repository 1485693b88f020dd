"""The board of a dossier: after the chair has closed a round everything lies open for the whole council at once.

At most 12 queries for the page, whatever the number of members, criteria and rounds. Who sees it: `board_item`.
"""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from ocop.accounts.models import User
from ocop.evaluation.enums import SheetState
from ocop.evaluation.models import (
    AgreedSheet,
    ConflictDeclaration,
    CouncilSession,
    DisqualifierFinding,
    MarkingRound,
    ScoreSheet,
    SessionItem,
)
from ocop.evaluation.queries.council import settings_of
from ocop.evaluation.queries.sheets import sheet_for
from ocop.evaluation.rules import discussion
from ocop.rulebook.rules.result import (
    CouncilResult,
    MemberSheet,
    MinimumVerdict,
    council_result,
    mean_exact,
    needs_discussion,
    round_half_up,
    spread,
)
from ocop.rulebook.rules.scoring import evaluate
from ocop.rulebook.rules.settings import ResultSettings
from ocop.rulebook.rules.sheet import Criterion, Section, Sheet


def board_items(user: User) -> QuerySet[SessionItem]:
    """Dossiers whose board exists for this person: in one's own sessions, a round closed, no conflict declared.

    The secretary reads along, for the minutes. Nobody else: officials of the province read the result and the papers.
    """
    barred = ConflictDeclaration.objects.filter(item=OuterRef("pk"), seat__user=user, has_conflict=True)
    closed = MarkingRound.objects.filter(item=OuterRef("pk"), closed_at__isnull=False)
    return (
        SessionItem.objects.filter(session__in=CouncilSession.objects.seated(user))
        .filter(Exists(closed), ~Exists(barred))
        .select_related(
            "session__council__province",
            "dossier__product",
            "dossier__producer",
            "dossier__criteria_set__book",
            "agreed_sheet",
            "result",
        )
        .prefetch_related(
            Prefetch(
                "rounds",
                MarkingRound.objects.filter(closed_at__isnull=False).order_by("number"),
                to_attr="closed",
            )
        )
    )


@dataclass(frozen=True)
class Member:
    """A column: who marked."""

    seat_id: int
    name: str
    short: str
    role: str
    agency: str
    barred: bool
    total: int


@dataclass(frozen=True)
class Cell:
    """What a member chose on a criterion; `place` 0 is "không đạt mức nào"."""

    place: int
    points: int
    text: str
    note: str
    highest: bool
    lowest: bool


@dataclass(frozen=True)
class Row:
    """A criterion over all members."""

    code: str
    name: str
    max: int
    cells: tuple[Cell, ...]
    mean: Decimal
    spread: int
    unmet: tuple[int, ...]  # stars whose minimum the council found not met


@dataclass(frozen=True)
class SectionRows:
    """Section A, B or C with its rows and its mean."""

    code: str
    name: str
    max: int
    mean: Decimal
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class MinimumLine:
    """A minimum in words: met or not, by how many sheets, how many more it takes."""

    verdict: MinimumVerdict
    name: str
    short_by: int


@dataclass(frozen=True)
class StarLine:
    """The minimums of one star."""

    star: int
    met: int
    total: int
    unmet: tuple[MinimumLine, ...]


@dataclass(frozen=True)
class Board:
    """One closed round, laid open."""

    round: MarkingRound
    members: tuple[Member, ...]
    sections: tuple[SectionRows, ...]
    result: CouncilResult | None
    spread: Decimal
    must_discuss: bool
    stars: tuple[StarLine, ...]
    waits_for_agreed: bool
    words: str


def sheets_of(item: SessionItem, user: User, number: int) -> list[ScoreSheet]:
    """Submitted sheets of a closed round, in the order of the seats; empty for who may not see them."""
    rows = ScoreSheet.objects.visible_to(user).filter(
        round__item=item, round__number=number, round__closed_at__isnull=False, state=SheetState.SUBMITTED
    )
    return list(rows.select_related("seat__user", "seat__agency").order_by("seat_id"))


def findings_of(item: SessionItem) -> list[DisqualifierFinding]:
    """Grounds for dropping the dossier that members raised in closed rounds."""
    return list(item.disqualifier_findings.select_related("raised_by__user", "confirmed_by"))


def board_of(item: SessionItem, round: MarkingRound, sheets: Sequence[ScoreSheet], barred: Set[int]) -> Board:
    """Lay a closed round open; no query of its own."""
    dossier = item.dossier
    sheet, case = sheet_for(dossier), dossier.case
    settings = settings_of(item.session)
    counted = [one for one in sheets if one.seat_id not in barred]
    totals = [one.total or 0 for one in counted]
    agreed: AgreedSheet | None = getattr(item, "agreed_sheet", None)
    waits = settings.minimums_policy == "agreed" and agreed is None
    result = _result(sheet, case, counted, settings, agreed) if counted and not waits else None
    unmet: dict[str, list[int]] = {}
    for verdict in result.unmet if result else ():
        unmet.setdefault(verdict.criterion, []).append(verdict.star)
    return Board(
        round=round,
        members=tuple(_member(one, barred) for one in sheets),
        sections=tuple(_section(sheet, one, sheets, counted, case, unmet) for one in sheet.sections),
        result=result,
        spread=spread(totals),
        must_discuss=needs_discussion(totals, settings.spread_limit),
        stars=tuple(_stars(sheet, result)) if result else (),
        waits_for_agreed=waits,
        words=discussion.parts(item.discussion).get(round.number, ""),
    )


def votes_of(board: Board) -> dict[str, list[tuple[int, int, int]]]:
    """criterion -> (place of the level, its points, by how many counted sheets), the most chosen first."""
    counted = [place for place, member in enumerate(board.members) if not member.barred]
    rows = [row for section in board.sections for row in section.rows]
    votes = {row.code: Counter((row.cells[i].place, row.cells[i].points) for i in counted) for row in rows}
    return {
        code: [(place, points, times) for (place, points), times in count.most_common()]
        for code, count in votes.items()
    }


def _result(
    sheet: Sheet,
    case: int | None,
    counted: Sequence[ScoreSheet],
    settings: ResultSettings,
    agreed: AgreedSheet | None,
) -> CouncilResult:
    rows = [MemberSheet(one.seat_id, one.answers) for one in counted]
    return council_result(sheet, rows, case, settings=settings, agreed=agreed.answers if agreed else None)


def _member(row: ScoreSheet, barred: Set[int]) -> Member:
    name = row.seat.user.full_name or row.seat.user.username
    words = name.split()
    short = " ".join([*(word[0] + "." for word in words[:-1][-2:]), words[-1]])
    return Member(
        row.seat_id,
        name,
        short,
        row.seat.get_role_display(),
        row.seat.agency.short_name or row.seat.agency.name,
        row.seat_id in barred,
        row.total or 0,
    )


def _section(
    sheet: Sheet, section: Section, sheets: Sequence, counted: Sequence, case: int | None, unmet: dict
) -> SectionRows:
    rows = tuple(
        _row(criterion, sheets, counted, case, tuple(sorted(unmet.get(criterion.code, ()))))
        for criterion in section.criteria()
    )
    totals = [evaluate(sheet, row.answers, case).sections[section.code] for row in counted]
    mean = round_half_up(mean_exact(totals)) if totals else Decimal(0)
    return SectionRows(section.code, section.name, section.max, mean, rows)


def _row(
    criterion: Criterion, sheets: Sequence, counted: Sequence, case: int | None, unmet: tuple[int, ...]
) -> Row:
    levels = criterion.levels_of(case if criterion.has_cases else None)

    def points(row: ScoreSheet) -> int:
        place = row.answers.get(criterion.code) or 0
        return levels[place - 1].points if place else 0

    given = [points(row) for row in counted]
    high, low = max(given, default=0), min(given, default=0)
    cells = []
    for row in sheets:
        place = row.answers.get(criterion.code) or 0
        worth = points(row)
        cells.append(
            Cell(
                place,
                worth,
                levels[place - 1].text if place else "Không đạt mức nào",
                row.notes.get(criterion.code, ""),
                high > low and worth == high and given.count(high) * 2 < len(given),
                high > low and worth == low and given.count(low) * 2 < len(given),
            )
        )
    mean = round_half_up(mean_exact(given)) if given else Decimal(0)
    return Row(criterion.code, criterion.name, criterion.max, tuple(cells), mean, high - low, unmet)


def _stars(sheet: Sheet, result: CouncilResult) -> list[StarLine]:
    lines = []
    for star in (3, 4, 5):
        verdicts = [verdict for verdict in result.verdicts if verdict.star == star]
        unmet = tuple(
            MinimumLine(
                verdict, sheet.by_code[verdict.criterion].name, verdict.sheets // 2 + 1 - verdict.met_by
            )
            for verdict in verdicts
            if not verdict.met
        )
        lines.append(StarLine(star, len(verdicts) - len(unmet), len(verdicts), unmet))
    return lines
