"""Sheets of a wished total, for invented dossiers."""

from ocop.rulebook.models import CriteriaSet
from ocop.rulebook.rules.scoring import band_of, evaluate


def answers_worth(criteria_set: CriteriaSet, points: int, case: int | None = None) -> dict[str, int]:
    """Answers of exactly that total, with the minimums of the total's own band met.

    Starts from the top levels and lowers one level at a time, from the last criterion up, where that costs no star.
    Raises ValueError when that way leads to no such sheet.
    """
    sheet = criteria_set.sheet
    target = band_of(sheet.bands, points)
    answers, lowest = {}, {}
    for code, criterion in sheet.by_code.items():
        levels = criterion.levels_of(case if criterion.has_cases else None)
        lowest[code] = int(
            any(level.points == 0 for level in levels)
        )  # "none" is asked where no zero is printed
        answers[code] = max(levels, key=lambda level: level.points).place
    for code in reversed(list(answers)):
        while answers[code] > lowest[code] and evaluate(sheet, answers, case).points > points:
            lower = {**answers, code: answers[code] - 1}
            outcome = evaluate(sheet, lower, case)
            if outcome.points < points or outcome.stars < target:
                break
            answers = lower
    outcome = evaluate(sheet, answers, case)
    if (outcome.points, outcome.stars) != (points, target):
        raise ValueError(f"no sheet of {points} points found ({outcome.points}, {outcome.stars} stars)")
    return answers
