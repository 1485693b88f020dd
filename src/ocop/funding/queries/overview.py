"""The page of totals: every number summed from the lines of one query, each with the address of its rows."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlencode

from django.urls import reverse

from ocop.funding.enums import BudgetLevel, EntryKind, FundSource
from ocop.funding.models import Activity, FundEntry
from ocop.funding.queries.ledger import LedgerFilter, before, ledger_lines, names_of, own_ids
from ocop.funding.rules.totals import Line, Sums, grouped, pivot, whole
from ocop.units.models import Unit

STAGES: tuple[tuple[str, str], ...] = tuple((kind.value, str(kind.label)) for kind in EntryKind)


@dataclass(frozen=True)
class Row:
    """A row of totals: what it is, its four stages, where its rows are; `level` 1 stands indented."""

    label: str
    sums: Sums
    links: dict[str, str] = field(default_factory=dict)
    url: str = ""
    level: int = 0

    @property
    def cells(self) -> list[tuple[int, str]]:
        """Amount and address of each stage."""
        return [(getattr(self.sums, kind), self.links.get(kind, "")) for kind in EntryKind.values]


@dataclass(frozen=True)
class Totals:
    """Everything that the page shows."""

    lines: list[Line]
    total: Row
    sources: list[Row]
    years: list[int]
    by_year: list[tuple[str, list[tuple[int, str]], int, int]]
    year_sums: list[int]
    activities: list[Row]
    units: list[Row]
    kinds_of_cost: list[Row]
    earlier: list[Row]

    @property
    def year_total(self) -> int:
        """The sum over the years of the stage shown."""
        return sum(self.year_sums)


class Addresses:
    """Where the rows behind a number are: the ledger, narrowed as the page and the cell are."""

    def __init__(self, asked: LedgerFilter, unit: Unit | None) -> None:
        self.base: dict[str, Any] = {"xem": "tat-ca"}
        wanted = {
            "first": asked.first_year,
            "last": asked.last_year,
            "source": asked.source,
            "activity": asked.activity,
            "clause": asked.clause,
        }
        self.base |= {name: value for name, value in wanted.items() if value}
        if asked.management is not None:
            self.base["management"] = str(asked.management).lower()
        if unit is not None:
            self.base["within"] = unit.pk
        self.ledger = reverse("funding:fund_entries_list")

    def of(self, **more: Any) -> str:
        """The address of one cell."""
        return f"{self.ledger}?{urlencode(self.base | more)}"

    def stages(self, **more: Any) -> dict[str, str]:
        """The addresses of the four stages of a row."""
        return {kind: self.of(**more, kind=kind) for kind in EntryKind.values}


def totals_page(user: Any, asked: LedgerFilter, unit: Unit | None, stage: str) -> Totals:
    """The totals of what the user sees; of one unit with what lies in it when one is named."""
    rows = asked.apply(FundEntry.objects.visible_to(user))
    if unit is not None:
        rows = rows.filter(unit__in=own_ids(unit))
    lines = ledger_lines(rows)
    where = Addresses(asked, unit)
    years = sorted({line.year for line in lines})
    table = pivot(lines, lambda line: line.source, lambda line: line.year)
    return Totals(
        lines=lines,
        total=Row("Tổng cộng", whole(lines), where.stages()),
        sources=source_rows(lines, where),
        years=years,
        by_year=[
            (
                str(FundSource(source).label),
                [
                    (
                        getattr(table.cells.get((source, year), Sums()), stage),
                        where.of(source=source, year=year, kind=stage),
                    )
                    for year in years
                ],
                getattr(table.rows[source], stage),
                table.rows[source].left,
            )
            for source in FundSource.values
            if source in table.rows
        ],
        year_sums=[getattr(table.columns[year], stage) for year in years],
        activities=_activity_rows(lines, where),
        units=_unit_rows(lines, where),
        kinds_of_cost=_cost_rows(lines, where),
        earlier=_earlier_rows(asked, unit) if unit is not None else [],
    )


def source_rows(lines: list[Line], where: Addresses) -> list[Row]:
    """All six sources, those without money too; the budgets of province, district and commune below theirs."""
    sums = grouped(lines, lambda line: line.source)
    levels = grouped((line for line in lines if line.budget_level), lambda line: line.budget_level)
    found = []
    for source in FundSource:
        found.append(
            Row(str(source.label), sums.get(source.value, Sums()), where.stages(source=source.value))
        )
        if source is FundSource.LOCAL:
            found += [
                Row(str(level.label), levels[level.value], where.stages(budget_level=level.value), level=1)
                for level in BudgetLevel
                if level.value in levels
            ]
    return found


def _activity_rows(lines: list[Line], where: Addresses) -> list[Row]:
    """By activity, with the clause of the plan that it carries out, in the order of the plan."""
    sums = grouped(lines, lambda line: line.activity)
    return [
        Row(f"{row.clause} – {row.name}", sums[row.pk], where.stages(activity=row.pk))
        for row in Activity.objects.filter(pk__in=sums)
    ]


def _unit_rows(lines: list[Line], where: Addresses) -> list[Row]:
    sums = grouped(lines, lambda line: line.unit)
    names = names_of(sums)
    page = reverse("funding:totals")
    rows = [
        Row(names[pk], sums[pk], where.stages(unit=pk), f"{page}?{urlencode({'don_vi': pk})}") for pk in sums
    ]
    return sorted(rows, key=lambda row: (-row.sums.planned, -row.sums.disbursed, row.label))


def _cost_rows(lines: list[Line], where: Addresses) -> list[Row]:
    """Costs of the programme itself, and those of management and supervision with the levels that bear them (V.2)."""
    sums = grouped(lines, lambda line: line.is_management)
    levels = grouped(
        (line for line in lines if line.is_management and line.budget_level), lambda line: line.budget_level
    )
    rows = [
        Row(label, sums.get(flag, Sums()), where.stages(management=str(flag).lower()))
        for flag, label in (
            (False, "Hỗ trợ, phát triển sản phẩm, xúc tiến"),
            (True, "Quản lý, giám sát (mục V.2)"),
        )
    ]
    return rows + [
        Row(
            str(level.label),
            levels[level.value],
            where.stages(management="true", budget_level=level.value),
            level=1,
        )
        for level in BudgetLevel
        if level.value in levels
    ]


def _earlier_rows(asked: LedgerFilter, unit: Unit) -> list[Row]:
    """What the units had from which this one was made; sums only, whoever sees this unit may know them."""
    units = before(unit)
    rows = asked.apply(FundEntry.objects.filter(unit__in=[earlier.pk for earlier, _ in units]))
    sums = grouped(ledger_lines(rows), lambda line: line.unit)
    return [
        Row(
            f"{earlier.title} (đến {earlier.valid_to:%d/%m/%Y})" + ("" if is_whole else ", nhập một phần"),
            sums.get(earlier.pk, Sums()),
        )
        for earlier, is_whole in units
    ]


def sheet_rows(lines: list[Line]) -> list[list[Any]]:
    """The lines as a sheet: one row per year, source, budget level, unit and activity with its clause."""
    keyed: Callable[[Line], tuple[Hashable, ...]] = lambda line: (  # noqa: E731 - a key, typed
        line.year, line.source, line.budget_level, line.unit, line.activity
    )  # fmt: skip
    sums = grouped(lines, keyed)
    names = names_of(line.unit for line in lines)
    work = {row.pk: row for row in Activity.objects.all()}
    order = {source: place for place, source in enumerate(FundSource.values)}

    def place(key: tuple[Any, ...]) -> tuple[Any, ...]:
        year, source, level, unit, activity = cast(tuple[Any, ...], key)
        return year, order[source], level, names[unit], work[activity].order

    found = []
    for key in sorted(sums, key=place):
        year, source, level, unit, activity = cast(tuple[Any, ...], key)
        one, what = sums[key], work[activity]
        found.append(
            [
                year, str(FundSource(source).label), str(BudgetLevel(level).label) if level else "", names[unit],
                what.name, what.clause, what.is_management, one.planned, one.allocated, one.disbursed, one.settled,
                one.left,
            ]
        )  # fmt: skip
    return found
