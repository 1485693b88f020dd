"""Measures of quality: the check of overlaps over a year's programme."""

from datetime import date, timedelta
from random import Random
from statistics import median

from ocop.kit.bench import Bench, seconds
from ocop.quality.rules.overlap import Planned, overlaps

VISITS = 5_000
PRODUCERS = 1_200
GAP = 90


def planned() -> list[Planned]:
    """The visits of a year: each producer about four times, spans of one to thirty days."""
    chance = Random(2026)  # noqa: S311 - the same visits at every run
    rows = []
    for key in range(VISITS):
        first = date(2026, 1, 1) + timedelta(days=chance.randrange(335))
        last = first + timedelta(days=chance.randrange(30))
        rows.append(Planned(key, chance.randrange(PRODUCERS), first, last))
    return rows


def overlap_check() -> float:
    """Processor seconds to find every overlap of a year's visits."""
    rows = planned()
    return median(seconds(lambda: overlaps(rows, GAP), times=5, warm=1))


BENCHES = [
    Bench(
        "overlaps", f"overlap check of {VISITS:,} planned visits", bar=1, unit="seconds of one core",
        run=overlap_check, for_scale=True,
    )
]  # fmt: skip
