"""Scoring one sheet (Decision 26/2026/QĐ-TTg, Article 4 and the notes under each sheet of Appendix II)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ocop.rulebook.rules.sheet import Band, Level, Missed, Sheet


class UnknownAnswer(ValueError):  # noqa: N818 - it names the answer that the sheet does not know
    """An answer names a criterion, a place or a case that the sheet does not have."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Outcome(NamedTuple):
    """What a sheet gives: points in all and per section, band by points, stars after the minimums.

    `missed` stands in book order, then by star, for every star whose minimum is not met; `unscored` are the
    criteria without an answer.
    """

    points: int
    sections: dict[str, int]
    band: int
    stars: int
    unscored: tuple[str, ...]
    missed: tuple[Missed, ...]

    @property
    def is_complete(self) -> bool:
        """True when every criterion has an answer, 0 included: only then may it be submitted."""
        return not self.unscored


def evaluate(sheet: Sheet, answers: Mapping[str, int | None], case: int | None = None) -> Outcome:
    """Score a sheet.

    An answer is the place of the level, 0 for "không đạt mức nào", None or absent for not scored.
    An unscored criterion counts 0 and fails its minimums. Raises UnknownAnswer for a criterion, place or case
    that the sheet does not have.
    """
    try:
        rows = sheet.rows(case)
    except KeyError:
        raise UnknownAnswer("case") from None
    totals = [0] * len(sheet.sections)
    missed: list[Missed] = []
    unscored: list[str] = []
    get = answers.get
    for code, section, known in rows:
        place = get(code)
        if place is None:
            unscored.append(code)
            missed += known[None][1]
            continue
        try:
            points, failing = known[place]
        except KeyError:
            raise UnknownAnswer(code) from None
        if points:
            totals[section] += points
        if failing:
            missed += failing
    if len(rows) - len(unscored) != len(answers):
        _refuse_unknown(sheet, answers)
    total = sum(totals)
    band = band_of(sheet.bands, total)
    return Outcome(
        total,
        dict(zip(sheet.section_codes, totals, strict=True)),
        band,
        stars_of(band, {one[1] for one in missed}),
        tuple(unscored),
        tuple(missed),
    )


def _refuse_unknown(sheet: Sheet, answers: Mapping[str, int | None]) -> None:
    for code in answers:
        if code not in sheet.by_code:
            raise UnknownAnswer(code)


def band_of(bands: Sequence[Band], points: int | Decimal | Fraction) -> int:
    """The star whose range holds the score: 90-100 five, from 70 four, 50 three, 30 two, below that one.

    Article 4. Bands are read from the highest down, so the upper end of a range is never in it.
    """
    for band in bands:
        if points >= band.at_least:
            return band.star
    return bands[-1].star


def stars_of(band: int, failing: set[int] | frozenset[int]) -> int:
    """The stars after the minimums: the highest s not above the band with the minimums of 3...s all met.

    `failing` are the stars with at least one minimum not met. When the minimums of 3 stars fail the
    result is at most 2. The decision does not write what follows a missed minimum; this is the house
    reading (notes under the sheets of Appendix II, Article 7.3 "đáp ứng tiêu chí theo quy định").
    """
    for star in range(3, band + 1):
        if star in failing:
            return star - 1
    return band


@dataclass(frozen=True)
class Unlock:
    """What blocks a star: the criterion, the place given, the first level that would do."""

    star: int
    criterion: str
    name: str
    section: str
    given: int | None
    given_points: int
    needed: Level


@dataclass(frozen=True)
class Step:
    """What a star still asks for: points to its band, and minimums of this and the lower stars."""

    star: int
    points_missing: int
    blockers: tuple[Unlock, ...]

    @property
    def is_open(self) -> bool:
        """True when nothing blocks the star."""
        return not self.points_missing and not self.blockers


def what_unlocks(
    sheet: Sheet, answers: Mapping[str, int | None], case: int | None = None
) -> tuple[Step, ...]:
    """For 3, 4 and 5 stars: the points still missing, the minimums that block, the level that unlocks each.

    A star also needs the minimums of the lower stars; where a criterion blocks at more than one star, the
    step of the higher star names the higher level once. Raises UnknownAnswer as `evaluate` does.
    """
    outcome = evaluate(sheet, answers, case)
    starts = {band.star: band.at_least for band in sheet.bands}
    section_of = {
        criterion.code: section.code for section in sheet.sections for criterion in section.criteria()
    }
    steps = []
    for star in (3, 4, 5):
        highest: dict[str, Missed] = {}
        for missed in outcome.missed:
            known = highest.get(missed.criterion)
            if missed.star <= star and (known is None or missed.needed >= known.needed):
                highest[missed.criterion] = missed
        blockers = tuple(_unlock(sheet, missed, section_of, case) for missed in highest.values())
        steps.append(Step(star, max(0, starts[star] - outcome.points), blockers))
    return tuple(steps)


def _unlock(sheet: Sheet, missed: Missed, section_of: Mapping[str, str], case: int | None) -> Unlock:
    criterion = sheet.by_code[missed.criterion]
    levels = criterion.levels_of(case if criterion.has_cases else None)
    given = missed.given
    return Unlock(
        star=missed.star,
        criterion=criterion.code,
        name=criterion.name,
        section=section_of[criterion.code],
        given=given,
        given_points=levels[given - 1].points if given else 0,
        needed=levels[missed.needed - 1],
    )
