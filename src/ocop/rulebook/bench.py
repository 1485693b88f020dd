"""Measures of the rulebook: functions that a bench runner calls; they print nothing and write nothing."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from ocop.kit.bench import Bench
from ocop.rulebook.loader import data_folder, sheet_document
from ocop.rulebook.located import read_located
from ocop.rulebook.rules.parse import parse_sheet
from ocop.rulebook.rules.scoring import evaluate
from ocop.rulebook.rules.sheet import Sheet

Filled = tuple[Sheet, dict[str, int | None], int | None]


@dataclass(frozen=True)
class Rate:
    """How many were done and how long it took, in seconds of one core."""

    done: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Done in a second."""
        return self.done / self.seconds


def sheets_of_book(file: str = "26-2026.yaml") -> list[Sheet]:
    """The sheets of a book straight from its file, without a database."""
    document = read_located(data_folder() / file).value
    return [
        parse_sheet(sheet_document(document, data))
        for group in document["groups"]
        for subgroup in group["subgroups"]
        for data in subgroup["sets"]
    ]


def filled_sheets(sheets: list[Sheet], count: int, seed: int = 26) -> Iterator[Filled]:
    """Sheets with an answer to every criterion, the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - sample data, no secret
    for index in range(count):
        sheet = sheets[index % len(sheets)]
        case = chance.choice(sheet.cases).number if sheet.cases else None
        answers: dict[str, int | None] = {
            criterion.code: chance.randint(0, len(criterion.levels_of(case if criterion.has_cases else None)))
            for criterion in sheet.criteria
        }
        yield sheet, answers, case


def scoring_rate(count: int = 20_000) -> Rate:
    """Full sheets of all 26 sets scored with their minimums, pure rules; the aim is 20,000 a second on one core."""
    sheets = sheets_of_book()
    batch = list(filled_sheets(sheets, min(count, 2_000)))
    for sheet, answers, case in batch[: len(sheets)]:
        evaluate(sheet, answers, case)
    done, start = 0, time.process_time()
    while done < count:
        for sheet, answers, case in batch:
            evaluate(sheet, answers, case)
        done += len(batch)
    return Rate(done, time.process_time() - start)


def simulate_bodies(count: int = 100) -> list[dict]:
    """Bodies for `POST /api/v1/simulate`, full sheets of all sets."""
    return [
        {"decision": sheet.decision, "set": sheet.number, "levels": answers}
        | ({"case": case} if case else {})
        for sheet, answers, case in filled_sheets(sheets_of_book(), count)
    ]


BENCHES = [
    Bench(
        "scoring",
        "full sheets with minimums, pure rules",
        20_000,
        "sheets/s",
        lambda: scoring_rate().per_second,
        at_least=True,
        for_scale=True,
    )
]
