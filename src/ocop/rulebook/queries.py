"""Reads of the rulebook: which book, procedure, settings and sheets hold on a day."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from ocop.rulebook.models import (
    CriteriaBook,
    CriteriaSet,
    DatedSetting,
    DeadlineRule,
    Procedure,
    SheetVersion,
)
from ocop.rulebook.models.books import remember_sheet, sheet_in_memory
from ocop.rulebook.rules import deadlines
from ocop.rulebook.rules.settings import BY_KEY, ResultSettings
from ocop.rulebook.rules.sheet import Sheet
from ocop.rulebook.rules.view import SimulationView, simulation_view

__all__ = [
    "SimulationView",
    "book_in_force",
    "commune_must_receive_by",
    "deadline_rule",
    "decisions",
    "procedure_in_force",
    "province_rounds",
    "result_settings",
    "sets_for_group",
    "setting",
    "setting_row",
    "sheet_of",
    "sheet_version",
    "simulation_view",
]


def book_in_force(day: date) -> CriteriaBook | None:
    """The criteria book for a dossier submitted on that day: the newest in force (Articles 11 and 12)."""
    return CriteriaBook.objects.valid_on(day).order_by("-valid_from").first()


def procedure_in_force(day: date) -> Procedure | None:
    """The procedure for a dossier submitted on that day: the newest in force, with its book."""
    return Procedure.objects.valid_on(day).select_related("book").order_by("-valid_from").first()


def sets_for_group(book: CriteriaBook, group_code: str) -> QuerySet[CriteriaSet]:
    """The sets of one product group in a book, in order, without their documents."""
    return (
        book.sets.filter(group__code=group_code).select_related("group").defer("document").order_by("number")
    )


def decisions() -> list[str]:
    """Slugs of the criteria books held, newest first."""
    return list(CriteriaBook.objects.order_by("-valid_from").values_list("slug", flat=True))


def sheet_of(decision: str, number: int) -> Sheet | None:
    """The sheet of a set by book slug and number, None when there is none; one small query once parsed."""
    rows = CriteriaSet.objects.filter(book__slug=decision, number=number)
    checksum = rows.order_by().values_list("checksum", flat=True).first()
    if checksum is None:
        return None
    return sheet_in_memory(checksum) or remember_sheet(
        checksum, rows.order_by().values_list("document", flat=True)[0]
    )


def sheet_version(criteria_set: CriteriaSet, checksum: str) -> Sheet:
    """The sheet as it was under that checksum; raises SheetVersion.DoesNotExist for one never loaded."""
    if criteria_set.checksum == checksum:
        return criteria_set.sheet
    return sheet_in_memory(checksum) or SheetVersion.objects.get(set=criteria_set, checksum=checksum).sheet


def setting_row(key: str, province: str, day: date) -> DatedSetting | None:
    """The row that holds for a province on a day: its own first, else the one for all; newest first."""
    rows = DatedSetting.objects.valid_on(day).filter(Q(province=province) | Q(province=""), key=key)
    return rows.order_by("-province", "-valid_from").first()


def setting(key: str, province: str, day: date) -> int | bool | str | Decimal:
    """The typed value of a known setting; its default where no row holds. Raises KeyError for an
    unknown key.
    """
    known = BY_KEY[key]
    row = setting_row(key, province, day)
    return known.default if row is None else known.read(row.value)


def result_settings(province: str, day: date) -> ResultSettings:
    """The settings that a council result depends on, in one query."""
    wanted = list(ResultSettings.__dataclass_fields__)
    rows = DatedSetting.objects.valid_on(day).filter(Q(province=province) | Q(province=""), key__in=wanted)
    values: dict[str, Any] = {key: BY_KEY[key].default for key in wanted}
    for row in rows.order_by("province", "valid_from"):
        values[row.key] = BY_KEY[row.key].read(row.value)
    return ResultSettings(**values)


def deadline_rule(procedure: Procedure, key: str) -> deadlines.Rule:
    """A length of the procedure as a rule; raises DeadlineRule.DoesNotExist when it has no such length."""
    row = procedure.deadlines.get(key=key, length__isnull=False)
    return deadlines.Rule(row.length, row.unit, row.on_return, row.last_day)


def province_rounds(procedure: Procedure, level: str = "province") -> list[deadlines.YearlyRound]:
    """The yearly rounds of a level ("province" or "centre") of the procedure, in calendar order."""
    ends: dict[str, dict[str, DeadlineRule]] = {}
    for row in procedure.deadlines.filter(before_day__isnull=False, round_key__startswith=f"{level}-"):
        ends.setdefault(row.round_key, {})[row.round_step] = row
    return [
        deadlines.YearlyRound(key, _before(steps["propose"]), _before(steps["rank"]))
        for key, steps in sorted(ends.items())
    ]


def _before(row: DeadlineRule) -> tuple[int, int]:
    if row.before_day is None or row.before_month is None:
        raise ValueError(f"{row.key} is no yearly day")
    return row.before_day, row.before_month


def commune_must_receive_by(
    procedure: Procedure, day: date, is_working: Callable[[date], bool]
) -> date | None:
    """The last day to hand a dossier in that leaves the commune its full time for the round of that day.

    Decision 26/2026/QĐ-TTg, Articles 5 and 7. None when the procedure has no rounds or no commune deadline.
    """
    window = deadlines.window_on(province_rounds(procedure), day)
    rule = procedure.deadlines.filter(key="commune-assessment").first()
    if window is None or rule is None:
        return None
    return deadlines.latest_start(
        window.propose_until, deadline_rule(procedure, "commune-assessment"), is_working
    )
