"""Reads of the rulebook: which book, procedure, settings and sheets hold on a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db import connection
from django.db.models import Q, QuerySet

from ocop.law.models import Instrument
from ocop.rulebook.models import (
    CriteriaBook,
    CriteriaSet,
    DatedSetting,
    DeadlineRule,
    Procedure,
    SheetVersion,
    SupportItem,
    SupportPolicy,
)
from ocop.rulebook.models.books import remember_sheet, sheet_in_memory
from ocop.rulebook.rules import deadlines
from ocop.rulebook.rules.settings import BY_KEY, KNOWN, KnownSetting, ResultSettings
from ocop.rulebook.rules.sheet import Sheet
from ocop.rulebook.rules.view import SimulationView, simulation_view
from ocop.units.models import Unit, UnitCover
from ocop.units.queries import province_of

__all__ = [
    "SettingOnDay",
    "SimulationView",
    "book_in_force",
    "commune_must_receive_by",
    "deadline_rule",
    "decisions",
    "gives_support",
    "policies_of",
    "procedure_in_force",
    "province_rounds",
    "result_settings",
    "sets_for_group",
    "setting",
    "setting_row",
    "settings_on",
    "sheet_of",
    "sheet_version",
    "simulation_view",
    "support_items_on",
]


# Written out, because building this query through the ORM costs more than scoring the sheet it looks for, and the
# public simulator asks it at every request.
_CHECKSUM = (
    f"SELECT one.checksum FROM {CriteriaSet._meta.db_table} one "  # noqa: S608 - names of our own tables
    f"JOIN {CriteriaBook._meta.db_table} book ON book.id = one.book_id WHERE book.slug = %s AND one.number = %s"
)


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
    with connection.cursor() as cursor:
        cursor.execute(_CHECKSUM, [decision, number])
        found = cursor.fetchone()
    if found is None:
        return None
    sheet = sheet_in_memory(found[0])
    if sheet is None:
        document = CriteriaSet.objects.values_list("document", flat=True)
        sheet = remember_sheet(found[0], document.get(book__slug=decision, number=number))
    return sheet


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
    """The typed value of a known setting, its default where no row holds; raises KeyError for another."""
    known = BY_KEY[key]
    row = setting_row(key, province, day)
    return known.default if row is None else known.read(row.value)


@dataclass(frozen=True)
class SettingOnDay:
    """A known setting as it holds on a day: its value, where that comes from, and whether it is confirmed."""

    known: KnownSetting
    value: int | bool | str | Decimal
    source: str
    confirmed: bool


def settings_on(province: str, day: date) -> list[SettingOnDay]:
    """Every known setting as it holds for a province on a day, in one query; for pages and minutes to say so."""
    held: dict[str, DatedSetting] = {}
    rows = DatedSetting.objects.valid_on(day).filter(Q(province=province) | Q(province=""))
    for row in rows.order_by("province", "valid_from"):
        held[row.key] = row
    found = []
    for known in KNOWN:
        row_of = held.get(known.key)
        if row_of is None:
            found.append(SettingOnDay(known, known.default, known.source, known.confirmed))
        else:
            found.append(SettingOnDay(known, known.read(row_of.value), row_of.source, row_of.confirmed))
    return found


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
    return deadlines.Rule(
        cast(int, row.length),
        cast(deadlines.Unit, row.unit),
        cast(deadlines.OnReturn, row.on_return),
        cast(deadlines.LastDay, row.last_day),
    )


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


def policies_of(instrument: Instrument) -> QuerySet[SupportPolicy]:
    """The support policies that stand on an instrument, or on one that it amends."""
    stands = Q(instrument=instrument) | Q(instrument__in=instrument.amends.all())
    return SupportPolicy.objects.filter(stands).select_related("instrument", "unit").distinct()


def gives_support(instrument: Instrument) -> bool:
    """Whether an instrument entitles producers to support."""
    return policies_of(instrument).exists()


def support_items_on(day: date, unit: Unit) -> QuerySet[SupportItem]:
    """The items that a producer of `unit` may ask for on that day: those of its province and of units over it."""
    province = province_of(unit)
    over = UnitCover.objects.filter(covered=unit).values("holder")
    return (
        SupportItem.objects.in_force(day)
        .filter(policy__province__in=("", province.code if province else ""))
        .filter(Q(policy__unit__isnull=True) | Q(policy__unit__in=over))
        .select_related("policy", "policy__instrument")
    )
