"""Working days of Vietnam: the holidays library, corrected by `DayOverride` rows (the yearly swap decisions).

Every function takes an optional `calendar`; without one the overrides are read once per request, or once per call
outside of a request, so that the cost in queries never grows with the number of days or deadlines.
"""

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import holidays
import yaml
from django.db import transaction

from ocop.kit import yamltext
from ocop.kit.errors import BadData
from ocop.kit.middleware import request_id
from ocop.kit.models import DayOverride
from ocop.kit.signals import calendar_changed

OVERRIDE_FIELDS = {"day", "working", "name", "source"}
_of_request: "ContextVar[tuple[str, Calendar] | None]" = ContextVar("calendar_of_request", default=None)


@lru_cache(maxsize=64)
def _year(year: int) -> tuple[dict[date, str], frozenset[date]]:
    """The holidays of a year with their Vietnamese names, and the Saturdays that are worked in exchange."""
    found = holidays.country_holidays("VN", years=[year], language="vi")
    return dict(found), frozenset(found.weekend_workdays)


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. `overrides`: day -> (is working, name); they win over the library."""

    overrides: dict[date, tuple[bool, str]] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day."""
        if day in self.overrides:
            return self.overrides[day][0]
        free, worked = _year(day.year)
        if day in worked:
            return True
        return day.weekday() < 5 and day not in free

    def name(self, day: date) -> str:
        """The name of the holiday or of the swapped day; "" for an ordinary day."""
        return self.overrides[day][1] if day in self.overrides else _year(day.year)[0].get(day, "")


def load() -> Calendar:
    """The calendar with every override row: one query."""
    rows = DayOverride.objects.values_list("day", "is_working", "name")
    return Calendar({day: (is_working, name) for day, is_working, name in rows})


def calendar() -> Calendar:
    """The calendar of the running request, loaded at its first use; outside of a request loaded anew."""
    current = request_id.get()
    if current == "-":
        return load()
    kept = _of_request.get()
    if kept is None or kept[0] is not current:  # the same object: a proxy may send one id twice
        kept = (current, load())
        _of_request.set(kept)
    return kept[1]


def is_working_day(day: date, *, calendar: Calendar | None = None) -> bool:
    """Whether offices work on that day."""
    return (calendar or _default()).is_working(day)


def add_working_days(start: date, count: int, *, calendar: Calendar | None = None) -> date:
    """The `count`-th working day after `start`; day 1 is the first working day from the day after on.

    Raises ValueError for a negative count. `count` 0 answers `start` itself.
    """
    if count < 0:
        raise ValueError("count must not be negative")
    known, day = calendar or _default(), start
    while count:
        day += timedelta(days=1)
        count -= known.is_working(day)
    return day


def working_days_between(start: date, end: date, *, calendar: Calendar | None = None) -> int:
    """Working days after `start` up to and including `end`; 0 when `end` is not later."""
    known = calendar or _default()
    span = (end - start).days
    return sum(known.is_working(start + timedelta(days=step)) for step in range(1, span + 1))


def deadline(start: date, length: int, *, working: bool = True, calendar: Calendar | None = None) -> date:
    """The last day of a span that begins the day after `start`, in working or calendar days."""
    return add_working_days(start, length, calendar=calendar) if working else start + timedelta(days=length)


_default = calendar


def load_overrides(path: Path) -> tuple[int, int]:
    """Read override rows from a data file into the database; answers (new, changed). Idempotent.

    The file: a list of `{day: 2026-08-22, working: true, name: "...", source: "..."}`. Rows that an administrator
    added and the file does not name stay. Raises BadData naming every faulty entry, and writes nothing then.
    """
    entries = _read_overrides(path)
    made = changed = 0
    with transaction.atomic():
        for entry in entries:
            wanted = {
                "is_working": entry["working"],
                "name": entry["name"],
                "source": entry.get("source", ""),
            }
            row, new = DayOverride.objects.get_or_create(day=entry["day"], defaults=wanted)
            if new:
                made += 1
            elif any(getattr(row, key) != value for key, value in wanted.items()):
                DayOverride.objects.filter(pk=row.pk).update(**wanted)
                changed += 1
        if made or changed:
            calendar_changed.send(DayOverride)
    return made, changed


def _read_overrides(path: Path) -> list[dict[str, Any]]:
    try:
        entries = yamltext.parse(path.read_text(encoding="utf-8")) or []
    except OSError as error:
        raise BadData(f"{path}: không đọc được tệp.") from error
    except UnicodeDecodeError as error:
        raise BadData(f"{path.name}: tệp phải là văn bản UTF-8.") from error
    except (yaml.YAMLError, ValueError) as error:  # YAML itself reads days: 30/2 is a ValueError
        raise BadData(f"{path.name}: YAML hỏng hoặc ngày không có thật: {error}") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadData(f"{path.name}: phải là danh sách các ngày.")
    problems = [problem for place, entry in enumerate(entries, 1) for problem in _problems(place, entry)]
    seen = [entry.get("day") for entry in entries]
    problems += [f"ngày {day} bị lặp" for day in dict.fromkeys(seen) if seen.count(day) > 1]
    if problems:
        raise BadData("\n".join(f"{path.name}: {problem}" for problem in problems))
    return entries


def _problems(place: int, entry: dict[str, Any]) -> list[str]:
    found = [
        f"mục {place}: không có trường {key!r}" for key in sorted(set(map(str, entry)) - OVERRIDE_FIELDS)
    ]
    if type(entry.get("day")) is not date:
        found.append(f"mục {place}: day phải là ngày dạng 2026-08-22")
    if not isinstance(entry.get("working"), bool):
        found.append(f"mục {place}: working phải là true (làm việc) hoặc false (nghỉ)")
    if not isinstance(entry.get("name"), str) or not entry["name"].strip():
        found.append(f"mục {place}: thiếu name, tên của ngày")
    if not isinstance(entry.get("source", ""), str):
        found.append(f"mục {place}: source phải là chữ (đặt trong dấu nháy)")
    return found
