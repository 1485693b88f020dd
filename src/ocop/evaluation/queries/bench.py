"""A member's own bench: evidence of one criterion, its levels, the running total, what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ocop.accounts.models import User
from ocop.evaluation.enums import SheetState
from ocop.evaluation.models import (
    CommuneReport,
    Dossier,
    ExpertReport,
    MarkingRound,
    ScoreSheet,
    Seat,
    SessionItem,
)
from ocop.evaluation.queries.council import last_round, seat_of
from ocop.evaluation.queries.evidence import Shown, shown
from ocop.evaluation.queries.sheets import sheet_for
from ocop.kit.text import fold
from ocop.rulebook.queries import simulation_view
from ocop.rulebook.rules.scoring import evaluate
from ocop.rulebook.rules.sheet import Criterion, Sheet
from ocop.rulebook.rules.view import CriterionView, SimulationView


def own_sheet(round: MarkingRound | None, user: User) -> ScoreSheet | None:
    """The person's own sheet of a round, None before it was begun."""
    if round is None:
        return None
    return (
        ScoreSheet.objects.visible_to(user)
        .filter(round=round, seat__user=user)
        .select_related("seat")
        .first()
    )


def follows(seat: Seat | None, sheet: Sheet) -> frozenset[str]:
    """Codes of the criteria that the member's department is advised to look at.

    An entry of `focus` is a criterion, a section, or words that stand in the name of a criterion or of its heading.
    """
    if seat is None or not seat.focus:
        return frozenset()
    wanted = [fold(entry) for entry in seat.focus]
    found = set()
    for section in sheet.sections:
        for head in section.heads:
            for criterion in head.criteria:
                if _wanted(criterion, section.code, head.name, wanted):
                    found.add(criterion.code)
    return frozenset(found)


def _wanted(criterion: Criterion, section: str, head: str, wanted: Sequence[str]) -> bool:
    words = fold(f"{criterion.name} {criterion.parent} {head}")
    exact = {fold(criterion.code), fold(section), fold(f"phần {section}")}
    return any(entry in exact or (len(entry) > 2 and entry in words) for entry in wanted)


@dataclass(frozen=True)
class Progress:
    """The bar under the bench: total, points by section, what is left."""

    total: int
    sections: list[dict[str, Any]]
    left: int
    of: int
    next_left: str


def progress_of(dossier: Dossier, answers: Mapping[str, int], *, after: str = "") -> Progress:
    """Points so far and the next criterion without an answer, first looked for behind `after`."""
    sheet = sheet_for(dossier)
    outcome = evaluate(sheet, answers, dossier.case)
    codes = [criterion.code for criterion in sheet.criteria]
    start = codes.index(after) + 1 if after in codes else 0
    waiting = set(outcome.unscored)
    next_left = next((code for code in codes[start:] + codes[:start] if code in waiting), "")
    by_section = [
        {
            "code": section.code,
            "points": outcome.sections[section.code],
            "max": section.max,
            "left": sum(one.code in waiting for one in section.criteria()),
        }
        for section in sheet.sections
    ]
    return Progress(outcome.points, by_section, len(waiting), len(codes), next_left)


@dataclass(frozen=True)
class Place:
    """Where one stands on the sheet: the criterion, its section and head, the neighbours."""

    criterion: CriterionView
    section: str
    section_name: str
    head: str
    number: int
    of: int
    before: str
    after: str


def place_of(view: SimulationView, code: str) -> Place | None:
    """The place of a criterion, None when the sheet has no such criterion."""
    rows = [
        (section, head, one) for section in view.sections for head in section.heads for one in head.criteria
    ]
    for index, (section, head, one) in enumerate(rows):
        if one.code == code:
            return Place(
                one,
                section.code,
                section.name,
                head.name,
                index + 1,
                len(rows),
                rows[index - 1][2].code if index else "",
                rows[index + 1][2].code if index + 1 < len(rows) else "",
            )
    return None


def bench_context(
    item: SessionItem, user: User, code: str, *, typed: Mapping[str, Any] | None = None
) -> dict[str, Any] | None:
    """What the bench shows for one criterion; None for a criterion that the book does not have.

    `typed` (level, note) replaces what is stored, so that a refused saving keeps what was typed on the page.
    """
    dossier = item.dossier
    current = last_round(item)
    sheet_row = own_sheet(current, user)
    answers = dict(sheet_row.answers) if sheet_row else {}
    notes = dict(sheet_row.notes) if sheet_row else {}
    view = simulation_view(sheet_for(dossier), answers, dossier.case)
    place = place_of(view, code)
    if place is None:
        return None
    chosen, note = answers.get(code), notes.get(code, "")
    if typed is not None:
        chosen, note = typed.get("level"), typed.get("note", "")
    seat = sheet_row.seat if sheet_row else seat_of(item.session, user)
    followed = follows(seat, sheet_for(dossier))
    evidence = evidence_of(dossier, code)
    return {
        "item": item,
        "dossier": dossier,
        "book": dossier.criteria_set.book,
        "round": current,
        "sheet": sheet_row,
        "version": sheet_row.version if sheet_row else 0,
        "locked": bool(sheet_row and sheet_row.state == SheetState.SUBMITTED)
        or not current
        or bool(current.closed_at),
        "place": place,
        "chosen": chosen,
        "note": note,
        "own_level": dossier.answers.get(code),
        "own_note": dossier.answer_notes.get(code, ""),
        "followed": code in followed,
        "evidence": evidence["of_criterion"],
        "general": evidence["general"],
        "expert": expert_note(dossier, code),
        "report": CommuneReport.objects.filter(dossier=dossier).first(),
        "progress": progress_of(dossier, answers, after=code),
        "steps": [
            {
                "section": section.code,
                "items": [_step(one, code, followed) for head in section.heads for one in head.criteria],
            }
            for section in view.sections
        ],
    }


def _step(one: CriterionView, here: str, followed: frozenset[str]) -> dict[str, Any]:
    return {
        "code": one.code,
        "here": one.code == here,
        "done": one.place is not None,
        "followed": one.code in followed,
    }


def evidence_of(dossier: Dossier, code: str) -> dict[str, list[Shown]]:
    """Evidence attached to the criterion and the papers attached to none, in the producer's order."""
    rows = dossier.evidence.filter(criterion__in=(code, "")).select_related(
        "paper", "paper_version__file", "file"
    )
    pieces = list(rows)
    return {
        "of_criterion": shown(piece for piece in pieces if piece.criterion == code),
        "general": shown(piece for piece in pieces if not piece.criterion),
    }


def expert_note(dossier: Dossier, code: str) -> dict[str, Any] | None:
    """The expert team's report and its remark on this criterion."""
    report = ExpertReport.objects.filter(dossier=dossier).first()
    if report is None:
        return None
    return {"note": report.criterion_notes.get(code, ""), "report": report}


def review_rows(item: SessionItem, sheet: ScoreSheet | None) -> SimulationView:
    """The whole own sheet to read through before handing in."""
    dossier = item.dossier
    return simulation_view(sheet_for(dossier), dict(sheet.answers) if sheet else {}, dossier.case)


def tick_rows(item: SessionItem, sheet: ScoreSheet | None) -> list[dict[str, Any]]:
    """The book's grounds for dropping a dossier with what the member ticked."""
    ticked = {tick["text"]: tick for tick in (sheet.disqualifiers if sheet else [])}
    return [
        {"number": number, "text": text, "tick": ticked.get(text)}
        for number, text in enumerate(sheet_for(item.dossier).disqualifiers, start=1)
    ]
