"""The score sheet as a page shows it: marks, points per section, what blocks and what unlocks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ocop.rulebook.rules.scoring import Outcome, Step, evaluate, what_unlocks
from ocop.rulebook.rules.sheet import Case, Criterion, Head, Level, Note, Sheet


@dataclass(frozen=True)
class LevelView:
    """A level to choose, place 0 being "không đạt mức nào"; it is the first that does for the star `unlocks`."""

    place: int
    points: int
    text: str
    chosen: bool
    unlocks: int | None
    implied: bool
    doubtful: str


@dataclass(frozen=True)
class CriterionView:
    """A criterion with its choices; `points` None when not scored; `blocks` are the stars it blocks."""

    code: str
    name: str
    max: int
    parent: str
    notes: tuple[Note, ...]
    case_label: str
    levels: tuple[LevelView, ...]
    place: int | None
    points: int | None
    blocks: tuple[int, ...]


@dataclass(frozen=True)
class HeadView:
    """A head with its criteria and the points so far."""

    number: int
    name: str
    max: int
    notes: tuple[Note, ...]
    points: int
    criteria: tuple[CriterionView, ...]


@dataclass(frozen=True)
class SectionView:
    """A section with its heads, the points so far and how many criteria wait for an answer."""

    code: str
    name: str
    max: int
    points: int
    unscored: int
    heads: tuple[HeadView, ...]


@dataclass(frozen=True)
class SimulationView:
    """A whole sheet on a page. `steps` say for 3, 4 and 5 stars what is missing and what would unlock it."""

    sheet: Sheet
    case: int | None
    cases: tuple[Case, ...]
    outcome: Outcome
    sections: tuple[SectionView, ...]
    steps: tuple[Step, ...]
    scored: int
    total: int

    @property
    def next_step(self) -> Step | None:
        """The next star above the present one, None at five stars."""
        return next((step for step in self.steps if step.star > self.outcome.stars), None)


def simulation_view(
    sheet: Sheet, answers: Mapping[str, int | None], case: int | None = None
) -> SimulationView:
    """The view of a sheet with the answers so far.

    For a set with cases and none chosen yet the first case is shown. Raises UnknownAnswer for an answer
    that the sheet does not have.
    """
    if sheet.cases and case is None:
        case = sheet.cases[0].number
    if not sheet.cases:
        case = None
    outcome = evaluate(sheet, answers, case)
    blocks: dict[str, list[int]] = {}
    for missed in outcome.missed:
        blocks.setdefault(missed.criterion, []).append(missed.star)
    sections = []
    for section in sheet.sections:
        heads = tuple(_head(head, answers, case, blocks) for head in section.heads)
        unscored = sum(one.place is None for head in heads for one in head.criteria)
        sections.append(
            SectionView(
                section.code, section.name, section.max, outcome.sections[section.code], unscored, heads
            )
        )
    total = len(sheet.criteria)
    return SimulationView(
        sheet=sheet,
        case=case,
        cases=sheet.cases,
        outcome=outcome,
        sections=tuple(sections),
        steps=what_unlocks(sheet, answers, case),
        scored=total - len(outcome.unscored),
        total=total,
    )


def _head(
    head: Head, answers: Mapping[str, int | None], case: int | None, blocks: Mapping[str, list[int]]
) -> HeadView:
    criteria = tuple(
        _criterion(criterion, answers.get(criterion.code), case, tuple(blocks.get(criterion.code, ())))
        for criterion in head.criteria
    )
    points = sum(criterion.points or 0 for criterion in criteria)
    return HeadView(head.number, head.name, head.max, head.notes, points, criteria)


def _criterion(
    criterion: Criterion, place: int | None, case: int | None, blocks: tuple[int, ...]
) -> CriterionView:
    own_case = case if criterion.has_cases else None
    levels = criterion.levels_of(own_case)
    label = next((one.label for one in criterion.cases if one.number == case), "")
    points = None if place is None else (levels[place - 1].points if place else 0)
    return CriterionView(
        code=criterion.code,
        name=criterion.name,
        max=criterion.max,
        parent=criterion.parent,
        notes=criterion.notes,
        case_label=label,
        levels=tuple(_levels(criterion, levels, place, own_case)),
        place=place,
        points=points,
        blocks=blocks,
    )


def _levels(
    criterion: Criterion, levels: tuple[Level, ...], place: int | None, case: int | None
) -> Iterator[LevelView]:
    unlocks = {
        criterion.place_for(minimum.points, case): minimum.star for minimum in criterion.minimums(case)
    }
    # The book's own zero level says "none" already; only a criterion without one gets the extra answer.
    if not criterion.prints_zero(case) or place == 0:
        yield LevelView(0, 0, NONE_OF_THEM, place == 0, None, False, "")
    for level in levels:
        yield LevelView(
            level.place,
            level.points,
            level.text,
            place == level.place,
            unlocks.get(level.place),
            level.implied,
            level.doubtful,
        )


NONE_OF_THEM = "Không đạt mức nào"
