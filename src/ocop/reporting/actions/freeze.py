"""Freezing figures for a period, and telling a later difference row by row."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.errors import Refused, require
from ocop.kit.indicators import Facts, Indicator, Period, indicators
from ocop.kit.registry import announce
from ocop.reporting.models import Freeze, FrozenFigure, FrozenRows
from ocop.reporting.permissions import may_freeze
from ocop.reporting.queries.measuring import WHOLE, figures, rows_behind
from ocop.reporting.queries.places import units_under
from ocop.reporting.rules.sealing import digest
from ocop.units.models import Unit

ARTICLE = "Kế hoạch OCOP giai đoạn 2023-2025, mục VI.14"


def freeze(
    unit: Unit, period: Period, *, title: str, note: str, by: User, at: datetime | None = None
) -> Freeze:
    """Write the figures of a unit and of everything under it down, for good.

    Raises `Forbidden` for others than the province's desk, `Refused` for a period that has not ended, a nameless one or
    one that was frozen before, and when an indicator cannot be measured: half a freeze would be worse than none.
    """
    at = at or clock.now()
    require(may_freeze(by, unit))
    if period.last > clock.local_day(at):
        raise Refused("freeze.ahead", "Kỳ này chưa kết thúc, chưa chốt số liệu được.", ARTICLE)
    if not title.strip():
        raise Refused("freeze.title", "Cần ghi tên kỳ.", ARTICLE)
    try:
        with transaction.atomic():
            row = Freeze.objects.create(
                unit=unit, first=period.first, last=period.last, title=title.strip(), note=note.strip(), by=by, at=at
            )  # fmt: skip
            _write_figures(row, period)
            _write_rows(row, period)
            row.digest = digest_of(row)
            row.save(update_fields=["digest"])
    except IntegrityError as error:
        raise Refused("freeze.twice", "Số liệu của kỳ này đã được chốt.", ARTICLE) from error
    announce("reporting.frozen", by=by, subject=row, digest=row.digest)
    return row


def _write_figures(row: Freeze, period: Period) -> None:
    units = units_under(row.unit, period.last)
    found = figures(indicators, period, [unit.pk for unit in units])
    FrozenFigure.objects.bulk_create(
        [
            FrozenFigure(
                freeze=row, indicator=one.key, name=one.name, measure=one.measure, unit_id=unit_id, top=figure.top,
                bottom=figure.bottom,
            )
            for one in indicators
            for (unit_id, split), figure in found[one.key].items()
            if split is WHOLE
        ],
        batch_size=1000,
    )  # fmt: skip


def _parts(one: Indicator) -> list[tuple[str, Facts]]:
    return [("top", one.facts), *([("bottom", one.of)] if one.of is not None else [])]


def _keys(facts: Facts, period: Period, unit_id: int) -> list[Any]:
    rows = rows_behind(facts, period, unit_id).order_by()
    return sorted(set(rows.values_list("pk", flat=True)))


def _write_rows(row: Freeze, period: Period) -> None:
    FrozenRows.objects.bulk_create(
        FrozenRows(freeze=row, indicator=one.key, part=part, keys=_keys(facts, period, row.unit_id))
        for one in indicators
        for part, facts in _parts(one)
    )


def digest_of(row: Freeze) -> str:
    """The seal over a freeze as its rows stand in the database now."""
    head = (row.unit_id, row.first, row.last, row.title, row.by_id, row.at.isoformat())
    lines: list[tuple[Any, ...]] = list(
        row.figures.values_list("indicator", "unit_id", "top", "bottom", "name")
    )
    lines += list(row.rows.values_list("indicator", "part", "keys"))
    return digest(head, lines)


def is_untouched(row: Freeze) -> bool:
    """False when a frozen row was changed, added or taken away behind the system's back."""
    return digest_of(row) == row.digest


def differences(row: Freeze, one: Indicator, part: str = "top") -> tuple[list[Any], list[Any]]:
    """The rows that count now and did not when frozen, and those that counted then and do not now."""
    facts = dict(_parts(one))[part]
    period = Period(row.first, row.last)
    then = set(row.rows.get(indicator=one.key, part=part).keys)
    now = set(_keys(facts, period, row.unit_id))
    model = facts.every_row.model
    rows = model._base_manager.in_bulk([*(now - then), *(then - now)])
    added = [rows.get(key, key) for key in sorted(now - then)]
    gone = [rows.get(key, f"Dòng {key} (đã bị xóa)") for key in sorted(then - now)]
    return added, gone


def frozen_on(unit: Unit, day: date) -> Freeze | None:
    """The freeze of a unit whose period ends on that day."""
    return Freeze.objects.filter(unit=unit, last=day).order_by("-at").first()
