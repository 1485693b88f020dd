"""What the pages of the rulebook show: lines made of rows, words and days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from ocop.kit.days import Calendar
from ocop.kit.formats import money, number
from ocop.kit.models import DayOverride
from ocop.law.models import Instrument
from ocop.rulebook.models import (
    CriteriaBook,
    DatedSetting,
    DeadlineRule,
    Procedure,
    SupportItem,
    SupportPolicy,
)
from ocop.rulebook.queries import policies_of, settings_on
from ocop.rulebook.rules.setting_words import effect, value_words
from ocop.rulebook.rules.settings import KnownSetting


@dataclass(frozen=True)
class SettingLine:
    """A setting in the list: today's value and source, and the next value already decided."""

    key: str
    label: str
    value: str
    effect: str
    source: str
    confirmed: bool
    coming: str


def setting_lines(province: str, today: date) -> list[SettingLine]:
    """Every known setting as it holds today; two queries."""
    coming: dict[str, DatedSetting] = {}
    later = DatedSetting.objects.filter(Q(province=province) | Q(province=""), valid_from__gt=today)
    for row in later.order_by("-valid_from", "province"):
        coming[row.key] = row
    return [
        SettingLine(
            key=held.known.key,
            label=held.known.label,
            value=value_words(held.known, held.value),
            effect=effect(held.known, held.value),
            source=held.source,
            confirmed=held.confirmed,
            coming=_coming(held.known, coming.get(held.known.key)),
        )
        for held in settings_on(province, today)
    ]


def _coming(known: KnownSetting, row: DatedSetting | None) -> str:
    if row is None:
        return ""
    return f"từ {row.valid_from:%d/%m/%Y}: {value_words(known, known.read(row.value))}"


def setting_history(known: KnownSetting, province: str, today: date) -> list[dict[str, Any]]:
    """The values of one setting over time, the province's own and those for all, newest first."""
    rows = DatedSetting.objects.filter(Q(province=province) | Q(province=""), key=known.key)
    held = next((row for row in rows.order_by("-province", "-valid_from") if row.in_force(today)), None)
    return [
        {
            "row": row,
            "value": value_words(known, known.read(row.value)),
            "reach": "Tỉnh" if row.province else "Mặc định chung",
            "now": row == held,
        }
        for row in rows.order_by("-valid_from", "-province")
    ]


def special_days(known: Calendar, year: int) -> list[dict[str, Any]]:
    """Named days of a year and weekend days that are worked, in order; `own` for those the office wrote."""
    sources = dict(DayOverride.objects.filter(day__year=year).values_list("day", "source"))
    day, found = date(year, 1, 1), []
    while day.year == year:
        name, working = known.name(day), known.is_working(day)
        if name or (working and day.weekday() >= 5):
            found.append(
                {
                    "day": day,
                    "working": working,
                    "name": name or "Ngày làm bù",
                    "own": day in known.overrides,
                    "source": sources.get(day, ""),
                }
            )
        day += timedelta(days=1)
    return found


def _deadline_words(row: DeadlineRule) -> str:
    if row.length is not None:
        return f"{row.length} {row.get_unit_display()}"
    return f"trước ngày {row.before_day:02d}/{row.before_month:02d} hằng năm"


def books_and_procedures(today: date) -> dict[str, Any]:
    """Books with their sets and procedures with their deadlines, newest first."""
    books = CriteriaBook.objects.select_related("instrument").prefetch_related("sets")
    procedures = Procedure.objects.select_related("book", "instrument").prefetch_related("deadlines")
    return {
        "books": [{"row": row, "now": row.in_force(today), "sets": len(row.sets.all())} for row in books],
        "procedures": [
            {
                "row": row,
                "now": row.in_force(today),
                "deadlines": [(line, _deadline_words(line)) for line in row.deadlines.all()],
            }
            for row in procedures
        ],
    }


def amount_words(item: SupportItem) -> str:
    """How much an item gives, in words; "" where no source says so."""
    parts = []
    if item.amount is not None:
        parts.append(money(item.amount) + (f" mỗi {item.measure}" if item.measure else ""))
    if item.percent is not None:
        parts.append(f"{number(item.percent)}% chi phí")
    if parts and item.ceiling is not None:
        parts.append(f"tối đa {money(item.ceiling)}")
    return ", ".join(parts)


def item_lines(policy: SupportPolicy) -> list[tuple[SupportItem, str]]:
    """The items of a policy, each with how much it gives."""
    return [(item, amount_words(item)) for item in policy.items.all()]


def entitlements(instrument: Instrument) -> list[tuple[SupportPolicy, list[tuple[SupportItem, str]]]]:
    """The policies that stand on an instrument or on one that it amends, with their items; two queries."""
    return [(policy, item_lines(policy)) for policy in policies_of(instrument).prefetch_related("items")]
