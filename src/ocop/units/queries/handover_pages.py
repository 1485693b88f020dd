"""What the pages of handovers show: the days, the table from agency to agency, the list of waiting rows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from ocop.kit import registry
from ocop.kit.text import fold
from ocop.units.models import Agency, Handover, HandoverDoubt, Unit
from ocop.units.models.handover import HandoverDoubtQuerySet
from ocop.units.queries.handover import Preview, candidates_of
from ocop.units.queries.lineage import heirs_on
from ocop.units.queries.tree import full_names

DAY = timedelta(days=1)


@dataclass(frozen=True)
class CeasingDay:
    """A day on which successors begin: how many units and agencies ended on its eve, and the handover if done.

    `went_with` is a later day whose handover took along what was open of this one.
    """

    day: date
    units: int
    agencies: int
    handover: Handover | None
    went_with: date | None


def ceasing_days(province: Unit) -> list[CeasingDay]:
    """Every day on which successors begin in the province, latest first; three queries."""
    ends = Unit.objects.covered_by(province).filter(valid_to__isnull=False).values_list("valid_to", flat=True)
    units = Counter(end + DAY for end in ends if end)
    closed = Agency.objects.filter(unit__covers__holder=province, valid_to__isnull=False)
    agencies = Counter(end + DAY for end in closed.values_list("valid_to", flat=True) if end)
    done = {
        row.day: row for row in Handover.objects.filter(province__code=province.code).select_related("by")
    }
    last = max(done, default=None)
    return [
        CeasingDay(
            day,
            units[day],
            agencies[day],
            done.get(day),
            last if last and day < last and day not in done else None,
        )
        for day in sorted({*units, *agencies, *done}, reverse=True)
    ]


def choices_of(doubts: Iterable[HandoverDoubt], day: date) -> dict[int, list[Unit]]:
    """The communes that are most likely, by the id of the row: the candidates of then, followed to that day."""
    doubts = list(doubts)
    wanted = {pk for doubt in doubts for pk in doubt.candidates}
    heirs = heirs_on(Unit.objects.filter(pk__in=wanted), day)
    found: dict[int, list[Unit]] = {}
    for doubt in doubts:
        seen: dict[int, Unit] = {}
        for pk in doubt.candidates:
            seen.update({heir.pk: heir for heir in heirs.get(pk, [])})
        found[doubt.pk] = sorted(seen.values(), key=lambda unit: fold(unit.name))
    return found


@dataclass(frozen=True)
class Road:
    """What one agency gives to another: label and count of each part, None for none."""

    source: str
    target: str
    cells: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class RoadTable:
    """From agency to agency: the labels of the parts that move, and one line per pair, by who takes."""

    labels: tuple[str, ...]
    roads: tuple[Road, ...]


def road_table(lines: Iterable[Sequence[Any]]) -> RoadTable:
    """The table of lines (part, source, target, count), as a handover stores them."""
    lines = list(lines)
    moving = {line[0] for line in lines}
    parts = [part for part in registry.handover_parts if part.key in moving]
    counts: dict[tuple[str, str], Counter[str]] = {}
    for key, source, target, count in lines:
        counts.setdefault((target, source), Counter())[key] += count
    return RoadTable(
        tuple(part.label for part in parts),
        tuple(
            Road(source, target, tuple((part.label, found.get(part.key)) for part in parts))
            for (target, source), found in sorted(counts.items())
        ),
    )


def lines_of(seen: Preview) -> list[list[Any]]:
    """The lines of a preview: part, from, to, how many."""
    return [
        [one.part.key, line.source, line.target, line.count] for one in seen.parts for line in one.passing
    ]


@dataclass(frozen=True)
class Unplaced:
    """Rows of one old unit that wait for a choice: its name of then, how many of what, where they may belong."""

    name: str
    counts: tuple[tuple[str, int], ...]
    likely: tuple[str, ...]


def unplaced(seen: Preview) -> list[Unplaced]:
    """What a handover would put on the list, by old unit."""
    counts: dict[int, Counter[str]] = {}
    for one in seen.parts:
        for row in one.undecided:
            counts.setdefault(row.unit_id, Counter())[one.part.label] += 1
    units = [seen.change.units[pk] for pk in counts]
    candidates = candidates_of(seen.change)
    wanted = {pk for unit in units for pk in candidates.get(unit.pk, [])}
    names = {unit.pk: unit.title for unit in Unit.objects.filter(pk__in=wanted)}
    full = full_names(units, seen.change.eve)
    return [
        Unplaced(
            full[unit.pk],
            tuple(counts[unit.pk].items()),
            tuple(sorted((names[pk] for pk in candidates.get(unit.pk, [])), key=fold)),
        )
        for unit in sorted(units, key=lambda unit: unit.code)
    ]


def doubts_of(province: Unit) -> HandoverDoubtQuerySet:
    """The list of waiting and placed rows of a province."""
    rows = HandoverDoubt.objects.filter(handover__province__code=province.code)
    return rows.select_related("unit", "chosen", "by", "handover")


def old_units(province: Unit) -> list[tuple[Unit, int]]:
    """The old units with rows that wait, and how many; two queries."""
    counts = dict(
        doubts_of(province)
        .open()
        .order_by()
        .values("unit")
        .annotate(rows=Count("pk"))
        .values_list("unit", "rows")
    )
    return [(unit, counts[unit.pk]) for unit in Unit.objects.filter(pk__in=counts).order_by("name", "pk")]


@dataclass(frozen=True)
class DoubtLine:
    """A row of the list as it is shown: its name and page come from the app that knows it."""

    doubt: HandoverDoubt
    label: str
    url: str


def described(doubts: Iterable[HandoverDoubt]) -> list[DoubtLine]:
    """The rows with their names; a constant number of queries per kind of row."""
    doubts = list(doubts)
    names: dict[str, dict[str, tuple[str, str]]] = {}
    for key in {doubt.part for doubt in doubts}:
        part = registry.handover_parts.get(key)
        codes = [doubt.code for doubt in doubts if doubt.part == key]
        names[key] = part.describe(codes) if part else {}
    return [
        DoubtLine(doubt, *names[doubt.part].get(doubt.code, (f"{doubt.part_label} {doubt.code}", "")))
        for doubt in doubts
    ]
