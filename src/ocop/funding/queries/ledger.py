"""Totals of the ledger, out of one grouped query; whatever a page shows is summed from its lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from ocop.funding.models import Activity, FundEntry
from ocop.funding.rules.totals import Line
from ocop.units.models import Unit
from ocop.units.queries import covered_ids, predecessors

DIMENSIONS = ("source", "budget_level", "unit_id", "year", "activity_id", "kind")


@dataclass(frozen=True)
class LedgerFilter:
    """Which entries are summed; empty values narrow nothing."""

    first_year: int | None = None
    last_year: int | None = None
    source: str = ""
    clause: str = ""
    activity: int | None = None
    management: bool | None = None

    def apply(self, rows: QuerySet) -> QuerySet:
        """The rows that the filter leaves."""
        wanted: dict[str, Any] = {
            "year__gte": self.first_year,
            "year__lte": self.last_year,
            "source": self.source or None,
            "activity__clause": self.clause or None,
            "activity": self.activity,
            "activity__is_management": self.management,
        }
        return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def ledger_lines(rows: QuerySet[FundEntry]) -> list[Line]:
    """The sums of entries by source, budget level, unit, year, activity and stage; two queries."""
    management = set(Activity.objects.filter(is_management=True).values_list("pk", flat=True))
    grouped = rows.order_by().values_list(*DIMENSIONS).annotate(total=Sum("amount"))
    return [
        Line(*values, activity, kind, int(total), activity in management)  # type: ignore[call-arg]
        for *values, activity, kind, total in grouped.iterator(chunk_size=2000)
    ]


def names_of(unit_ids: Iterable[int]) -> dict[int, str]:
    """Titles of units by id, those that have ended with their last day; one query."""
    rows = Unit.objects.filter(pk__in=set(unit_ids)).only("name", "type", "valid_to")
    return {row.pk: row.title + (f" (đến {row.valid_to:%d/%m/%Y})" if row.valid_to else "") for row in rows}


def before(unit: Unit) -> list[tuple[Unit, bool]]:
    """The units from which a unit was made, all the way back, and whether each went into it whole."""
    found: dict[int, tuple[Unit, bool]] = {}
    ahead = [(unit, True)]
    while ahead:
        later, whole = ahead.pop()
        for step in predecessors(later):
            if step.predecessor_id not in found:
                found[step.predecessor_id] = (step.predecessor, whole and step.extent == "whole")
                ahead.append(found[step.predecessor_id])
    return sorted(found.values(), key=lambda pair: (pair[0].valid_from, pair[0].name))


def own_ids(unit: Unit) -> set[int]:
    """The unit and what lay in it over its life, without the units from which it was made: their money stays theirs."""
    return covered_ids(unit) - {earlier.pk for earlier, _ in before(unit)} | {unit.pk}
