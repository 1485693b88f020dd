"""Measuring indicators: for units at any stage of the administration, on any day, by any split.

A fact belongs to the unit of then. What a unit counts are the facts of the units that it covers (`units.UnitCover`):
its subtree over its life and what these wholly absorbed. So a district keeps its figure of 2024, and a commune of 2025
is compared with its parts of 2024 on the same ground.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Aggregate, Count, F, IntegerField, Q, QuerySet, Sum, Value

from ocop.kit.indicators import Facts, Figure, Indicator, Period
from ocop.reporting.rules import spans

WHOLE = None
TOGETHER = 25  # sets of facts that one query counts; an engine takes hundreds of parts, a person reading a log does not
Cells = dict[tuple[int, Any], int]
"""(unit, value of the split or None) to number."""


def year_to(day: date) -> Period:
    """From the first of January to the day."""
    return Period(date(day.year, 1, 1), day)


def standing_rows(facts: Facts, period: Period) -> QuerySet:
    """The facts that count: those of the last day, or the events of the period."""
    return facts.every_row.filter(*_counting(facts, period))


def _counting(facts: Facts, period: Period) -> list[Q]:
    """The conditions under which a fact counts."""
    begun = Q(**{f"{facts.begins}__lte": period.last})
    if facts.are_events:
        return [Q(**{f"{facts.begins}__gte": period.first}), begun]
    return [_standing_on(facts, period.last), begun]


def _standing_on(facts: Facts, day: date) -> Q:
    """Not ended before the day."""
    found = Q(**{f"{facts.ends}__isnull": True}) | Q(**{f"{facts.ends}__gte": day})
    for path in facts.gone:
        found &= Q(**{f"{path}__isnull": True}) | Q(**{f"{path}__gt": day})
    return found


def rows_behind(facts: Facts, period: Period, unit_id: int, split: str = "", value: Any = None) -> QuerySet:
    """The very rows of a figure; with `split`, those of one of its values."""
    rows = standing_rows(facts, period).filter(**{facts.holder: unit_id})
    found = facts.split(split) if split else None
    return rows.filter(**{found.path: value}) if found is not None else rows


def count(facts: Facts, period: Period, unit_ids: Iterable[int], split: str = "") -> Cells:
    """One query: the number of each unit, and of each value of the split."""
    holder = facts.holder
    rows = standing_rows(facts, period).filter(**{f"{holder}__in": list(unit_ids)})
    found = facts.split(split) if split else None
    names = [holder, *([found.path] if found is not None else [])]
    cells: Cells = {}
    for *key, number in rows.order_by().values_list(*names).annotate(_number=_amount(facts)):
        cells[key[0], key[1] if found is not None else WHOLE] = number or 0
    return cells


def _amount(facts: Facts) -> Aggregate:
    return Sum(facts.value) if facts.value else Count(facts.distinct or "pk", distinct=bool(facts.distinct))


def count_together(wanted: Sequence[Facts], period: Period, unit_ids: Sequence[int]) -> list[Cells]:
    """The numbers of many sets of facts, `TOGETHER` of them a query."""
    answers: list[Cells] = [{} for _ in wanted]
    alone = Value(unit_ids[0], IntegerField()) if len(unit_ids) == 1 else None  # nothing to group by
    for start in range(0, len(wanted), TOGETHER):
        parts = []
        for place, facts in enumerate(wanted[start : start + TOGETHER], start=start):
            rows = facts.every_row.filter(*_counting(facts, period), **{f"{facts.holder}__in": unit_ids})
            parts.append(
                rows.order_by()
                .values_list(Value(place, IntegerField()), alone or F(facts.holder))
                .annotate(_number=_amount(facts))
            )
        for place, unit_id, number in parts[0].union(*parts[1:], all=True):
            answers[place][unit_id, WHOLE] = int(number or 0)
    return answers


def figures(
    wanted: Iterable[Indicator], period: Period, unit_ids: Sequence[int], split: str = ""
) -> dict[str, dict[tuple[int, Any], Figure]]:
    """Indicator key to the figures of each unit; with a split one query per set of facts, without few for all.

    A unit without a fact has a figure of nought. The same facts are counted once, whoever names them.
    """
    chosen = list(wanted)
    named = {id(facts): facts for one in chosen for facts in (one.facts, one.of) if facts is not None}
    if split:
        known = {key: count(facts, period, unit_ids, split) for key, facts in named.items()}
    else:
        known = dict(zip(named, count_together(list(named.values()), period, unit_ids), strict=True))
    result = {}
    for one in chosen:
        top = known[id(one.facts)]
        bottom = known[id(one.of)] if one.of is not None else None
        keys = set(top) | set(bottom or ()) | ({(unit, WHOLE) for unit in unit_ids} if not split else set())
        result[one.key] = {
            key: Figure(top.get(key, 0), None if bottom is None else bottom.get(key, 0)) for key in keys
        }
    return result


def figure(indicator: Indicator, period: Period, unit_id: int) -> Figure:
    """The figure of one unit."""
    return figures([indicator], period, [unit_id])[indicator.key][unit_id, WHOLE]


def series(
    indicator: Indicator, periods: Sequence[Period], unit_ids: Sequence[int]
) -> dict[int, list[Figure]]:
    """The figures of each unit for many periods, in ascending order of their last days; one query per set of facts."""
    tops = _many(indicator.facts, periods, unit_ids)
    if indicator.of is None:
        return {unit: [Figure(number) for number in tops[unit]] for unit in unit_ids}
    bottoms = _many(indicator.of, periods, unit_ids)
    return {
        unit: [Figure(*pair) for pair in zip(tops[unit], bottoms[unit], strict=True)] for unit in unit_ids
    }


def _many(facts: Facts, periods: Sequence[Period], unit_ids: Sequence[int]) -> Mapping[int, list[int]]:
    holder = facts.holder
    rows = facts.every_row.filter(
        **{f"{holder}__in": list(unit_ids), f"{facts.begins}__lte": periods[-1].last}
    )
    answers = (
        _events(facts, rows, periods, holder) if facts.are_events else _spans(facts, rows, periods, holder)
    )
    nothing = [0] * len(periods)
    return {unit: answers.get(unit, nothing) for unit in unit_ids}


def _events(facts: Facts, rows: QuerySet, periods: Sequence[Period], holder: str) -> dict[int, list[int]]:
    bounds = [(period.first, period.last) for period in periods]
    rows = rows.filter(**{f"{facts.begins}__gte": min(first for first, _ in bounds)}).order_by()
    by_unit: dict[int, list[tuple[date, Any]]] = defaultdict(list)
    if facts.distinct:
        for unit, day, key in rows.values_list(holder, facts.begins, facts.distinct):
            by_unit[unit].append((day, key))
        return {unit: spans.keys_within(found, bounds) for unit, found in by_unit.items()}
    amount = Sum(facts.value) if facts.value else Count("pk")
    for unit, day, number in rows.values_list(holder, facts.begins).annotate(_number=amount):
        by_unit[unit].append((day, number or 0))
    return {unit: spans.within(found, bounds) for unit, found in by_unit.items()}


def _spans(facts: Facts, rows: QuerySet, periods: Sequence[Period], holder: str) -> dict[int, list[int]]:
    days = [period.last for period in periods]
    rows = rows.filter(_standing_on(facts, days[0])).order_by()
    by_unit: dict[int, list[Any]] = defaultdict(list)
    names = [holder, facts.begins, facts.ends, *facts.gone]
    if facts.distinct:
        for unit, first, last, *gone, key in rows.values_list(*names, facts.distinct):
            by_unit[unit].append((first, _last(last, gone), key))
        return {unit: spans.standing_keys(found, days) for unit, found in by_unit.items()}
    amount = Sum(facts.value) if facts.value else Count("pk")
    for unit, first, last, *gone, number in rows.values_list(*names).annotate(_number=amount):
        by_unit[unit].append((first, _last(last, gone), number or 0))
    return {unit: spans.standing(found, days) for unit, found in by_unit.items()}


def _last(last: date | None, gone: Sequence[date | None]) -> date | None:
    """The last day that counts: the end, or the eve of the first day on which it was gone."""
    ends = [day - timedelta(days=1) for day in gone if day is not None]
    return min([*ends, last] if last is not None else ends, default=None)
