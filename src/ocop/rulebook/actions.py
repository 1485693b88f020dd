"""Changing dated settings and the calendar of working days."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.kit.errors import Refused, require
from ocop.kit.models import DayOverride
from ocop.kit.registry import announce
from ocop.kit.signals import calendar_changed
from ocop.rulebook import permissions
from ocop.rulebook.models import DatedSetting
from ocop.rulebook.rules.settings import BY_KEY
from ocop.units.models import Unit

BASIS = "Quyết định 26/2026/QĐ-TTg giao Quy chế Hội đồng"


def change_setting(
    key: str, value: Any, *, province: Unit, since: date, source: str, confirmed: bool, by: User
) -> DatedSetting:
    """A province's value of a setting from a day on (Decision 26/2026/QĐ-TTg leaves it to the council's statute).

    The province's row before ends on the eve; a row of the same first day is corrected in place (its history keeps
    what stood there); a later row, already decided, keeps its day. Raises `Forbidden`; `Refused` for an unknown key,
    a value that does not fit the key, and without a source.
    """
    require(permissions.may_set(by, province))
    known = BY_KEY.get(key)
    if known is None:
        raise Refused("settings.key", "Không có thiết lập này.")
    try:
        typed = known.read(value)
    except ValueError as error:
        raise Refused("settings.value", str(error), BASIS) from None
    if not source.strip():
        raise Refused("settings.source", "Cần ghi căn cứ: số, ngày của văn bản hoặc biên bản.")
    with transaction.atomic():
        rows = DatedSetting.objects.select_for_update().filter(key=key, province=province.code)
        known_rows = {row.valid_from: row for row in rows}
        before = max((day for day in known_rows if day < since), default=None)
        after = min((day for day in known_rows if day > since), default=None)
        if before is not None and known_rows[before].in_force(since):
            known_rows[before].valid_to = since - timedelta(days=1)
            known_rows[before].save()
        row = known_rows.get(since) or DatedSetting(key=key, province=province.code, valid_from=since)
        row.value = str(typed) if isinstance(typed, Decimal) else typed
        row.source, row.confirmed = source.strip(), confirmed
        row.valid_to = after - timedelta(days=1) if after else None
        row._history_user = by  # type: ignore[attr-defined]
        row.save()
        announce(
            "settings.changed", by=by, subject=row, code=key, value=row.value, unit=province.code,
            valid_from=since.isoformat(), confirmed=confirmed,
        )  # fmt: skip
    return row


def set_day(day: date, *, is_working: bool, name: str, source: str, by: User) -> DayOverride:
    """A day off, or a worked day in exchange, that differs from the holidays known (yearly decisions on swaps).

    Raises `Forbidden`; `Refused` without a name or a source.
    """
    require(permissions.may_keep_calendar(by))
    if not name.strip() or not source.strip():
        raise Refused("calendar.source", "Cần ghi tên ngày và căn cứ.")
    with transaction.atomic():
        row, _ = DayOverride.objects.update_or_create(
            day=day, defaults={"is_working": is_working, "name": name.strip(), "source": source.strip()}
        )
        calendar_changed.send(DayOverride)
        announce(
            "calendar.changed",
            by=by,
            subject=row,
            number=day.isoformat(),
            value=is_working,
            name=name.strip(),
        )
    return row


def drop_day(row: DayOverride, *, by: User) -> None:
    """The day counts as the holidays library knows it again; raises `Forbidden`."""
    require(permissions.may_keep_calendar(by))
    with transaction.atomic():
        announce("calendar.dropped", by=by, subject=row, number=row.day.isoformat())
        row.delete()
        calendar_changed.send(DayOverride)
